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

model::Observations description(const std::string& entity, base::UtcNs time) {
  model::Observations seen;
  model::DescriptionObservation d;
  d.entity = entity;
  d.kind = "OffStreetParking";
  d.name = {"주차장", "Car park"};
  d.position = glm::dvec3(10, 20, 0);
  d.attributes = {{"capacity", 40.0}};
  d.eventTime = time;
  auto area = std::make_shared<model::Geometry>();
  area->shape = model::Geometry::Shape::Area;
  area->parts = {{{0, 0, 0}, {10, 0, 0}, {10, 10, 0}}};
  d.geometry = std::move(area);
  seen.descriptions.push_back(std::move(d));
  return seen;
}

TEST(EntityStore, DescriptionsPlaceAndNameThings) {
  model::EntityStore store;
  store.apply(description("park-9", 100), 0, 120);
  const uint64_t first = store.stateHash();
  const model::EntityInfo& info = *store.find(store.handleOf("park-9"))->info;
  EXPECT_EQ(info.kind, "OffStreetParking");
  EXPECT_EQ(info.name.en, "Car park");
  EXPECT_EQ(info.position, glm::dvec3(10, 20, 0));
  ASSERT_NE(info.geometry, nullptr);
  EXPECT_EQ(info.geometry->parts.front().size(), 3u);

  model::Observations more = description("park-9", 200);
  more.descriptions[0].name = {};
  more.descriptions[0].position.reset();
  more.descriptions[0].geometry = nullptr;
  more.descriptions[0].attributes = {{"capacity", 50.0}, {"floors", 2.0}};
  store.apply(more, 0, 220);
  const model::EntityInfo& later = *store.find(store.handleOf("park-9"))->info;
  EXPECT_EQ(later.name.en, "Car park");
  EXPECT_EQ(later.position, glm::dvec3(10, 20, 0));
  ASSERT_EQ(later.attributes.size(), 2u);
  EXPECT_EQ(std::get<double>(later.attributes[0].second), 50);
  EXPECT_NE(store.stateHash(), first);

  model::Observations gone;
  gone.departures.push_back({"park-9", 300});
  store.apply(gone, 0, 300);
  EXPECT_EQ(store.size(), 0u);
}

TEST(EntityStore, DescriptionsDoNotMoveWhatThePackPlaced) {
  model::EntityStore store;
  model::EntityInfo info;
  info.id = "park-9";
  info.kind = "parking_lot";
  info.position = {1, 2, 3};
  info.fromPack = true;
  store.define(info);
  store.apply(description("park-9", 100), 0, 120);
  const model::EntityInfo& known = *store.find(store.handleOf("park-9"))->info;
  EXPECT_EQ(known.kind, "parking_lot");
  EXPECT_EQ(known.position, glm::dvec3(1, 2, 3));
  ASSERT_EQ(known.attributes.size(), 1u);
  EXPECT_EQ(known.attributes[0].first, "capacity");
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
