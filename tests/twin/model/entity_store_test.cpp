// SPDX-License-Identifier: Apache-2.0
#include "twin/model/entity_store.h"

#include <gtest/gtest.h>

#include "twin/model/mirror.h"

namespace {

model::Observations value(const std::string& entity, const std::string& property, double number,
                          base::UtcNs time) {
  model::Observations seen;
  model::PropertyObservation p;
  p.entity = entity;
  p.kind = "waste_bin";
  p.property = property;
  p.value = number;
  p.unit = "%";
  p.eventTime = time;
  seen.properties.push_back(p);
  return seen;
}

model::Observations pose(const std::string& entity, double x, base::UtcNs time) {
  model::Observations seen;
  model::PoseObservation p;
  p.entity = entity;
  p.kind = "car";
  p.position = {x, 0, 0};
  p.eventTime = time;
  seen.poses.push_back(p);
  return seen;
}

TEST(EntityStore, UnknownThingsAppearWithTheirKind) {
  model::EntityStore store;
  store.apply(value("bin-1", "fill", 40, 100), 3, 120);
  const model::Entity* bin = store.find(store.handleOf("bin-1"));
  ASSERT_NE(bin, nullptr);
  EXPECT_EQ(bin->info->kind, "waste_bin");
  const model::PropertyRow* fill = bin->property("fill");
  ASSERT_NE(fill, nullptr);
  EXPECT_EQ(std::get<double>(fill->value), 40);
  EXPECT_EQ(fill->unit, "%");
  EXPECT_EQ(fill->received, 120);
  EXPECT_EQ(fill->source, 3);
  EXPECT_EQ(bin->lastEvent(), 100);
  EXPECT_EQ(bin->lastReceived(), 120);
}

TEST(EntityStore, PackKeepsItsWord) {
  model::EntityStore store;
  model::EntityInfo info;
  info.id = "bin-1";
  info.kind = "smart_bin";
  info.fromPack = true;
  const model::EntityHandle handle = store.define(info);
  store.apply(value("bin-1", "fill", 40, 100), 0, 0);
  EXPECT_EQ(store.find(handle)->info->kind, "smart_bin");
  model::Observations gone;
  gone.departures.push_back({"bin-1", 200});
  store.apply(gone, 0, 0);
  EXPECT_EQ(store.size(), 1u);  // a fixed thing does not depart
}

TEST(EntityStore, TwoTimedPosesAndDeparture) {
  model::EntityStore store;
  store.apply(pose("car-1", 1, 100), 0, 0);
  const model::EntityHandle handle = store.handleOf("car-1");
  EXPECT_EQ(store.find(handle)->previous.position.x, 1);
  store.apply(pose("car-1", 2, 200), 0, 0);
  EXPECT_EQ(store.find(handle)->previous.position.x, 1);
  EXPECT_EQ(store.find(handle)->latest.position.x, 2);
  EXPECT_EQ(store.find(handle)->info->position.x, 1);
  model::Observations gone;
  gone.departures.push_back({"car-1", 300});
  store.apply(gone, 0, 0);
  EXPECT_EQ(store.find(handle), nullptr);
  EXPECT_FALSE(store.handleOf("car-1"));
}

TEST(EntityStore, BatchesSayWhatChanged) {
  model::EntityStore store;
  store.apply(pose("car-1", 1, 100), 0, 0);
  store.apply(value("bin-1", "fill", 40, 100), 0, 0);
  const model::ChangeBatch first = store.takeChanges();
  ASSERT_EQ(first.rows.size(), 2u);
  EXPECT_EQ(first.rows[0].bits, model::kAdded | model::kInfoChanged | model::kPoseChanged);
  store.apply(value("bin-1", "fill", 41, 200), 0, 0);
  const model::ChangeBatch second = store.takeChanges();
  ASSERT_EQ(second.rows.size(), 1u);
  EXPECT_EQ(second.rows[0].bits, model::kPropertiesChanged);
  EXPECT_EQ(second.firstRevision, first.revision);
  EXPECT_TRUE(store.takeChanges().empty());
}

TEST(EntityStore, WhatCameAndWentBetweenTwoReadsIsNotMentioned) {
  model::EntityStore store;
  store.apply(pose("ghost", 1, 100), 0, 0);
  store.remove("ghost");
  const model::ChangeBatch batch = store.takeChanges();
  EXPECT_TRUE(batch.rows.empty());
  EXPECT_TRUE(batch.removed.empty());
}

TEST(Mirror, NoticesAGapAndRecoversByKeyframe) {
  model::EntityStore store;
  model::Mirror mirror;
  store.apply(pose("a", 1, 1), 0, 0);
  ASSERT_TRUE(mirror.apply(store.takeChanges()));
  store.apply(pose("b", 1, 1), 0, 0);
  (void)store.takeChanges();  // lost
  store.apply(pose("c", 1, 1), 0, 0);
  EXPECT_FALSE(mirror.apply(store.takeChanges()));
  EXPECT_EQ(mirror.size(), 1u);
  ASSERT_TRUE(mirror.apply(store.keyframe()));
  EXPECT_EQ(mirror.size(), 3u);
  EXPECT_EQ(mirror.stateHash(), store.stateHash());
}

TEST(Mirror, KeepsTheLast4096Events) {
  model::EntityStore store;
  model::Mirror mirror;
  for (int i = 0; i < 5000; ++i) {
    model::Observations seen;
    model::EventObservation event;
    event.id = std::to_string(i);
    seen.events.push_back(event);
    store.apply(seen, 0, 0);
  }
  ASSERT_TRUE(mirror.apply(store.takeChanges()));
  ASSERT_EQ(mirror.events().size(), 4096u);
  EXPECT_EQ(mirror.events().back().what.id, "4999");
  EXPECT_EQ(mirror.events().back().revision, 5000u);
  EXPECT_EQ(mirror.events().front().revision, 905u);
}

}  // namespace
