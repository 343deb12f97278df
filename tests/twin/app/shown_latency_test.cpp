// SPDX-License-Identifier: Apache-2.0
#include "twin/app/shown_latency.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "twin/app/frame_timeline.h"

namespace {

constexpr base::UtcNs kNow = 1'795'338'000 * base::kNsPerSecond;
constexpr base::UtcNs ms(int64_t n) { return kNow + n * base::kNsPerMs; }

/// A batch in which one vehicle reports a pose.
model::ChangeBatch poseBatch(base::UtcNs event, base::UtcNs received) {
  model::ChangeBatch batch;
  batch.firstRevision = 7;
  batch.revision = 8;
  model::EntityRow& row = batch.rows.emplace_back();
  row.bits = model::kPoseChanged;
  row.entity.moving = true;
  row.entity.latest.eventTime = event;
  row.entity.latest.received = received;
  return batch;
}

TEST(ShownLatency, CountsFromEventAndReceptionUntilThePictureIsReady) {
  app::ShownLatency latency;
  latency.take(poseBatch(ms(0), ms(30)));
  latency.drawn(4);
  latency.finished(4, ms(100));
  const auto json = latency.json();
  EXPECT_EQ(json["event_to_shown"]["count"], 1);
  EXPECT_DOUBLE_EQ(json["event_to_shown"]["max"], 100);
  EXPECT_DOUBLE_EQ(json["received_to_shown"]["max"], 70);
}

TEST(ShownLatency, WaitsForThePictureThatShowsIt) {
  app::ShownLatency latency;
  latency.take(poseBatch(ms(0), ms(0)));
  latency.drawn(4);
  latency.take(poseBatch(ms(10), ms(10)));
  latency.drawn(5);
  latency.finished(3, ms(20));
  EXPECT_TRUE(latency.json()["event_to_shown"].is_null());
  latency.finished(4, ms(50));
  EXPECT_EQ(latency.json()["event_to_shown"]["count"], 1);
  latency.finished(5, ms(250));
  EXPECT_EQ(latency.json()["event_to_shown"]["count"], 2);
  EXPECT_DOUBLE_EQ(latency.json()["event_to_shown"]["max"], 240);
}

TEST(ShownLatency, WhatNoPictureTookIsShownByTheNext) {
  app::ShownLatency latency;
  latency.take(poseBatch(ms(0), ms(0)));  // the window had no area: nothing was drawn
  latency.take(poseBatch(ms(40), ms(40)));
  latency.drawn(1);
  latency.finished(1, ms(100));
  EXPECT_EQ(latency.json()["received_to_shown"]["count"], 2);
  EXPECT_DOUBLE_EQ(latency.json()["received_to_shown"]["max"], 100);
}

TEST(ShownLatency, OnlyTheNewestValueThatChangedCounts) {
  app::ShownLatency latency;
  model::ChangeBatch batch = poseBatch(ms(0), ms(0));  // unchanged since
  batch.rows[0].bits = model::kPropertiesChanged;
  batch.rows[0].entity.properties = {{.name = "old", .eventTime = ms(900), .received = ms(1)},
                                     {.name = "new", .eventTime = ms(50), .received = ms(60)}};
  batch.events.push_back({.what = {.id = "e", .eventTime = ms(80)}, .received = ms(90)});
  latency.take(batch);
  latency.drawn(1);
  latency.finished(1, ms(100));
  EXPECT_DOUBLE_EQ(latency.json()["event_to_shown"]["max"], 50);
  EXPECT_DOUBLE_EQ(latency.json()["event_to_shown"]["min"], 20);
  EXPECT_EQ(latency.json()["event_to_shown"]["count"], 2);
}

TEST(ShownLatency, TheWholeStateIsNoNews) {
  app::ShownLatency latency;
  model::ChangeBatch start = poseBatch(ms(0), ms(0)), seek = start;
  start.firstRevision = 0;
  seek.restored = true;
  latency.take(start);
  latency.take(seek);
  latency.drawn(1);
  latency.finished(1, ms(100));
  EXPECT_TRUE(latency.json()["event_to_shown"].is_null());
}

TEST(DurationCounts, PercentilesAreOfAllThatWasCounted) {
  app::DurationCounts counts;
  for (int64_t i = 0; i < 100; ++i) counts.add(i * base::kNsPerMs + 1);
  const auto json = counts.json();
  EXPECT_EQ(json["median"], 50);  // the 50th lies in the millisecond from 49 to 50
  EXPECT_EQ(json["p95"], 95);
  counts.add(-base::kNsPerSecond);
  counts.add(3600 * base::kNsPerSecond);
  EXPECT_DOUBLE_EQ(counts.json()["min"], -1000);
  EXPECT_DOUBLE_EQ(counts.json()["max"], 3'600'000);
}

TEST(DurationCounts, AboveTheScaleTheLargestStands) {
  app::DurationCounts counts;
  counts.add(30 * base::kNsPerSecond);
  EXPECT_DOUBLE_EQ(counts.json()["median"], 30'000);
}

TEST(FrameTimeline, GivesTheMedianOfEachStretchOfFiveSeconds) {
  app::FrameTimeline timeline;
  const base::MonoNs start = 1'000 * base::kNsPerSecond;
  for (int i = 0; i < 5; ++i) timeline.add(start + i * base::kNsPerSecond, 10 + i);
  timeline.add(start + 11 * base::kNsPerSecond, 80);
  const auto json = timeline.json();
  ASSERT_EQ(json.size(), 2u);
  EXPECT_EQ(json[0]["frames"], 5);
  EXPECT_EQ(json[0]["median"], 12);
  EXPECT_EQ(json[0]["max"], 14);
  EXPECT_EQ(json[1]["from_s"], 10);
  EXPECT_EQ(json[1]["median"], 80);
}

TEST(FrameTimeline, KeepsTheLastHour) {
  app::FrameTimeline timeline;
  for (int64_t i = 0; i < 1000; ++i) timeline.add((i * 5 + 1) * base::kNsPerSecond, 1);
  const auto json = timeline.json();
  ASSERT_EQ(json.size(), 720u);
  EXPECT_EQ(json[0]["from_s"], 280 * 5);
}

}  // namespace
