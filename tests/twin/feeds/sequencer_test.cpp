// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/sequencer.h"

#include <gtest/gtest.h>

namespace {

constexpr int64_t kSecond = base::kNsPerSecond;

model::Observations pose(base::UtcNs time, bool fine = true, const std::string& id = "car") {
  model::Observations seen;
  model::PoseObservation p;
  p.entity = id;
  p.eventTime = time;
  p.hasElevation = fine;
  seen.poses.push_back(p);
  return seen;
}

model::Observations property(base::UtcNs time, const std::string& name = "fill") {
  model::Observations seen;
  model::PropertyObservation p;
  p.entity = "bin";
  p.property = name;
  p.eventTime = time;
  seen.properties.push_back(p);
  return seen;
}

model::Observations gone(base::UtcNs time) {
  model::Observations seen;
  seen.departures.push_back({"car", time});
  return seen;
}

model::Observations event(const std::string& id) {
  model::Observations seen;
  model::EventObservation e;
  e.id = id;
  e.eventTime = kSecond;
  seen.events.push_back(e);
  return seen;
}

feeds::Sequencer::Outcome pass(feeds::Sequencer& sequencer, model::Observations seen,
                               model::SourceId source = 0) {
  const size_t before = seen.count();
  const auto outcome = sequencer.filter(source, seen);
  EXPECT_EQ(seen.count(), outcome.accepted);
  EXPECT_EQ(before, outcome.accepted + outcome.late + outcome.duplicate + outcome.superseded);
  return outcome;
}

TEST(Sequencer, OnlyNewerPasses) {
  feeds::Sequencer sequencer(60);
  EXPECT_EQ(pass(sequencer, pose(100 * kSecond)).accepted, 1u);
  EXPECT_EQ(pass(sequencer, pose(100 * kSecond)).duplicate, 1u);
  EXPECT_EQ(pass(sequencer, pose(99 * kSecond)).late, 1u);
  EXPECT_EQ(pass(sequencer, pose(101 * kSecond)).accepted, 1u);
}

TEST(Sequencer, PropertiesAndSourcesAreIndependent) {
  feeds::Sequencer sequencer(60);
  EXPECT_EQ(pass(sequencer, property(100)).accepted, 1u);
  EXPECT_EQ(pass(sequencer, property(50, "temperature")).accepted, 1u);
  EXPECT_EQ(pass(sequencer, property(50)).late, 1u);
  EXPECT_EQ(pass(sequencer, property(50), 1).accepted, 1u);
}

TEST(Sequencer, NewSourcesTakeNothingFromTheOthers) {
  feeds::Sequencer sequencer(60);
  EXPECT_EQ(pass(sequencer, pose(100)).accepted, 1u);
  for (model::SourceId source = 1; source < 40; ++source) {
    EXPECT_EQ(pass(sequencer, pose(100, true, "bus"), source).accepted, 1u);
    EXPECT_EQ(pass(sequencer, pose(100)).duplicate, 1u);
  }
}

TEST(Sequencer, DescriptionsFollowTheSameRuleAsValues) {
  feeds::Sequencer sequencer(60);
  const auto description = [](base::UtcNs time) {
    model::Observations seen;
    model::DescriptionObservation d;
    d.entity = "car";
    d.eventTime = time;
    seen.descriptions.push_back(d);
    return seen;
  };
  EXPECT_EQ(pass(sequencer, description(100)).accepted, 1u);
  EXPECT_EQ(pass(sequencer, description(100)).duplicate, 1u);
  EXPECT_EQ(pass(sequencer, description(99)).late, 1u);
  EXPECT_EQ(pass(sequencer, gone(50)).late, 1u);
  EXPECT_EQ(pass(sequencer, gone(150)).accepted, 1u);
  EXPECT_EQ(pass(sequencer, description(150)).late, 1u);
  EXPECT_EQ(pass(sequencer, description(151)).accepted, 1u);
}

TEST(Sequencer, HandsOutWhatWasLate) {
  feeds::Sequencer sequencer(60);
  pass(sequencer, property(100));
  model::Observations seen = property(50), late;
  EXPECT_EQ(sequencer.filter(0, seen, &late).late, 1u);
  ASSERT_EQ(late.properties.size(), 1u);
  EXPECT_EQ(late.properties[0].eventTime, 50);
  EXPECT_EQ(late.properties[0].entity, "bin");
}

TEST(Sequencer, DropsDuplicateEventsById) {
  feeds::Sequencer sequencer(60);
  EXPECT_EQ(pass(sequencer, event("a")).accepted, 1u);
  EXPECT_EQ(pass(sequencer, event("a")).duplicate, 1u);
  EXPECT_EQ(pass(sequencer, event("b")).accepted, 1u);
  for (int i = 0; i < 20000; ++i) EXPECT_EQ(pass(sequencer, event("x" + std::to_string(i))).accepted, 1u);
  EXPECT_EQ(pass(sequencer, event("x19999")).duplicate, 1u);
  EXPECT_EQ(pass(sequencer, event("a")).accepted, 1u);  // forgotten: memory is bounded
}

TEST(Sequencer, WhatHasLeftStaysAwayUntilItIsSeenAgain) {
  feeds::Sequencer sequencer(60);
  EXPECT_EQ(pass(sequencer, pose(100 * kSecond)).accepted, 1u);
  EXPECT_EQ(pass(sequencer, gone(99 * kSecond)).late, 1u);
  EXPECT_EQ(pass(sequencer, gone(103 * kSecond)).accepted, 1u);
  EXPECT_EQ(pass(sequencer, gone(103 * kSecond)).duplicate, 1u);
  EXPECT_EQ(pass(sequencer, pose(102 * kSecond)).late, 1u);
  EXPECT_EQ(pass(sequencer, pose(104 * kSecond)).accepted, 1u);
}

TEST(Sequencer, ForgottenDeparturesDoNotComeBack) {
  feeds::Sequencer sequencer(60);
  (void)pass(sequencer, pose(100 * kSecond));
  (void)pass(sequencer, gone(101 * kSecond));
  (void)pass(sequencer, pose(200 * kSecond, true, "other"));     // 101 is now beyond the bound and forgotten
  EXPECT_EQ(pass(sequencer, pose(100 * kSecond)).late, 1u);      // too old for an unknown thing
  EXPECT_EQ(pass(sequencer, pose(180 * kSecond)).accepted, 1u);  // it is really back
}

TEST(Sequencer, RetainedValuesOfAnyAgePassOnce) {
  feeds::Sequencer sequencer(60);
  (void)pass(sequencer, pose(100000 * kSecond));
  EXPECT_EQ(pass(sequencer, property(kSecond)).accepted, 1u);
}

TEST(Sequencer, FinePositionsSupersedeCoarseOnes) {
  feeds::Sequencer sequencer(60);
  EXPECT_EQ(pass(sequencer, pose(100 * kSecond, false), 1).accepted, 1u);
  EXPECT_EQ(pass(sequencer, pose(101 * kSecond, true), 0).accepted, 1u);
  EXPECT_EQ(pass(sequencer, pose(105 * kSecond, false), 1).superseded, 1u);
  EXPECT_EQ(pass(sequencer, pose(112 * kSecond, false), 1).accepted, 1u);  // the fine source went silent
}

}  // namespace
