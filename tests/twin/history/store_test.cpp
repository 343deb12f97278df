// SPDX-License-Identifier: Apache-2.0
// What goes in comes out, on both servers.
#include "tests/twin/history/history_fixture.h"

using namespace history_test;
using history::Access;

namespace {

class Store : public BothStores {};
INSTANTIATE_TEST_SUITE_P(Servers, Store, testing::Values("sqlite", "postgresql"), nameOf);

TEST_P(Store, CurvesComeBackWithoutBadValues) {
  auto writer = *history::HistoryWriter::create(options());
  for (int i = 0; i < 100; ++i) {
    model::Observations seen;
    seen.properties.push_back(value("air-1", "pm25", i * 0.5, kNow + i * kSecond));
    seen.properties.push_back(value("air-1", "state", std::string("ok\\\t\n"), kNow + i * kSecond));
    seen.properties.push_back(value("air-1", "open", i % 2 == 0, kNow + i * kSecond));
    seen.properties.back().unit.clear();
    if (i == 50) {
      seen.properties.front().value = 9999.0;
      seen.properties.front().bad = true;
    }
    tell(*writer, seen, kNow + i * kSecond);
  }
  ASSERT_TRUE(writer->flush(20));
  EXPECT_EQ(writer->status().state, history::HistoryStatus::State::Writing);
  EXPECT_EQ(writer->status().durable, 100u);
  EXPECT_EQ(writer->status().rows, 300u);
  auto store = open(Access::Read);
  ASSERT_TRUE(store);
  const auto curve = store->series("air-1", "pm25", {kNow, kNow + 200 * kSecond}, 10);
  ASSERT_TRUE(curve) << curve.error();
  ASSERT_EQ(curve->size(), 5u);  // 20 s each
  EXPECT_EQ(curve->front().time, kNow);
  EXPECT_EQ(curve->front().low, 0);
  EXPECT_EQ(curve->front().high, 9.5);
  EXPECT_EQ((*curve)[2].high, 29.5);  // not 9999
  const auto truth = store->series("air-1", "open", {kNow, kNow + 200 * kSecond}, 1);
  ASSERT_TRUE(truth && truth->size() == 1);
  EXPECT_EQ(truth->front().high, 1);
  EXPECT_TRUE(store->series("nobody", "pm25", {kNow, kNow + kSecond}, 10)->empty());
  const auto span = store->span();
  ASSERT_TRUE(span);
  EXPECT_EQ(span->first, kNow);
  EXPECT_EQ(span->last, kNow + 99 * kSecond);
  EXPECT_GT(*store->diskBytes(), 1000u);
}

TEST_P(Store, EventsComeBackWhole) {
  auto writer = *history::HistoryWriter::create(options());
  model::Observations seen;
  for (int i = 0; i < 5; ++i) seen.events.push_back(event("e" + std::to_string(i), kNow + i * kSecond, i % 4));
  tell(*writer, seen, kNow + 9 * kSecond);
  ASSERT_TRUE(writer->flush(20));
  auto store = open(Access::Read);
  const auto all = store->events({kNow, kNow + 10 * kSecond}, 10, 0);
  ASSERT_TRUE(all) << all.error();
  ASSERT_EQ(all->size(), 5u);
  const model::EventObservation& newest = all->front().what;
  const model::EventObservation& wanted = seen.events.back();
  EXPECT_EQ(newest.id, wanted.id);
  EXPECT_EQ(newest.type, wanted.type);
  EXPECT_EQ(newest.entity, wanted.entity);
  EXPECT_EQ(newest.eventTime, wanted.eventTime);
  EXPECT_EQ(newest.severity, wanted.severity);
  EXPECT_EQ(newest.details, wanted.details);
  EXPECT_EQ(*newest.position, *wanted.position);
  EXPECT_EQ(all->front().received, kNow + 9 * kSecond);
  EXPECT_EQ(store->events({kNow, kNow + 10 * kSecond}, 10, 3)->size(), 1u);
  EXPECT_EQ(store->events({kNow, kNow + kSecond}, 10, 0)->size(), 2u);
  EXPECT_EQ(store->events({kNow, kNow + 10 * kSecond}, 2, 0)->size(), 2u);
}

TEST_P(Store, ABlockThatIsThereIsNotWrittenAgain) {
  auto store = open(Access::Write);
  const history::Pack none;
  history::BlockBuilder builder(none);
  ASSERT_TRUE(builder.begin(*store, kNow));
  ASSERT_TRUE(store->append(builder.take()));
  model::Observations seen;
  seen.properties.push_back(value("a", "p", 1.0, kNow));
  seen.events.push_back(event("e", kNow));
  builder.add({seen, {}, 0, kNow}, source());
  const history::Block block = builder.take();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(store->append(block));
  EXPECT_EQ(store->events({kNow - 1, kNow + 1}, 10, 0)->size(), 1u);
  EXPECT_EQ(store->tail()->seq, 1u);
  int blocks = 0;
  ASSERT_TRUE(store->eachBlock({.rxFrom = INT64_MIN, .rxTo = INT64_MAX}, [&](uint64_t, std::string_view) { return ++blocks > 0; }));
  EXPECT_EQ(blocks, 1);
}

TEST_P(Store, ASecondWriterIsToldSo) {
  auto first = *history::HistoryWriter::create(options());
  model::Observations seen;
  seen.properties.push_back(value("a", "p", 1.0, kNow));
  tell(*first, seen, kNow);
  ASSERT_TRUE(first->flush(20));
  auto second = *history::HistoryWriter::create(options());
  for (int i = 0; i < 100 && second->status().state == history::HistoryStatus::State::Off; ++i) usleep(50'000);
  EXPECT_EQ(second->status().state, history::HistoryStatus::State::Elsewhere);
  EXPECT_NE(second->status().problem.find("another program"), std::string::npos);
  first->stop();
  first.reset();
  tell(*second, seen, kNow + kSecond);
  EXPECT_TRUE(second->flush(20));  // and goes on when the first has ended
}

TEST_P(Store, ABreakBetweenRunsIsAGap) {
  {
    auto writer = *history::HistoryWriter::create(options());
    model::Observations seen;
    seen.properties.push_back(value("a", "p", 1.0, kNow));
    tell(*writer, seen, kNow);
    ASSERT_TRUE(writer->flush(20));
  }
  auto later = options();
  later.utcNow = [] { return kNow + 100 * kSecond; };
  auto writer = *history::HistoryWriter::create(later);
  model::Observations seen;
  seen.properties.push_back(value("b", "p", 1.0, kNow + 101 * kSecond));
  tell(*writer, seen, kNow + 101 * kSecond);
  ASSERT_TRUE(writer->flush(20));
  auto store = open(Access::Read);
  const auto gaps = store->gaps({kNow, kNow + 200 * kSecond});
  ASSERT_TRUE(gaps && gaps->size() == 1);
  EXPECT_EQ(gaps->front().first, kNow);
  EXPECT_EQ(gaps->front().last, kNow + 100 * kSecond);
  EXPECT_EQ(gaps->front().reason, "not running");
  EXPECT_TRUE(*store->runBegins({kNow, kNow + 100 * kSecond}));
  // A run begins with the bare pack: nothing of the run before is shown as if it were still known.
  auto states = reader();
  EXPECT_EQ((*states->stateAt(kNow + 50 * kSecond, history::TimeView::AsKnown))->size(), 1u);
  EXPECT_EQ((*states->stateAt(kNow + 100 * kSecond, history::TimeView::AsKnown))->size(), 0u);
  EXPECT_EQ((*states->stateAt(kNow + 101 * kSecond, history::TimeView::AsKnown))->size(), 1u);
}

TEST_P(Store, RetentionThinsAndForgets) {
  auto o = options();
  o.batchSeconds = 0.005;
  auto writer = *history::HistoryWriter::create(o);
  for (int i = 0; i < 1800; ++i) {
    model::Observations seen;
    const base::UtcNs t = kNow + i * kSecond;
    seen.properties.push_back(value("air-1", "pm25", i * 1.0, t));
    seen.poses.push_back(pose("car-1", i, t));
    if (i % 600 == 0) seen.events.push_back(event("e" + std::to_string(i), t));
    tell(*writer, seen, t);
    if (i % 100 != 0) continue;
    ASSERT_TRUE(writer->flush(20));
  }
  ASSERT_TRUE(writer->flush(20));
  writer.reset();
  auto store = open(Access::Write);
  const auto thinAll = [&](history::ThinningStep step) {
    uint64_t rows = 0;
    for (int i = 0; i < 1000; ++i) {
      const auto done = store->thin(step);
      EXPECT_TRUE(done) << done.error();
      if (!done || !done->more) return rows;
      rows += done->rows;
    }
    return rows;
  };
  auto states = reader();
  const uint64_t before = (*states->stateAt(kNow + 1700 * kSecond, history::TimeView::AsKnown))->stateHash();
  // The first 1200 s keep one in 60 s: of 2 x 1200 rows about 2 x 20 are left.
  const uint64_t gone = thinAll({kNow + 1200 * kSecond, 60});
  EXPECT_GT(gone, 1200u);
  EXPECT_LT(gone, 2400u);
  EXPECT_EQ(thinAll({kNow + 1200 * kSecond, 60}), 0u);  // done is done
  EXPECT_EQ((*states->stateAt(kNow + 1700 * kSecond, history::TimeView::AsKnown))->stateHash(), before);
  const auto curve = store->series("air-1", "pm25", {kNow, kNow + 600 * kSecond}, 600);
  ASSERT_TRUE(curve);
  EXPECT_LE(curve->size(), 12u);
  EXPECT_GE(curve->size(), 9u);
  // What was thinned is at most a period old.
  const auto state = states->stateAt(kNow + 300 * kSecond, history::TimeView::AsKnown);
  ASSERT_TRUE(state && *state);
  const model::Entity* car = (*state)->find(states->names().find("car-1"));
  ASSERT_TRUE(car);
  EXPECT_GT(car->latest.eventTime, kNow + 235 * kSecond);
  EXPECT_LE(car->latest.eventTime, kNow + 300 * kSecond);
  EXPECT_EQ(store->events({kNow, kNow + 2000 * kSecond}, 10, 0)->size(), 3u);  // events stay

  thinAll({kNow + 900 * kSecond, 0});
  EXPECT_GT(store->span()->first, kNow + 200 * kSecond);
  EXPECT_EQ((*states->stateAt(kNow + 1700 * kSecond, history::TimeView::AsKnown))->stateHash(), before);
  ASSERT_TRUE(store->dropEvents(kNow + 700 * kSecond));
  EXPECT_EQ(store->events({kNow, kNow + 2000 * kSecond}, 10, 0)->size(), 1u);
}

TEST(HistoryUrl, KeepsSecretsOut) {
  EXPECT_EQ(history::shownName("postgresql://twin:geheim@db:5432/city?sslmode=require"), "postgresql://twin@db:5432/city");
  EXPECT_EQ(history::shownName("postgresql://twin:geheim@db1:5432,db2:5433/city?x=y"), "postgresql://twin@db1:5432,db2:5433/city");
  EXPECT_EQ(history::shownName("/tmp/a.sqlite"), "/tmp/a.sqlite");
  for (const char* url : {"postgresql://twin:geheim@db/city", "postgresql://twin@db/city?password=geheim", "postgresql://twin:geheim@db1,db2/city"}) {
    const auto refused = history::openHistory(url, Access::Read);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().find("geheim"), std::string::npos);
    EXPECT_FALSE(history::HistoryWriter::create({.where = url}));
  }
}

TEST(RetentionRules, AreReadAndRefused) {
  const auto rules = history::parseRetention("[history]\nraw_hours = 6\nevents_days = 90\n[[history.keep]]\nperiod_seconds = 10\ndays = 2\n"
                                             "[[history.keep]]\nperiod_seconds = 60\ndays = 30\n", "h.toml");
  ASSERT_TRUE(rules) << rules.error();
  const auto steps = rules->steps(kNow);
  ASSERT_EQ(steps.size(), 3u);
  EXPECT_EQ(steps[0].before, kNow - 6 * 3600 * kSecond);
  EXPECT_EQ(steps[0].periodSeconds, 10);
  EXPECT_EQ(steps[1].before, kNow - 48 * 3600 * kSecond);
  EXPECT_EQ(steps[2].before, kNow - 30 * 86400 * kSecond);
  EXPECT_EQ(steps[2].periodSeconds, 0);
  for (const char* bad : {"", "[history]\nraw_hours = 0", "[history]\nraw_hours = 48\n[[history.keep]]\nperiod_seconds=60\ndays=1", "[history"})
    EXPECT_FALSE(history::parseRetention(bad, "h.toml")) << bad;
}

}  // namespace
