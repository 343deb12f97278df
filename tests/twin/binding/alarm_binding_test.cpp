// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/alarm_binding.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/support/alarm_view.h"
#include "twin/model/entity_store.h"

namespace {

constexpr base::UtcNs kNow = 1'795'338'000 * base::kNsPerSecond;

class AlarmBindingTest : public testing::Test {
 protected:
  AlarmBindingTest() { city_.data.terrain = city::HeightField({-800, -800}, 16, 101, 101, std::vector<float>(101 * 101, 50.f)); }

  void show(const std::shared_ptr<const alarms::DeskView>& view, base::UtcNs now = kNow) {
    binding_.update(view, mirror_, core::Language::English, now, [](model::EntityHandle, glm::dvec3&) { return false; }, [](model::EntityHandle) { return 7u; });
  }
  std::vector<scene::Label> labels() const {
    std::vector<scene::Label> all;
    scene_.labels.labels().forEach([&](scene::LabelId, const scene::Label& label) { all.push_back(label); });
    return all;
  }

  binding::AlarmSymbol only() const {
    binding::AlarmSymbol symbol;
    scene_.labels.labels().forEach([&](scene::LabelId id, const scene::Label&) {
      if (const binding::AlarmSymbol* found = binding_.symbolAt(id)) symbol = *found;
    });
    return symbol;
  }

  city::City city_{city::CityData(*core::CityFrame::local(128.69, 35.8365))};
  scene::Scene scene_;
  core::Catalogue catalogue_;
  binding::Palette palette_ = *binding::Palette::load(ALPHACITY_SOURCE_DIR "/assets/styles/palette.toml");
  model::Mirror mirror_;
  binding::AlarmBinding binding_{binding::BindContext{city_, scene_, catalogue_, palette_}};
};

TEST_F(AlarmBindingTest, LabelsKnowTheirPriorityAndWhetherToFlash) {
  show(support::alarmView({{0, "a"}, {1, "b"}, {2, "c"}, {3, "d"}}, kNow, 1, glm::dvec3(0)));
  std::map<int, bool> flashes;
  scene_.labels.labels().forEach([&](scene::LabelId id, const scene::Label& label) {
    const binding::AlarmSymbol* symbol = binding_.symbolAt(id);
    ASSERT_NE(symbol, nullptr);
    flashes[static_cast<int>(symbol->priority)] = symbol->flashes;
    EXPECT_GT(label.position.z, 50) << "above the ground";
    EXPECT_FALSE(label.text.empty());
  });
  EXPECT_EQ(flashes, (std::map<int, bool>{{1, false}, {2, true}, {3, true}, {4, true}})) << "the acknowledged one does not";
}

TEST_F(AlarmBindingTest, FlashingIsOnceASecond) {
  int changes = 0;
  for (int ms = 1; ms <= 10000; ++ms) changes += binding::flashLit(kNow + ms * base::kNsPerMs) != binding::flashLit(kNow + (ms - 1) * base::kNsPerMs);
  EXPECT_EQ(changes, 20) << "on and off, ten times in ten seconds";
}

TEST_F(AlarmBindingTest, PrioritiesHaveTheirOwnColoursAndNobodyElseHasThem) {
  const std::set<uint32_t> own(std::begin(palette_.alarm), std::end(palette_.alarm));
  EXPECT_EQ(own.size(), 4u);
  for (const uint32_t other : {palette_.fillLow, palette_.fillMiddle, palette_.fillHigh, palette_.signalRed, palette_.signalYellow, palette_.signalGreen, palette_.selection,
                               palette_.accent, palette_.unknown, palette_.incident, palette_.warning, palette_.boundary, palette_.taxi, palette_.busExpress})
    EXPECT_FALSE(own.contains(other)) << std::hex << other;
}

TEST_F(AlarmBindingTest, AlarmsOfOneThingShareASymbolAndTheGravestShows) {
  show(support::alarmView({{3, "a"}, {1, "a"}, {2, "a"}}, kNow, 0, glm::dvec3(0)));
  ASSERT_EQ(labels().size(), 1u);
  EXPECT_EQ(only().priority, alarms::Priority::High);
  EXPECT_EQ(labels()[0].text, "high alarm +2");
}

TEST_F(AlarmBindingTest, ManyInOnePlaceAreCounted) {
  std::vector<std::pair<int, std::string>> many;
  for (int i = 0; i < 60; ++i) many.emplace_back(i == 30 ? 0 : 3, "thing" + std::to_string(i));
  show(support::alarmView(many, kNow, 0, glm::dvec3(10, 10, 0)));
  ASSERT_EQ(labels().size(), 1u);
  EXPECT_EQ(labels()[0].text, "critical alarm +59");
  EXPECT_EQ(binding_.symbols(), 1u);
}

TEST_F(AlarmBindingTest, SymbolsKnowTheirAlarmAndGoWithIt) {
  show(support::alarmView({{1, "b"}}, kNow, 0, glm::dvec3(0)));
  EXPECT_EQ(only().alarm, "high:b");
  show(nullptr);
  EXPECT_TRUE(labels().empty());
}

}  // namespace
