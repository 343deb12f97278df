// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/alarm_list.h"

#include <gtest/gtest.h>

#include "tests/support/alarm_view.h"
#include "tests/support/panel_town.h"
#include "twin/panels/actions.h"
#include "twin/panels/layout.h"

namespace {

using platform::Key;

class AlarmKeys : public testing::Test {
 protected:
  AlarmKeys() {
    in_.alarms = support::alarmView({{0, "dev_waste_bin_0007"}, {1, "b"}, {2, "c"}}, support::kTownTime);
    in_.mode = panels::Mode::Control;
  }

  std::vector<panels::Command> press(Key key, bool shift = false) {
    platform::Input keys;
    keys.keys.push_back({key, true, false, {.shift = shift}});
    std::vector<panels::Command> out;
    panels::ActionTarget target{in_, shown_, out};
    panels::runKeys(keys, target);
    return out;
  }
  static const alarms::DeskRequest* requestIn(const std::vector<panels::Command>& commands) {
    for (const panels::Command& command : commands)
      if (const auto* ask = std::get_if<panels::AlarmRequest>(&command)) return &ask->request;
    return nullptr;
  }

  std::unique_ptr<support::PanelTown> town_ = support::PanelTown::make(ALPHACITY_SOURCE_DIR);
  panels::PanelInput in_ = town_->input();
  panels::Shown shown_;
};

TEST_F(AlarmKeys, GoThroughTheListAndRound) {
  EXPECT_EQ(panels::currentAlarm(in_, shown_)->alarm.key(), "critical:dev_waste_bin_0007") << "the first unless one was chosen";
  press(Key::J);
  EXPECT_EQ(shown_.alarm, "critical:dev_waste_bin_0007");
  press(Key::J);
  EXPECT_EQ(shown_.alarm, "high:b");
  press(Key::K);
  press(Key::K);
  EXPECT_EQ(shown_.alarm, "medium:c");
}

TEST_F(AlarmKeys, AcknowledgeOneOrAll) {
  const auto one = press(Key::Y);
  ASSERT_TRUE(requestIn(one));
  EXPECT_EQ(requestIn(one)->action, alarms::DeskAction::Acknowledge);
  EXPECT_EQ(requestIn(one)->keys, std::vector<std::string>{"critical:dev_waste_bin_0007"});
  const auto all = press(Key::Y, true);
  ASSERT_TRUE(requestIn(all));
  EXPECT_EQ(requestIn(all)->keys.size(), 3u);
}

TEST_F(AlarmKeys, ShelveTakeOutAndFly) {
  const auto shelve = press(Key::H);
  ASSERT_TRUE(requestIn(shelve));
  EXPECT_EQ(requestIn(shelve)->action, alarms::DeskAction::Shelve);
  EXPECT_EQ(requestIn(shelve)->seconds, 1800);
  ASSERT_TRUE(requestIn(press(Key::O)));
  EXPECT_EQ(requestIn(press(Key::O))->action, alarms::DeskAction::RemoveFromService);
  const auto fly = press(Key::Z);
  ASSERT_EQ(fly.size(), 1u);
  EXPECT_EQ(std::get<panels::FlyToEntity>(fly[0]).id, "dev_waste_bin_0007");
  press(Key::C);
  EXPECT_TRUE(shown_.alarmComment);
}

TEST_F(AlarmKeys, WithoutAlarmsNothingHappens) {
  in_.alarms.reset();
  for (const Key key : {Key::J, Key::K, Key::Y, Key::H, Key::Z, Key::C, Key::O}) EXPECT_TRUE(press(key).empty());
}

TEST_F(AlarmKeys, ADeskHasItsPlaceInControlAndNoneInAnExhibition) {
  shown_.desk = true;
  const auto control = panels::arrange(panels::Mode::Control, {1920, 1080}, 1, shown_, true);
  ASSERT_TRUE(control.panel(panels::PanelId::Alarms));
  EXPECT_GT(control.panel(panels::PanelId::Alarms)->width(), 1700);
  EXPECT_FALSE(panels::arrange(panels::Mode::Exhibition, {1920, 1080}, 1, shown_, true).panel(panels::PanelId::Alarms));
  shown_.side = panels::PanelId::Alarms;
  EXPECT_TRUE(panels::arrange(panels::Mode::Planner, {1920, 1080}, 1, shown_, true).panel(panels::PanelId::Alarms));
}

}  // namespace
