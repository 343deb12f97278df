// SPDX-License-Identifier: Apache-2.0
// Events beyond the queue's budget: on disk, in order, counted, gone when drained.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <deque>
#include <filesystem>
#include <fstream>

#include "tests/twin/feeds/http_server.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/encode_event.h"
#include "twin/feeds/event_spill.h"
#include "twin/feeds/message_queue.h"

namespace {

using namespace feeds_test;

struct Folder {
  Folder() : path(std::filesystem::temp_directory_path() / ("alphacity_spill_" + std::to_string(getpid()))) {
    std::filesystem::remove_all(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  size_t files() const {
    if (!std::filesystem::exists(path)) return 0;
    return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
  }
  std::filesystem::path path;
};

feeds::RawMessage event(uint64_t seq, size_t size = 200) {
  feeds::RawMessage message;
  message.source = 3;
  message.seq = seq;
  message.received = kNow;
  message.topic = "event/incident";
  message.bytes = feeds::encodeEvent({.type = "incident", .id = "e" + std::to_string(seq), .time = kNow, .details = {{"x", std::string(size, 'x')}}});
  return message;
}

TEST(EventSpill, KeepsOrderAndBytesAndLeavesNothingBehind) {
  Folder folder;
  feeds::EventSpill spill(folder.path);
  for (uint64_t i = 0; i < 1000; ++i) ASSERT_TRUE(spill.put(event(i), {.name = "broker"}));
  EXPECT_EQ(spill.pending(), 1000u);
  EXPECT_EQ(folder.files(), 1u);
  uint64_t next = 0;
  while (spill.pending() > 0) {
    for (const feeds::RawMessage& message : spill.take(64, 1 << 20)) {
      const feeds::RawMessage expected = event(next);
      ASSERT_EQ(message.seq, next++);
      ASSERT_EQ(message.bytes, expected.bytes);
      ASSERT_EQ(message.topic, expected.topic);
      ASSERT_EQ(message.source, 3);
    }
  }
  EXPECT_EQ(next, 1000u);
  EXPECT_EQ(folder.files(), 0u);
}

TEST(EventSpill, SaysWhenTheDiskDoesNotTakeIt) {
  feeds::EventSpill nowhere("/proc/alphacity");
  EXPECT_FALSE(nowhere.put(event(1), {}));
  EXPECT_EQ(nowhere.pending(), 0u);
}

TEST(EventSpill, WhatAKilledProgramLeftIsBrought) {
  Folder folder;
  const pid_t child = fork();
  if (child == 0) {
    feeds::EventSpill spill(folder.path);
    for (uint64_t i = 0; i < 10; ++i) spill.put(event(i), {.name = "broker"});
    kill(getpid(), SIGKILL);
  }
  waitpid(child, nullptr, 0);
  ASSERT_TRUE(feeds::hasAbandonedSpill(folder.path));
  for (const auto& entry : std::filesystem::directory_iterator(folder.path))
    std::ofstream(entry.path(), std::ios::app | std::ios::binary) << "torn";
  feeds::Ingest ingest(inlineOptions());
  ingest.add({.name = "left from before"}, feeds::makeSpillTransport(folder.path));
  ingest.start();
  ASSERT_TRUE(eventually([&] { return folder.files() == 0; }));
  ingest.stop();
  const feeds::FeedStats stats = ingest.stats();
  ASSERT_EQ(stats.sources.size(), 2u);
  EXPECT_EQ(stats.sources[1].source.name, "broker");
  EXPECT_EQ(stats.sources[1].applied, 10u);
  EXPECT_EQ(stats.sources[0].gaps, 1u);
  EXPECT_FALSE(feeds::hasAbandonedSpill(folder.path));
}

feeds::QueuedMessage queued(uint64_t seq) {
  return {event(seq), feeds::findDecoder("event/incident")};
}

TEST(MessageQueueSpill, EventsBeyondTheBudgetGoToDiskAndComeBackInOrder) {
  Folder folder;
  feeds::MessageQueue queue(20'000, std::make_unique<feeds::EventSpill>(folder.path));
  uint64_t spilled = 0;
  for (uint64_t i = 0; i < 500; ++i) {
    const auto outcome = queue.push(queued(i), {.name = "broker"});
    ASSERT_TRUE(outcome.accepted);
    spilled += outcome.spilled;
  }
  EXPECT_GT(spilled, 400u);
  EXPECT_EQ(queue.size(), 500u);
  EXPECT_LE(queue.usedBytes(), 20'000u);
  EXPECT_GT(queue.spilledBytes(), 0u);
  uint64_t next = 0;
  while (next < 500) {
    const auto batch = queue.popBatch(32, std::chrono::milliseconds(100));
    ASSERT_FALSE(batch.messages.empty()) << next;
    for (const feeds::QueuedMessage& item : batch.messages) {
      ASSERT_EQ(item.message.seq, next++);
      ASSERT_NE(item.row, nullptr);
    }
  }
  EXPECT_EQ(folder.files(), 0u);
  queue.close();
  EXPECT_TRUE(queue.closedAndEmpty());
}

/// Pushes and pops in any mixture: what comes out is what went in.
RC_GTEST_PROP(MessageQueueSpill, IsAQueueLikeAnyOther, ()) {
  Folder folder;
  feeds::MessageQueue queue(6'000, std::make_unique<feeds::EventSpill>(folder.path));
  std::deque<uint64_t> model;
  uint64_t seq = 0;
  const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12));
  for (const int step : steps) {
    if (step < 8) {
      for (int i = 0; i <= step; ++i) {
        model.push_back(seq);
        RC_ASSERT(queue.push(queued(seq++), {}).accepted);
      }
    } else {
      for (const auto& item : queue.popBatch(static_cast<size_t>(step), std::chrono::milliseconds(0)).messages) {
        RC_ASSERT(!model.empty() && item.message.seq == model.front());
        model.pop_front();
      }
    }
    RC_ASSERT(queue.size() == model.size());
  }
}

TEST(IngestSpill, ABurstOfEventsLosesNone) {
  Folder folder;
  feeds::IngestOptions options = inlineOptions();
  options.runInline = false;
  options.queueBytes = 64 << 10;
  options.spillFolder = folder.path;
  Feed feed(std::move(options));
  constexpr uint64_t kEvents = 5000;
  for (uint64_t i = 0; i < kEvents; ++i) feed.transport->publish("event/incident", event(i).bytes, kNow);
  ASSERT_TRUE(feed.ingest.drain(30));
  EXPECT_EQ(feed.stats().applied, kEvents);
  EXPECT_TRUE(feed.stats().balanced());
  EXPECT_EQ(feed.ingest.stats().spilledMessages, 0u);
  feed.ingest.stop();
  EXPECT_EQ(folder.files(), 0u);
  RecordProperty("spilled", static_cast<int>(feed.stats().spilled));
}

}  // namespace
