// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/alarm_binding.h"

#include <gtest/gtest.h>

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

  city::City city_{city::CityData(*core::CityFrame::local(128.69, 35.8365))};
  scene::Scene scene_;
  core::Catalogue catalogue_;
  binding::Palette palette_ = *binding::Palette::load(ALPHACITY_SOURCE_DIR "/assets/styles/palette.toml");
  model::Mirror mirror_;
  binding::AlarmBinding binding_{binding::BindContext{city_, scene_, catalogue_, palette_}};
};

TEST_F(AlarmBindingTest, EachPriorityHasItsOwnShapeColourAndLetter) {
  show(support::alarmView({{0, "a"}, {1, "b"}, {2, "c"}, {3, "d"}}, kNow, 0, glm::dvec3(0)));
  std::set<scene::LabelIcon> shapes;
  std::set<uint32_t> colours;
  std::set<char> letters;
  for (const scene::Label& label : labels()) {
    shapes.insert(label.icon);
    colours.insert(label.iconColor);
    letters.insert(label.letter);
    EXPECT_GT(label.position.z, 50) << "above the ground";
  }
  EXPECT_EQ(shapes.size(), 4u);
  EXPECT_EQ(colours.size(), 4u);
  EXPECT_EQ(letters, (std::set<char>{'C', 'H', 'M', 'L'}));
}

TEST_F(AlarmBindingTest, OnlyTheUnacknowledgedFlashAndTheTextStays) {
  const auto view = support::alarmView({{0, "a"}, {1, "b"}}, kNow, 1, glm::dvec3(0));
  int hollow = 0;
  for (int half = 0; half < 4; ++half) {
    show(view, kNow + half * binding::kFlashHalf);
    for (const scene::Label& label : labels()) {
      EXPECT_FALSE(label.text.empty());
      EXPECT_TRUE(label.visible);
      if (label.letter == 'C') EXPECT_FALSE(label.iconHollow) << "acknowledged";
      else hollow += label.iconHollow;
    }
  }
  EXPECT_EQ(hollow, 2) << "every other half second: 1 Hz";
}

TEST_F(AlarmBindingTest, AlarmsOfOneThingShareASymbolAndTheGravestShows) {
  show(support::alarmView({{3, "a"}, {1, "a"}, {2, "a"}}, kNow, 0, glm::dvec3(0)));
  ASSERT_EQ(labels().size(), 1u);
  EXPECT_EQ(labels()[0].letter, 'H');
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
  std::string alarm;
  scene_.labels.labels().forEach([&](scene::LabelId id, const scene::Label&) { alarm = binding_.alarmAt(id); });
  EXPECT_EQ(alarm, "high:b");
  show(nullptr);
  EXPECT_TRUE(labels().empty());
}

}  // namespace
