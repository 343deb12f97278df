// SPDX-License-Identifier: Apache-2.0
// The law of history: the state that it gives for T is the state that was live at T; or, by event time, the state
// of everything that had happened by T, in the order in which it happened.
#include <algorithm>
#include <map>

#include "engine/base/hash.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "tests/twin/history/history_fixture.h"
#include "twin/feeds/encode_event.h"
#include "twin/feeds/sequencer.h"
#include "twin/history/history_view.h"
#include "twin/model/entity_store.h"

using history::TimeView;

namespace {

using history_test::kSecond;
constexpr base::UtcNs kNow = history_test::kNow;

class Laws : public history_test::BothStores {};
INSTANTIATE_TEST_SUITE_P(Servers, Laws, testing::Values("sqlite", "postgresql"), history_test::nameOf);

/// One thing said, by itself, as a message would say it.
model::Observations randomWord(base::Random& random, base::UtcNs event, int n) {
  model::Observations seen;
  const std::string mover = "car-" + std::to_string(random.next() % 8);
  const std::string thing = "air-" + std::to_string(random.next() % 5);
  switch (random.next() % 10) {
    case 0: {
      model::DescriptionObservation d;
      d.entity = "zone-" + std::to_string(random.next() % 3);
      d.kind = "warning";
      d.name = {"경보", "warning"};
      d.position = glm::dvec3(random.uniform(-9, 9), 1, 2);
      d.attributes = {{"level", random.uniform()}, {"text", std::string("n") + std::to_string(n)}, {"active", n % 2 == 0}};
      d.eventTime = event;
      auto shape = std::make_shared<model::Geometry>();
      shape->parts = {{{0, 0, 0}, {random.uniform(), 0, 0}, {0, 1, 0}}};
      if (n % 3 == 0) d.geometry = shape;
      seen.descriptions.push_back(std::move(d));
      break;
    }
    case 1: seen.departures.push_back({mover, event}); break;
    case 2: seen.events.push_back(history_test::event("e" + std::to_string(n), event)); break;
    case 3:
    case 4:
    case 5: seen.properties.push_back(history_test::value(thing, "p" + std::to_string(random.next() % 3), random.uniform(), event)); break;
    case 6: seen.properties.push_back(history_test::value("lamp-1", "state", random.next() % 2 == 0 ? model::Value(true) : model::Value(std::string("off")), event)); break;
    default:
      seen.poses.push_back(history_test::pose(mover, random.uniform(0, 500), event));
      seen.properties.push_back(history_test::value(mover, "brake", random.next() % 2 == 0, event));
      seen.properties.back().kind = "car";
  }
  return seen;
}

struct Said {
  model::Observations what;
  base::UtcNs event = 0, received = 0;
  model::SourceId source = 0;
};

std::vector<Said> conversation(uint64_t seed, int words) {
  base::Random random(seed);
  std::vector<Said> all;
  for (int i = 0; i < words; ++i) {
    Said said;
    said.received = kNow + i * kSecond / 10;
    // Mostly a moment ago; some late, a few very late.
    const uint64_t luck = random.next() % 20;
    const int64_t age = luck == 0 ? static_cast<int64_t>(random.uniform(60e9, 2000e9)) : luck < 4 ? static_cast<int64_t>(random.uniform(1e9, 30e9))
                                                                                            : static_cast<int64_t>(random.uniform(0, 9e8));
    said.event = said.received - age + i;  // no two are the same
    said.source = static_cast<model::SourceId>(random.next() % 2);
    said.what = randomWord(random, said.event, i);
    all.push_back(std::move(said));
  }
  return all;
}

TEST_P(Laws, StateAtTIsTheStateThatWasLiveAtT) {
  const std::vector<Said> all = conversation(7, 3000);
  feeds::Sequencer sequencer(60);
  model::EntityStore live;
  std::map<base::UtcNs, std::pair<uint64_t, size_t>> truth;
  {
    auto writer = *history::HistoryWriter::create(options());
    for (size_t i = 0; i < all.size(); ++i) {
      model::Observations news = all[i].what, late;
      sequencer.filter(all[i].source, news, &late);
      live.apply(news, all[i].source, all[i].received);
      if (!news.empty() || !late.empty()) history_test::tell(*writer, news, all[i].received, late, all[i].source);
      truth[all[i].received] = {live.stateHash(), live.size()};
      if (i % 200 != 199) continue;
      ASSERT_TRUE(writer->flush(20)) << writer->status().problem;
    }
  }
  auto states = reader();
  base::Random random(3);
  for (int i = 0; i < 150; ++i) {
    const Said& said = all[random.next() % all.size()];
    const auto state = states->stateAt(said.received, TimeView::AsKnown);
    ASSERT_TRUE(state) << state.error();
    ASSERT_EQ((*state)->size(), truth[said.received].second);
    ASSERT_EQ((*state)->stateHash(), truth[said.received].first) << (said.received - kNow) / kSecond;
  }
  // Small steps lead to the same as jumps.
  base::UtcNs at = kNow + 20 * kSecond;
  auto walked = std::move(*states->stateAt(at, TimeView::AsKnown));
  for (int i = 0; i < 40; ++i) {
    const base::UtcNs next = at + static_cast<int64_t>(random.uniform(0, 6e9)) / 100'000'000 * 100'000'000;
    ASSERT_TRUE(*states->advance(*walked, at, next, TimeView::AsKnown));
    at = next;
    ASSERT_EQ(walked->stateHash(), truth[at].first);
  }
}

/// What was so at T: all that happened by T, told in the order in which it happened.
uint64_t asItWas(const std::vector<Said>& all, base::UtcNs time) {
  std::vector<const Said*> happened;
  for (const Said& said : all)
    if (said.event <= time) happened.push_back(&said);
  std::stable_sort(happened.begin(), happened.end(), [](const Said* a, const Said* b) { return a->event < b->event; });
  model::EntityStore store;
  for (const Said* said : happened) store.apply(said->what, said->source, said->received);
  return store.stateHash();
}

TEST_P(Laws, AsItWasIsByEventTimeWheneverItWasReceived) {
  // Two sources that know of the same things; descriptions and departures come in order.
  std::vector<Said> all = conversation(11, 2000);
  for (Said& said : all) {
    if (said.what.departures.empty() && said.what.descriptions.empty()) continue;
    said.event = said.received;
    for (auto& d : said.what.departures) d.eventTime = said.event;
    for (auto& d : said.what.descriptions) d.eventTime = said.event;
  }
  // What is told of a thing before it left is void after: late poses of departed cars are the test of that.
  {
    auto writer = *history::HistoryWriter::create(options());
    std::vector<feeds::Sequencer> own(1, feeds::Sequencer(60));
    for (size_t i = 0; i < all.size(); ++i) {
      model::Observations news = all[i].what, late;
      own[0].filter(all[i].source, news, &late);
      if (!news.empty() || !late.empty()) history_test::tell(*writer, news, all[i].received, late, all[i].source);
      if (i % 200 != 199) continue;
      ASSERT_TRUE(writer->flush(20));
    }
  }
  auto states = reader();
  base::Random random(5);
  for (int i = 0; i < 60; ++i) {
    const base::UtcNs time = kNow + static_cast<int64_t>(random.uniform(-100e9, 250e9));
    const auto state = states->stateAt(time, TimeView::AsItWas);
    ASSERT_TRUE(state) << state.error();
    ASSERT_EQ((*state)->stateHash(), asItWas(all, time)) << (time - kNow) / kSecond;
  }
}

/// The mirror of a view that was sent to T.
model::Mirror mirrorAt(history::HistoryView& view, model::Mirror mirror, base::UtcNs time) {
  view.show(time, TimeView::AsKnown);
  for (int i = 0; i < 400; ++i) {
    while (auto step = view.take()) {
      EXPECT_TRUE(mirror.apply(step->changes));
      if (step->events) mirror.setEvents(std::move(*step->events));
      if (step->time == time) return mirror;
    }
    usleep(10'000);
  }
  ADD_FAILURE() << "no picture of the past: " << view.problem();
  return mirror;
}

std::string eventMessage(int n, base::UtcNs time) {
  feeds::WireEvent e;
  e.id = "event-" + std::to_string(n);
  e.type = "incident";
  e.time = time;
  return feeds::encodeEvent(e);
}

/// A minute of traffic through the whole feed path.
struct Minute {
  std::vector<std::pair<base::UtcNs, uint64_t>> hashes;
  std::vector<model::EntityInfo> pack;
};

Minute runIngest(history::HistoryWriter& writer, unsigned workers) {
  Minute run;
  for (int i = 0; i < 3; ++i) {
    model::EntityInfo info;
    info.id = i == 0 ? "air-1" : "lamp-" + std::to_string(i);
    info.kind = "air_station";
    info.fromPack = true;
    run.pack.push_back(info);
  }
  auto now = std::make_shared<std::atomic<base::UtcNs>>(kNow);
  feeds::IngestOptions options = feeds_test::inlineOptions();
  options.runInline = workers == 0;
  options.workers = std::max(1u, workers);
  options.utcNow = [now] { return now->load(); };
  feeds::Ingest ingest(std::move(options));
  ingest.addChangeTap(writer);
  ingest.define(run.pack);
  auto link = std::make_unique<feeds::InprocessTransport>();
  feeds::InprocessTransport* transport = link.get();
  ingest.add({.name = "sim", .standard = "mixed", .endpoint = "sim:", .provenance = model::Provenance::Simulated}, std::move(link));
  ingest.start();
  base::Random random(21);
  for (int i = 0; i < 60; ++i) {
    const base::UtcNs t = kNow + i * kSecond;
    now->store(t);
    for (int car = 0; car < 20; ++car) {
      feeds::TelemetryMessage m;
      m.kind = "car";
      m.id = "car-" + std::to_string(car);
      m.time = t - static_cast<int64_t>(random.uniform(0, 2e9)) / 1'000'000 * 1'000'000;
      m.position = {128.69 + i * 1e-5, 35.83 + car * 1e-4, 76};
      m.headingDegrees = random.uniform(0, 360);
      m.speed = 8;
      m.properties = {{"brake", random.next() % 2 == 0}};
      transport->publish("telemetry/car/" + m.id, feeds::encodeTelemetry(m), t);
    }
    transport->publish("v1.1/Datastreams(7)/Observations",
                       R"({"phenomenonTime":")" + core::formatIso8601(t) + R"(","result":)" + std::to_string(i) + "}", t);
    if (i % 7 == 0) transport->publish(feeds::eventTopic("incident"), eventMessage(i, t), t);
    EXPECT_TRUE(ingest.drain(20));
    run.hashes.emplace_back(t, ingest.stateHash());
  }
  ingest.stop();
  return run;
}

TEST_P(Laws, TheMirrorOfThePastEqualsIngestAndWorkersDoNotMatter) {
  std::vector<uint64_t> byWorkers;
  for (const unsigned workers : {1u, 8u}) {
    auto o = options();
    if (GetParam() == "sqlite") o.where = where_ + std::to_string(workers);
    else if (workers == 8) continue;  // one cluster holds one history
    auto writer = *history::HistoryWriter::create(o);
    const Minute run = runIngest(*writer, workers);
    ASSERT_TRUE(writer->flush(20));
    EXPECT_EQ(writer->status().lostRows, 0u);
    writer->stop();
    history::HistoryView view(o.where, std::make_shared<history::Pack>(run.pack));
    model::Mirror mirror;
    view.enter(mirror);
    for (const size_t i : {30u, 10u, 11u, 12u, 59u, 0u, 45u}) {
      mirror = mirrorAt(view, std::move(mirror), run.hashes[i].first);
      EXPECT_EQ(mirror.stateHash(), run.hashes[i].second) << i;
    }
    byWorkers.push_back(mirror.stateHash());
    EXPECT_GT(mirror.events().size(), 5u);
    const model::Entity* car = mirror.findById("car-3");
    ASSERT_TRUE(car);
    EXPECT_LT(car->previous.eventTime, car->latest.eventTime);  // a pair, so that motion blends
  }
  for (const uint64_t hash : byWorkers) EXPECT_EQ(hash, byWorkers.front());
}

TEST_P(Laws, LateDataGoToHistory) {
  auto writer = *history::HistoryWriter::create(options());
  model::Observations news, late;
  news.properties.push_back(history_test::value("air-1", "pm25", 30.0, kNow + 10 * kSecond));
  history_test::tell(*writer, news, kNow + 10 * kSecond);
  late.properties.push_back(history_test::value("air-1", "pm25", 20.0, kNow + 5 * kSecond));
  history_test::tell(*writer, {}, kNow + 12 * kSecond, late);
  ASSERT_TRUE(writer->flush(20));
  auto states = reader();
  const auto known = std::move(*states->stateAt(kNow + 13 * kSecond, TimeView::AsKnown));
  EXPECT_EQ(std::get<double>(known->find(states->names().find("air-1"))->properties[0].value), 30.0);
  EXPECT_EQ((*states->stateAt(kNow + 7 * kSecond, TimeView::AsKnown))->size(), 0u);
  const auto was = std::move(*states->stateAt(kNow + 7 * kSecond, TimeView::AsItWas));
  ASSERT_EQ(was->size(), 1u);
  EXPECT_EQ(std::get<double>(was->find(states->names().find("air-1"))->properties[0].value), 20.0);
  EXPECT_EQ(states->store().series("air-1", "pm25", {kNow, kNow + 20 * kSecond}, 100)->size(), 2u);
}

}  // namespace
