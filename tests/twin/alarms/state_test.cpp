// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/base/hash.h"
#include "tests/twin/alarms/reference_model.h"
#include "twin/alarms/alarm_state.h"

namespace {

using alarms::AlarmInput;
using alarms::AlarmState;
using alarms::AlarmTiming;
using alarms::Condition;
using alarms::stateOf;

constexpr int64_t kS = base::kNsPerSecond;

Condition run(std::initializer_list<std::pair<int, AlarmInput>> inputs, AlarmTiming timing) {
  Condition c;
  for (const auto& [second, input] : inputs) c = alarms::step(c, input, second * kS, timing);
  return c;
}

TEST(AlarmState, IsRaisedAfterTheOnDelayOnly) {
  const AlarmTiming t{.onDelay = 10 * kS};
  EXPECT_EQ(stateOf(run({{1, AlarmInput::Bad}, {10, AlarmInput::Tick}}, t)), AlarmState::Pending);
  EXPECT_EQ(stateOf(run({{1, AlarmInput::Bad}, {11, AlarmInput::Tick}}, t)), AlarmState::UnackActive);
  EXPECT_EQ(stateOf(run({{1, AlarmInput::Bad}, {9, AlarmInput::Ok}, {30, AlarmInput::Tick}}, t)), AlarmState::Normal);
}

TEST(AlarmState, AnOnsetThatWasFoundLateCountsFromWhenItWas) {
  Condition c;
  c = alarms::step(c, AlarmInput::Bad, 100 * kS, {.onDelay = 60 * kS}, 30 * kS);
  EXPECT_EQ(stateOf(c), AlarmState::UnackActive);
}

TEST(AlarmState, LatchedWaitsForBothInEitherOrder) {
  const AlarmTiming t{.latched = true};
  EXPECT_EQ(stateOf(run({{1, AlarmInput::Bad}, {2, AlarmInput::Ok}}, t)), AlarmState::UnackCleared);
  EXPECT_EQ(stateOf(run({{1, AlarmInput::Bad}, {2, AlarmInput::Ok}, {3, AlarmInput::Acknowledge}}, t)), AlarmState::Normal);
  EXPECT_EQ(stateOf(run({{1, AlarmInput::Bad}, {2, AlarmInput::Acknowledge}}, t)), AlarmState::AckActive);
  EXPECT_EQ(stateOf(run({{1, AlarmInput::Bad}, {2, AlarmInput::Acknowledge}, {3, AlarmInput::Ok}}, t)), AlarmState::Normal);
  EXPECT_EQ(stateOf(run({{1, AlarmInput::Bad}, {2, AlarmInput::Ok}}, {})), AlarmState::Normal) << "not latched: forgotten";
}

TEST(AlarmState, SilenceNeverResolves) {
  const AlarmTiming t{.offDelay = 10 * kS, .latched = true};
  Condition c = run({{1, AlarmInput::Bad}, {2, AlarmInput::Ok}, {5, AlarmInput::NoData}}, t);
  EXPECT_EQ(stateOf(alarms::step(c, AlarmInput::Tick, 100000 * kS, t)), AlarmState::UnackActive);
  EXPECT_EQ(c.quality, alarms::SourceQuality::NoData);
  c = alarms::step(c, AlarmInput::Ok, 200000 * kS, t);
  EXPECT_EQ(stateOf(c), AlarmState::Recovering);
  EXPECT_EQ(stateOf(alarms::step(c, AlarmInput::Tick, 200009 * kS, t)), AlarmState::Recovering);
  EXPECT_EQ(stateOf(alarms::step(c, AlarmInput::Tick, 200010 * kS, t)), AlarmState::UnackCleared);
}

TEST(AlarmState, ShelvingEndsByItselfAndSpeaksUp) {
  const AlarmTiming t;
  Condition c = run({{1, AlarmInput::Bad}, {2, AlarmInput::Acknowledge}}, t);
  c = alarms::step(c, AlarmInput::Shelve, 3 * kS, t, 60 * kS);
  EXPECT_EQ(stateOf(c), AlarmState::Shelved);
  EXPECT_EQ(stateOf(alarms::step(c, AlarmInput::Tick, 59 * kS, t)), AlarmState::Shelved);
  EXPECT_EQ(stateOf(alarms::step(c, AlarmInput::Tick, 60 * kS, t)), AlarmState::UnackActive);
}

TEST(AlarmState, ThreeInhibitionsAreThreeStates) {
  const AlarmTiming t;
  EXPECT_EQ(stateOf(run({{1, AlarmInput::Suppress}, {2, AlarmInput::Bad}}, t)), AlarmState::Suppressed);
  EXPECT_EQ(stateOf(run({{1, AlarmInput::RemoveFromService}, {2, AlarmInput::Bad}}, t)), AlarmState::OutOfService);
  // What was raised and over while suppressed was never anybody's business.
  EXPECT_EQ(stateOf(run({{1, AlarmInput::Suppress}, {2, AlarmInput::Bad}, {3, AlarmInput::Ok}, {4, AlarmInput::Unsuppress}}, {.latched = true})),
            AlarmState::Normal);
  // But an unacknowledged one from before is not lost.
  EXPECT_EQ(stateOf(run({{1, AlarmInput::Bad}, {2, AlarmInput::Suppress}, {3, AlarmInput::Ok}, {4, AlarmInput::Unsuppress}}, {.latched = true})),
            AlarmState::UnackCleared);
}

TEST(AlarmState, AnAcknowledgedAlarmThatStandsSpeaksUpAgain) {
  const AlarmTiming t{.reAlarm = 100 * kS};
  const Condition c = run({{1, AlarmInput::Bad}, {2, AlarmInput::Acknowledge}}, t);
  EXPECT_EQ(stateOf(alarms::step(c, AlarmInput::Tick, 101 * kS, t)), AlarmState::AckActive);
  const Condition again = alarms::step(c, AlarmInput::Tick, 102 * kS, t);
  EXPECT_EQ(stateOf(again), AlarmState::UnackActive);
  EXPECT_EQ(again.announcements, 2u);
}

TEST(AlarmState, RebasedKeepsWhatWasLeft) {
  const AlarmTiming t{.onDelay = 10 * kS};
  Condition c = run({{100, AlarmInput::Bad}, {104, AlarmInput::Tick}}, t);
  c = alarms::rebased(c, -90 * kS);  // the clock was set back: 104 is now 14
  EXPECT_EQ(stateOf(alarms::step(c, AlarmInput::Tick, 19 * kS, t)), AlarmState::Pending);
  EXPECT_EQ(stateOf(alarms::step(c, AlarmInput::Tick, 20 * kS, t)), AlarmState::UnackActive);
}

/// Ten thousand random lives of an alarm, against a model written in another way.
TEST(AlarmState, EqualsTheReferenceInTenThousandEpisodes) {
  for (uint64_t episode = 0; episode < 10000; ++episode) {
    base::Random random(episode);
    const auto pick = [&](uint64_t n) { return static_cast<int64_t>(random.next() % n); };
    const AlarmTiming timing{.onDelay = pick(4) * 5 * kS, .offDelay = pick(4) * 5 * kS, .reAlarm = pick(3) * 20 * kS, .latched = pick(2) == 1};
    Condition tested;
    reference::Model model(timing.onDelay / kS, timing.offDelay / kS, timing.reAlarm / kS, timing.latched);
    int64_t second = 1000;
    for (int i = 0; i < 60; ++i) {
      second += pick(9);
      const auto input = static_cast<AlarmInput>(pick(12));
      const int64_t at = input == AlarmInput::Shelve ? second + pick(40) : input == AlarmInput::Bad ? second - pick(8) : 0;
      tested = alarms::step(tested, input, second * kS, timing, at * kS);
      model.feed(second, input, at);
      ASSERT_EQ(std::string(nameOf(stateOf(tested))), model.state()) << "episode " << episode << " step " << i << " " << nameOf(input);
      ASSERT_EQ(tested.announcements, model.announcements()) << "episode " << episode << " step " << i << " " << nameOf(input);
      ASSERT_EQ(alarms::wantsAttention(tested), model.flashes()) << "episode " << episode << " step " << i << " " << nameOf(input);
    }
  }
}

}  // namespace
