// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "twin/panels/actions.h"
#include "twin/panels/format.h"

namespace {

panels::I18n words(core::Language language) {
  auto loaded = panels::I18n::load(ALPHACITY_SOURCE_DIR "/assets/i18n");
  EXPECT_TRUE(loaded.ok());
  loaded->setLanguage(language);
  return std::move(*loaded);
}

TEST(Format, Numbers) {
  EXPECT_EQ(panels::numberText(31.24, 1), "31.2");
  EXPECT_EQ(panels::numberText(9999, 0), "9999");
  EXPECT_EQ(panels::numberText(10400, 0), "10,400");
  EXPECT_EQ(panels::numberText(1234567.5, 1), "1,234,567.5");
  EXPECT_EQ(panels::numberText(-3.5, 1), "\u22123.5");
  EXPECT_EQ(panels::numberText(-0.04, 1), "0.0");
  EXPECT_EQ(panels::numberText(std::numeric_limits<double>::quiet_NaN(), 1), "–");
  EXPECT_EQ(panels::withUnit("31", "µg/m³"), "31\u2009µg/m³");
  EXPECT_EQ(panels::withUnit("12", "°"), "12°");
  EXPECT_EQ(panels::bytesText(41'337'000), "41.3\u2009MB");
}

TEST(Format, Ages) {
  const auto ko = words(core::Language::Korean);
  const auto en = words(core::Language::English);
  EXPECT_EQ(panels::ageText(0.2, ko), "방금");
  EXPECT_EQ(panels::ageText(3, ko), "3초 전");
  EXPECT_EQ(panels::ageText(3, en), "3 s ago");
  EXPECT_EQ(panels::ageText(600, en), "10 min ago");
  EXPECT_EQ(panels::ageText(7200, ko), "2시간 전");
  EXPECT_EQ(panels::spanText(-750), "\u221200:12:30");
  EXPECT_EQ(panels::spanText(-0.2), "00:00:00");
}

TEST(Format, Dates) {
  const core::LocalTime local{.year = 2026, .month = 11, .day = 22, .weekday = 0};
  EXPECT_EQ(panels::dateText(local, words(core::Language::Korean)), "2026년 11월 22일 (일)");
  EXPECT_EQ(panels::dateText(local, words(core::Language::English)), "Sun 22 Nov 2026");
  EXPECT_STREQ(panels::compassWord(-0.1, words(core::Language::English)), "N");
  EXPECT_STREQ(panels::compassWord(3.9, words(core::Language::Korean)), "남서");
}

TEST(Format, Values) {
  const auto ko = words(core::Language::Korean);
  const core::PropertyInfo pm{.name = "pm25", .unit = "µg/m³", .decimals = 0, .low = 0, .high = 1000};
  EXPECT_EQ(panels::valueText(31.4, pm, "", ko), "31\u2009µg/m³");
  EXPECT_EQ(panels::valueText(true, {.name = "power_state"}, "", ko), "켜짐");
  EXPECT_EQ(panels::valueText(false, {.name = "other"}, "", ko), "아니요");
  EXPECT_EQ(panels::valueText(std::string("auto"), {.name = "mode"}, "", ko), "자율주행");
  EXPECT_EQ(panels::valueText(std::string("r_alpha1"), {.name = "lane"}, "", ko), "r_alpha1");
  EXPECT_EQ(panels::valueText({}, pm, "", ko), "–");
}

TEST(Format, FillLeavesWhatItCannotFill) {
  EXPECT_EQ(panels::fill("{1} of {0}", {"a", "b"}), "b of a");
  EXPECT_EQ(panels::fill("{5} {x} {", {"a"}), "{5} {x} {");
}

TEST(Actions, ChordsAreUnambiguousAndFlyingKeysAreFree) {
  using platform::Key;
  std::set<std::tuple<int, bool, bool, bool>> seen;
  for (const panels::Action& action : panels::actionTable()) {
    ASSERT_FALSE(action.chords.empty()) << action.id;
    EXPECT_FALSE(panels::keyText(action).empty());
    for (const panels::Chord& c : action.chords) {
      EXPECT_TRUE(seen.insert({static_cast<int>(c.key), c.modifiers.control, c.modifiers.shift, c.modifiers.alt}).second) << action.id;
      if (c.modifiers != platform::Modifiers{}) continue;
      for (const Key flying : {Key::W, Key::A, Key::S, Key::D, Key::Q, Key::E}) EXPECT_NE(c.key, flying) << action.id;
    }
  }
}

TEST(Actions, KeysBecomeCommands) {
  panels::PanelInput in;
  panels::Shown shown;
  std::vector<panels::Command> out;
  panels::ActionTarget target{in, shown, out};
  const auto press = [&](platform::Key key, platform::Modifiers modifiers = {}) {
    platform::Input keys;
    keys.keys.push_back({key, true, false, modifiers});
    out.clear();
    panels::runKeys(keys, target);
  };
  press(platform::Key::Space);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_TRUE(std::get<panels::SetPaused>(out[0]).paused);
  press(platform::Key::Z, {.shift = true, .control = true});
  ASSERT_EQ(out.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<panels::Redo>(out[0]));
  press(platform::Key::F, {.control = true});
  EXPECT_TRUE(out.empty());
  EXPECT_EQ(shown.side, panels::PanelId::Search);
  in.following = "shuttle-1";
  press(platform::Key::Escape);  // closes the search first
  EXPECT_TRUE(out.empty());
  press(platform::Key::Escape);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_TRUE(std::get<panels::FollowEntity>(out[0]).id.empty());
  in.clockState = panels::ClockState::Fixed;
  press(platform::Key::Space);
  EXPECT_TRUE(out.empty());
}

}  // namespace
