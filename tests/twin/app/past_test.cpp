// SPDX-License-Identifier: Apache-2.0
// Going back while live goes on, and coming back at once.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <fstream>

#include "twin/app/past.h"
#include "twin/model/entity_store.h"

namespace {

constexpr int64_t kSecond = base::kNsPerSecond;

class PastTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "alphacity-past-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    setenv("XDG_STATE_HOME", folder_.c_str(), 1);
    auto frame = core::CityFrame::create("EPSG:5187", 171991.6, 359947.5);
    ASSERT_TRUE(frame);
    world_.built.emplace(city::CityData(*frame));
    model::EntityInfo lamp;
    lamp.id = "lamp-1";
    lamp.kind = "street_light";
    lamp.fromPack = true;
    world_.built->entities.push_back(lamp);
  }
  void TearDown() override {
    unsetenv("XDG_STATE_HOME");
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  static model::Observations traffic(int step, base::UtcNs time) {
    model::Observations seen;
    for (int car = 0; car < 3 + step % 3; ++car) {  // some come and go
      model::PoseObservation p;
      p.entity = "car-" + std::to_string(car + step / 10);
      p.kind = "car";
      p.position = {step * 8.0, car * 4.0, 0};
      p.eventTime = time;
      seen.poses.push_back(p);
    }
    if (step % 7 == 6) seen.departures.push_back({"car-" + std::to_string(step / 10), time});
    model::PropertyObservation lamp;
    lamp.entity = "lamp-1";
    lamp.kind = "street_light";
    lamp.property = "power";
    lamp.value = step * 1.0;
    lamp.eventTime = time;
    seen.properties.push_back(lamp);
    return seen;
  }

  std::filesystem::path folder_;
  app::World world_;
};

TEST_F(PastTest, GoesBackWhileLiveGoesOnAndComesBackAtOnce) {
  app::Options options;
  options.history = (folder_ / "h.sqlite").string();
  auto past = app::Past::create(options, world_);
  ASSERT_TRUE(past) << past.error();
  ASSERT_TRUE(*past);
  const feeds::Source source{.name = "sim", .standard = "mixed", .endpoint = "sim:"};
  model::EntityStore store;
  store.define(world_.city().entities.front());
  model::Mirror shown;
  // A minute that ended a moment ago, as the live clock sees it.
  const base::UtcNs start = base::SystemClock::utcNow() - 70 * kSecond;
  std::vector<std::pair<base::UtcNs, uint64_t>> truth;
  const auto clock = app::ShowClock::live();
  clock->allowPast();
  const feeds::FeedStats feeds;
  const auto step = [&](int i) {
    const base::UtcNs t = start + i * kSecond;
    const model::Observations seen = traffic(i, t);
    store.apply(seen, 0, t);
    (*past)->tap().onApplied({seen, {}, 0, t}, source);
    clock->tick();
    model::ChangeBatch live = store.takeChanges();
    EXPECT_TRUE((*past)->liveMirror(shown).apply(live));
    (*past)->advance(shown, std::move(live), *clock, feeds);
    truth.emplace_back(t, store.stateHash());
  };
  for (int i = 0; i < 60; ++i) step(i);
  EXPECT_EQ(shown.stateHash(), store.stateHash());
  // This minute came in one burst; the history has it a moment later.
  for (int i = 0; i < 2000 && (*past)->panelInput().status.durable < 60; ++i) usleep(5000);
  ASSERT_EQ((*past)->panelInput().status.durable, 60u);

  clock->setPaused(true);
  for (const size_t at : {30u, 5u, 40u, 41u}) {
    clock->seek(truth[at].first);
    EXPECT_TRUE(clock->inPast());
    for (int i = 0; i < 500 && shown.stateHash() != truth[at].second; ++i) {
      clock->tick();
      (*past)->advance(shown, {}, *clock, feeds);
      usleep(5000);
    }
    EXPECT_EQ(shown.stateHash(), truth[at].second) << at;
    EXPECT_TRUE(shown.findById("lamp-1"));
  }
  for (int i = 60; i < 65; ++i) step(i);  // live goes on behind it
  EXPECT_EQ(shown.stateHash(), truth[41].second);

  clock->goLive();
  clock->tick();
  const model::ChangeBatch back = (*past)->advance(shown, {}, *clock, feeds);
  EXPECT_EQ(shown.stateHash(), store.stateHash());  // one frame, no file
  EXPECT_EQ(back.rows.size(), store.size());
  for (const model::EntityRow& row : back.rows) EXPECT_TRUE(shown.find(row.handle));
  step(65);
  EXPECT_EQ(shown.stateHash(), store.stateHash());
  (*past)->stop();
}

TEST_F(PastTest, TheClockKnowsPastAndNow) {
  const auto clock = app::ShowClock::live();
  clock->seek(base::SystemClock::utcNow() - 100 * kSecond);
  EXPECT_FALSE(clock->inPast());  // nothing to go back to
  clock->allowPast();
  clock->seek(base::SystemClock::utcNow() - 100 * kSecond);
  EXPECT_TRUE(clock->inPast());
  EXPECT_EQ(clock->state(), panels::ClockState::Replay);
  const base::UtcNs first = clock->tick().utc;
  usleep(20'000);
  EXPECT_GT(clock->tick().utc, first);
  clock->setSpeed(1000);
  EXPECT_EQ(clock->speed(), 1000);
  usleep(150'000);
  clock->tick();
  EXPECT_FALSE(clock->inPast());  // played until now
  EXPECT_EQ(clock->state(), panels::ClockState::Live);
  clock->seek(base::SystemClock::utcNow() + 50 * kSecond);
  EXPECT_FALSE(clock->inPast());
  clock->seek(base::SystemClock::utcNow() - 10 * kSecond);
  clock->setPaused(true);
  const base::UtcNs stopped = clock->tick().utc;
  usleep(10'000);
  EXPECT_EQ(clock->tick().utc, stopped);
  clock->goLive();
  EXPECT_EQ(clock->state(), panels::ClockState::Live);
}

TEST_F(PastTest, BookmarksSurvive) {
  const auto file = folder_ / "sub" / "bookmarks.toml";
  {
    auto bookmarks = *app::Bookmarks::load(file);
    ASSERT_TRUE(bookmarks.add({"끝 \"인용\"", 20 * kSecond}));
    ASSERT_TRUE(bookmarks.add({"first", 10 * kSecond}));
    ASSERT_TRUE(bookmarks.add({"gone", 15 * kSecond}));
    ASSERT_TRUE(bookmarks.remove(1));
  }
  const auto again = app::Bookmarks::load(file);
  ASSERT_TRUE(again);
  ASSERT_EQ(again->all().size(), 2u);
  EXPECT_EQ(again->all()[0].name, "first");
  EXPECT_EQ(again->all()[1].name, "끝 \"인용\"");
  EXPECT_EQ(again->all()[1].time, 20 * kSecond);
  std::ofstream(file) << "[[bookmark";
  EXPECT_FALSE(app::Bookmarks::load(file));
}

TEST_F(PastTest, HistoryIsKeptWhereItIsWanted) {
  app::Options options;
  options.headless = true;
  EXPECT_FALSE(*app::Past::create(options, world_));
  options.headless = false;
  options.time = 0;
  EXPECT_FALSE(*app::Past::create(options, world_));
  options.time.reset();
  options.history = "none";
  EXPECT_FALSE(*app::Past::create(options, world_));
  options.history.clear();
  {
    const auto past = app::Past::create(options, world_);
    ASSERT_TRUE(past && *past);
    EXPECT_EQ((*past)->panelInput().status.store, (folder_ / "alphacity" / "history.sqlite").string());
  }
  options.historyRules = folder_ / "missing.toml";
  EXPECT_FALSE(app::Past::create(options, world_));
}

}  // namespace
