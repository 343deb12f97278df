// SPDX-License-Identifier: Apache-2.0
// The law of a bad network: messages that come in any order, and any of them again, make the state of the messages
// in order, as long as none is later than the bound.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "engine/base/hash.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/encode_event.h"

namespace {

using namespace feeds_test;

/// One message of a vehicle, an air sensor or an incident, at its own moment.
struct Said {
  int what;  // 0-5 vehicle, 6-8 sensor, 9 event
  int thing;
  double number;
};

rc::Gen<std::vector<Said>> saids() {
  return rc::gen::container<std::vector<Said>>(
      rc::gen::build<Said>(rc::gen::set(&Said::what, rc::gen::inRange(0, 10)), rc::gen::set(&Said::thing, rc::gen::inRange(0, 5)),
                           rc::gen::set(&Said::number, rc::gen::map(rc::gen::inRange(0, 80), [](int i) { return i / 4.0; }))));
}

struct Message {
  std::string topic, bytes;
};

/// All within the bound of lateness. Vehicle 0 leaves with the last that it says.
std::vector<Message> messagesOf(const std::vector<Said>& saids) {
  const int64_t step = 50 * base::kNsPerSecond / static_cast<int64_t>(std::max<size_t>(1, saids.size()));
  size_t lastOfFirst = saids.size();
  for (size_t i = 0; i < saids.size(); ++i)
    if (saids[i].what < 6 && saids[i].thing == 0) lastOfFirst = i;
  std::vector<Message> messages;
  for (size_t i = 0; i < saids.size(); ++i) {
    const Said& said = saids[i];
    const base::UtcNs time = kNow - 55 * base::kNsPerSecond + static_cast<int64_t>(i) * step;
    if (said.what < 6) {
      feeds::TelemetryMessage m;
      m.kind = "car";
      m.id = "car-" + std::to_string(said.thing);
      m.time = time;
      m.position = {128.69 + said.number * 1e-4, 35.8365, 70};
      m.gone = i == lastOfFirst;
      if (said.what < 3) m.properties = {{"speed", said.number}};
      messages.push_back({feeds::telemetryTopic(m.kind, m.id), feeds::encodeTelemetry(m)});
    } else if (said.what < 9) {
      messages.push_back({"v1.1/Datastreams(7)/Observations", feeds::encodeObservation(time, said.number, {}, false)});
    } else {
      messages.push_back({"event/incident", feeds::encodeEvent({.type = "incident", .id = "e" + std::to_string(i), .time = time})});
    }
  }
  return messages;
}

struct End {
  uint64_t state = 0;
  std::set<std::string> events;
  bool operator==(const End&) const = default;
};

End after(const std::vector<Message>& messages) {
  Feed feed;
  for (const Message& message : messages) feed.transport->publish(message.topic, message.bytes, kNow);
  EXPECT_TRUE(feed.stats().balanced());
  EXPECT_EQ(feed.stats().rejectedTotal(), 0u);
  End end{feed.ingest.stateHash(), {}};
  for (const model::Event& event : feed.ingest.take().events) EXPECT_TRUE(end.events.insert(event.what.id).second);
  return end;
}

RC_GTEST_PROP(Order, ShuffledAndRepeatedMessagesMakeTheSameState, ()) {
  const std::vector<Message> inOrder = messagesOf(*saids());
  base::Random random(*rc::gen::arbitrary<uint64_t>());
  std::vector<Message> jumbled = inOrder;
  for (const Message& message : inOrder)
    while (random.uniform() < 0.3) jumbled.push_back(message);
  for (size_t i = jumbled.size(); i > 1; --i) std::swap(jumbled[i - 1], jumbled[random.next() % i]);
  RC_ASSERT(after(jumbled) == after(inOrder));
}

/// The test above can fail: a message that is missing makes another state.
TEST(Order, ALostMessageMakesAnotherState) {
  std::vector<Message> messages = messagesOf({{0, 1, 3.0}, {6, 0, 4.0}, {9, 0, 0.0}});
  const End whole = after(messages);
  messages.erase(messages.begin());
  EXPECT_FALSE(after(messages) == whole);
}

}  // namespace
