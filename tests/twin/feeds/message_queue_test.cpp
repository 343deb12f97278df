// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/message_queue.h"

#include <gtest/gtest.h>

#include <thread>

namespace {

constexpr size_t kBody = 1000;

feeds::QueuedMessage item(const std::string& topic, model::SourceId source = 0, char fill = 'x',
                          size_t body = kBody) {
  feeds::QueuedMessage queued;
  queued.message.topic = topic;
  queued.message.source = source;
  queued.message.bytes.assign(body, fill);
  queued.row = feeds::findDecoder(topic);
  return queued;
}

const size_t kWeight = item("telemetry/car/a").message.weight();

TEST(MessageQueue, KeepsOrderAcrossClasses) {
  feeds::MessageQueue queue(1 << 20);
  for (const char* topic : {"telemetry/car/a", "event/x", "spat/1", "telemetry/car/b", "event/y"})
    (void)queue.push(item(topic));
  const auto batch = queue.popBatch(10, std::chrono::milliseconds(0));
  ASSERT_EQ(batch.messages.size(), 5u);
  EXPECT_EQ(batch.messages[0].message.topic, "telemetry/car/a");
  EXPECT_EQ(batch.messages[1].message.topic, "event/x");
  EXPECT_EQ(batch.messages[2].message.topic, "spat/1");
  EXPECT_EQ(batch.messages[4].message.topic, "event/y");
  EXPECT_EQ(queue.usedBytes(), 0u);
}

TEST(MessageQueue, TicketsCountBatches) {
  feeds::MessageQueue queue(1 << 20);
  EXPECT_TRUE(queue.popBatch(10, std::chrono::milliseconds(0)).messages.empty());
  (void)queue.push(item("spat/1"));
  EXPECT_EQ(queue.popBatch(1, std::chrono::milliseconds(0)).ticket, 0u);
  (void)queue.push(item("spat/1"));
  EXPECT_EQ(queue.popBatch(1, std::chrono::milliseconds(0)).ticket, 1u);
}

TEST(MessageQueue, PositionsConflateOnlyUnderPressure) {
  feeds::MessageQueue queue(kWeight * 8);
  for (int i = 0; i < 3; ++i)
    EXPECT_FALSE(queue.push(item("telemetry/car/a", 0, static_cast<char>('0' + i))).conflated);
  EXPECT_FALSE(queue.push(item("telemetry/car/b")).conflated);
  const auto outcome = queue.push(item("telemetry/car/a", 0, '9'));
  EXPECT_TRUE(outcome.accepted);
  EXPECT_TRUE(outcome.conflated);
  EXPECT_FALSE(queue.push(item("telemetry/car/a", 1)).conflated);  // another source is another position
  const auto batch = queue.popBatch(10, std::chrono::milliseconds(0));
  ASSERT_EQ(batch.messages.size(), 5u);
  EXPECT_EQ(batch.messages[1].message.bytes[0], '1');
  EXPECT_EQ(batch.messages[2].message.bytes[0], '9');  // in the place of the last one that waited
}

TEST(MessageQueue, PositionsConflateWhileDecodingLags) {
  constexpr int64_t kLag = 100;
  feeds::MessageQueue queue(1 << 20, nullptr, {.after = kLag});
  const auto push = [&](const char* topic, base::MonoNs arrival) {
    feeds::QueuedMessage message = item(topic);
    message.message.receivedMono = arrival;
    return queue.push(std::move(message)).conflated;
  };
  EXPECT_FALSE(push("telemetry/car/a", 1000));
  EXPECT_FALSE(push("telemetry/car/a", 1100)) << "not behind yet";
  EXPECT_FALSE(push("telemetry/car/b", 1101)) << "nothing of it waits";
  EXPECT_TRUE(push("telemetry/car/a", 1102));
  EXPECT_TRUE(push("telemetry/car/b", 1103));
  EXPECT_TRUE(push("telemetry/car/a", 1250)) << "a place is as old as the first that waited in it";
  EXPECT_FALSE(push("event/x", 1260));
  EXPECT_FALSE(push("event/x", 1270)) << "events never";
  EXPECT_EQ(queue.popBatch(10, std::chrono::milliseconds(0)).messages.size(), 5u);
  EXPECT_FALSE(push("telemetry/car/a", 1300));
  EXPECT_FALSE(push("telemetry/car/a", 1350)) << "caught up";
}

TEST(MessageQueue, HoldsPositionsInAFloodAndNothingElse) {
  using namespace std::chrono_literals;
  constexpr int64_t kAfter = 50 * base::kNsPerMs, kHold = 400 * base::kNsPerMs;
  feeds::MessageQueue queue(1 << 20, nullptr, {.after = kAfter, .hold = kHold});
  const base::MonoNs begun = base::SystemClock::monoNow();
  const auto push = [&](const char* topic, char fill = 'x') {
    feeds::QueuedMessage message = item(topic, 0, fill);
    message.message.receivedMono = base::SystemClock::monoNow();
    return queue.push(std::move(message)).conflated;
  };
  EXPECT_FALSE(push("telemetry/car/a"));
  std::this_thread::sleep_for(60ms);
  EXPECT_TRUE(push("telemetry/car/a")) << "decoding lags: a flood";
  EXPECT_FALSE(push("telemetry/car/b"));
  EXPECT_TRUE(queue.popBatch(10, 0ms).messages.empty()) << "both wait for newer ones";
  EXPECT_FALSE(push("event/x"));
  const auto event = queue.popBatch(10, 0ms);
  ASSERT_EQ(event.messages.size(), 1u) << "an event waits for nothing";
  EXPECT_EQ(event.messages[0].message.topic, "event/x");
  EXPECT_TRUE(push("telemetry/car/a", '9'));

  feeds::MessageQueue::Batch batch;
  while (batch.messages.empty()) batch = queue.popBatch(1, 20ms);
  EXPECT_GE(base::SystemClock::monoNow() - begun, kHold);
  EXPECT_EQ(batch.messages[0].message.topic, "telemetry/car/a");
  EXPECT_EQ(batch.messages[0].message.bytes[0], '9') << "the newest of them";
  queue.close();
  EXPECT_EQ(queue.popBatch(10, 0ms).messages.size(), 1u) << "nothing is held at the end";
  EXPECT_TRUE(queue.closedAndEmpty());
}

TEST(MessageQueue, AFloodEndsWhenMostPositionsComeSingly) {
  constexpr int64_t kAfter = 100, kHold = 1000;
  feeds::MessageQueue queue(1 << 20, nullptr, {.after = kAfter, .hold = kHold});
  const auto push = [&](const std::string& topic, base::MonoNs arrival) {
    feeds::QueuedMessage message = item(topic, 0, 'x', 10);
    message.message.receivedMono = arrival;
    return queue.push(std::move(message)).conflated;
  };
  EXPECT_FALSE(push("telemetry/car/a", 0));
  for (base::MonoNs t = 200; t <= 1200; t += 10) EXPECT_TRUE(push("telemetry/car/a", t)) << t;
  EXPECT_TRUE(push("telemetry/car/a", 1210)) << "all replaced one: it goes on";
  EXPECT_FALSE(push("telemetry/car/b", 2150));
  EXPECT_EQ(queue.popBatch(1, std::chrono::milliseconds(0)).messages.size(), 1u);
  EXPECT_TRUE(push("telemetry/car/b", 2151)) << "not yet over";
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(push("telemetry/car/" + std::to_string(i), 2160 + i));
  EXPECT_FALSE(push("telemetry/car/b", 2215)) << "over: two of twelve have replaced one";
}

TEST(MessageQueue, DropsTheOldestStateButNoEvent) {
  feeds::MessageQueue queue(kWeight * 4);
  (void)queue.push(item("event/x"));
  (void)queue.push(item("spat/1", 5));
  (void)queue.push(item("spat/2", 6));
  const auto outcome = queue.push(item("spat/3", 0, 'x', kBody * 2));
  EXPECT_TRUE(outcome.accepted);
  EXPECT_EQ(outcome.dropped, std::vector<model::SourceId>{5});
  const auto batch = queue.popBatch(10, std::chrono::milliseconds(0));
  ASSERT_EQ(batch.messages.size(), 3u);
  EXPECT_EQ(batch.messages[0].message.topic, "event/x");
}

TEST(MessageQueue, EventsWaitForRoom) {
  feeds::MessageQueue queue(kWeight * 2);
  (void)queue.push(item("event/x"));
  EXPECT_FALSE(
      queue.push(item("spat/1", 0, 'x', kBody * 2)).accepted);  // only events wait, and they go first
  std::thread late([&] { EXPECT_TRUE(queue.push(item("event/y", 0, 'x', kBody * 2 - 300)).accepted); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(queue.size(), 1u);
  EXPECT_EQ(queue.popBatch(1, std::chrono::milliseconds(0)).messages.size(), 1u);
  late.join();
  EXPECT_EQ(queue.size(), 1u);
}

TEST(MessageQueue, ClosingWakesWhoWaits) {
  feeds::MessageQueue queue(kWeight * 2);
  (void)queue.push(item("event/x"));
  std::thread late([&] { EXPECT_FALSE(queue.push(item("event/y", 0, 'x', kBody * 2 - 300)).accepted); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  queue.close();
  late.join();
  EXPECT_EQ(queue.popBatch(10, std::chrono::milliseconds(0)).messages.size(), 1u);
  EXPECT_TRUE(queue.closedAndEmpty());
}

TEST(MessageQueue, HeavierThanTheBudgetIsRefused) {
  feeds::MessageQueue queue(kWeight);
  EXPECT_FALSE(queue.push(item("event/x", 0, 'x', kBody * 3)).accepted);
}

}  // namespace
