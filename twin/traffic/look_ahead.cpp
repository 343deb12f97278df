// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/look_ahead.h"

#include <unistd.h>

#include "engine/base/hash.h"
#include "engine/base/log.h"
#include "twin/traffic/sumo_network.h"

namespace traffic {
namespace {

using State = LookAheadStatus::State;

constexpr int64_t kEvery = 60;         ///< seconds of the day between forecasts
constexpr size_t kMostObserved = 600;  ///< seconds that may wait for the judge; a forecast takes less
constexpr base::UtcNs kFreshPose = 5 * base::kNsPerSecond;
constexpr uint64_t kOtherTrips = 0xa4ead;

const std::string* textOf(const model::Entity& entity, std::string_view property) {
  const model::PropertyRow* row = entity.property(property);
  return row ? std::get_if<std::string>(&row->value) : nullptr;
}

/// "current_stop" and "next_stop" stay when the other one is sent: the newer one speaks.
bool newer(const model::Entity& entity, std::string_view a, std::string_view b) {
  const model::PropertyRow *left = entity.property(a), *right = entity.property(b);
  return left && (!right || left->eventTime >= right->eventTime);
}

}  // namespace

/// Made when the live simulation is there; the thread's own.
struct LookAhead::Live {
  const SumoNetwork& network;
  const SumoDemand& demand;
  SumoDemand trips;
  TransitModel transit;
  LinkMatcher matcher;
  ForecastJudge judge;

  Live(const SumoNetwork& n, const city::CityData& city, const SumoDemand& d, uint64_t seed, bool matchDay)
      : network(n),
        demand(d),
        trips(city, n.graph, d.table(), base::mix(seed ^ kOtherTrips), matchDay),
        transit(n.graph, d.shuttleLine(), d.buses(), city.zone, seed),
        matcher(n.graph),
        judge(matcher) {}
};

LookAhead::LookAhead(ForecastOptions options) : options_(std::move(options)) {
  status_.state = State::NotLive;
}

LookAhead::~LookAhead() {
  stop();
}

void LookAhead::attach(const SumoNetwork& network, const city::CityData& city, const SumoDemand& demand,
                       uint64_t seed, bool matchDay) {
  if (thread_.joinable()) return;
  options_.netFile = network.netFile;
  options_.seed = seed;
  live_ = std::make_unique<Live>(network, city, demand, seed, matchDay);
  {
    const std::lock_guard lock(mutex_);
    status_.state = on_ ? State::Waiting : State::Off;
    now_ = on_.load();
  }
  thread_ = std::thread([this] { run(); });
}

void LookAhead::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LookAhead::setOn(bool on) {
  if (on_.exchange(on) == on) return;
  const std::lock_guard lock(mutex_);
  if (status_.state == State::NotLive) return;
  status_.state = on ? State::Waiting : State::Off;
  if (on) now_ = true;
  if (!on) latest_.reset();
}

void LookAhead::askNow() {
  now_ = true;
}

std::shared_ptr<const Forecast> LookAhead::latest() const {
  const std::lock_guard lock(mutex_);
  return latest_;
}

LookAheadStatus LookAhead::status() const {
  const std::lock_guard lock(mutex_);
  LookAheadStatus status = status_;
  status.pid = pid_;
  return status;
}

std::filesystem::path LookAhead::wanted(int64_t second) {
  if (!on_ || busy_ || stopping_ || !live_) return {};
  if (second % kEvery != 0 && !now_.exchange(false)) return {};
  now_ = false;
  busy_ = true;
  return live_->network.folder / ("run-" + std::to_string(::getpid())) / "ahead.state.xml";
}

void LookAhead::saved(const SavedState& state) {
  {
    const std::lock_guard lock(mutex_);
    status_.heldUpSeconds = state.seconds;
    due_ = state;
  }
  wake_.notify_all();
}

void LookAhead::observe(const model::Mirror& mirror, base::UtcNs shown) {
  if (!on_ || shown / base::kNsPerSecond == lookedAt_ / base::kNsPerSecond) return;
  lookedAt_ = shown;
  Observed seen{.second = shown / base::kNsPerSecond, .vehicles = {}, .arrivals = {}, .expected = {}};
  const bool sample = seen.second % LinkMeter::kSampleSeconds == 0;
  mirror.forEach([&](model::EntityHandle, const model::Entity& entity) {
    if (!entity.moving || shown - entity.latest.eventTime > kFreshPose) return;
    const model::Pose& pose = entity.latest;
    if (sample && entity.info->kind != "pedestrian")
      seen.vehicles.push_back(
          {base::hashBytes(entity.info->id), {pose.position.x, pose.position.y}, pose.heading, pose.speed});
    if (entity.info->kind != "shuttle" && entity.info->kind != "bus") return;
    const bool standing = newer(entity, "current_stop", "next_stop");
    const std::string* stop = textOf(entity, standing ? "current_stop" : "next_stop");
    if (!stop) return;
    if (standing) {
      std::string& last = stopOf_[entity.info->id];
      if (last != *stop && stopsKnown_)
        seen.arrivals.push_back({entity.info->id, *stop, entity.property("current_stop")->eventTime});
      last = *stop;
      return;
    }
    const model::PropertyRow* eta = entity.property("eta");
    const double* seconds = eta ? std::get_if<double>(&eta->value) : nullptr;
    if (seconds)
      seen.expected.push_back(
          {entity.info->id, *stop, eta->eventTime + static_cast<base::UtcNs>(*seconds * 1e9)});
  });
  stopsKnown_ = true;
  const std::lock_guard lock(mutex_);
  observed_.push_back(std::move(seen));
  while (observed_.size() > kMostObserved) observed_.pop_front();
  wake_.notify_all();
}

void LookAhead::run() {
  while (!stopping_) {
    std::optional<SavedState> due;
    std::deque<Observed> observed;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || due_ || !observed_.empty(); });
      due.swap(due_);
      observed.swap(observed_);
    }
    if (stopping_) return;
    for (const Observed& seen : observed) live_->judge.observed(seen);
    if (!observed.empty()) {
      const ScoreTable scores = live_->judge.scores();
      const std::lock_guard lock(mutex_);
      status_.scores = scores;
    }
    if (due) forecastFrom(*due);
  }
}

void LookAhead::forecastFrom(const SavedState& state) {
  const auto fail = [this](const std::string& why) {
    base::logWarning("look ahead: " + why + "; tried again at the next full minute");
    const std::lock_guard lock(mutex_);
    status_.state = on_ ? State::Failed : State::Off;
    status_.text = why;
    ++status_.failures;
    busy_ = false;
  };
  if (!state.error.empty()) return fail(state.error);
  {
    const std::lock_guard lock(mutex_);
    if (on_) status_.state = State::Computing;
  }
  auto forecast = runForecast(state, live_->network.graph, live_->matcher, live_->transit,
                              {live_->demand, live_->trips}, options_, stopping_, pid_);
  if (stopping_) return;
  if (!forecast) return fail(forecast.error());
  live_->judge.predicted(*forecast);
  auto shared = std::make_shared<const Forecast>(std::move(*forecast));
  const std::lock_guard lock(mutex_);
  busy_ = false;
  if (!on_) return;
  latest_ = shared;
  status_.state = State::Ready;
  status_.text.clear();
  status_.made = shared->made;
  status_.computeSeconds = shared->computeSeconds;
  status_.movers = shared->movers.size();
  ++status_.forecasts;
}

}  // namespace traffic
