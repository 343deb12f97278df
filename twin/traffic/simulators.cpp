// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/simulators.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/base/log.h"
#include "twin/traffic/device_sim.h"
#include "twin/traffic/look_ahead.h"
#include "twin/traffic/recorded_day.h"
#include "twin/traffic/sumo_link.h"
#include "twin/traffic/traffic_feed.h"

namespace traffic {
namespace {

namespace fs = std::filesystem;
constexpr base::UtcNs kLongestCatchUp = 10 * base::kNsPerSecond;  ///< a longer pause is jumped over

fs::path recordedDayOf(const city::CityData& city, const SimOptions& options) {
  if (!options.recordedDay.empty()) return options.recordedDay;
  return city.folder.parent_path().parent_path() / "traffic" / (city.id + "_day.rec");
}

}  // namespace

struct Simulators::State {
  State(const city::CityData& c, SimOptions o, Publish p)
      : city(c), options(std::move(o)), publish(std::move(p)), devices(c, options.seed, options.matchDay) {}

  const city::CityData& city;
  SimOptions options;
  Publish publish;
  DeviceSim devices;

  // What drives: the network that SUMO or the recording uses, and what turns it into messages.
  SumoNetwork network;
  DemandTable table;
  std::unique_ptr<SumoDemand> demand;
  std::vector<SignalProgram> programs;
  std::unique_ptr<TrafficFeed> feed;
  LookAhead ahead{ForecastOptions{}};
  std::unique_ptr<SumoLink> link;
  RecordedDay recorded;
  bool haveRecording = false;
  bool left = true;  ///< nothing of ours is on the map
  std::optional<RecordedDay::Place> shownPlace;
  base::UtcNs devicesUntil = 0;

  std::thread deviceThread, trafficThread;
  std::atomic<bool> stopping{false};
  mutable std::mutex mutex;
  std::condition_variable wake;
  std::string trafficText = "not started";
  bool trafficGood = true;
  std::atomic<size_t> recordedVehicles{0};
  std::atomic<uint64_t> deviceMessages{0};

  base::UtcNs now() const { return options.now ? options.now() : base::SystemClock::utcNow(); }

  /// Live messages arrive when they arrive: the sink reads its own clock. On a fixed clock they arrive at
  /// the shown time.
  Publish live() {
    return [this](std::string_view topic, std::string_view bytes, base::UtcNs) { publish(topic, bytes, 0); };
  }

  void say(bool good, std::string text) {
    const std::lock_guard lock(mutex);
    trafficGood = good;
    trafficText = std::move(text);
  }

  bool sleepUntil(base::UtcNs due) {
    std::unique_lock lock(mutex);
    while (!stopping && now() < due) {
      const double seconds = std::clamp(static_cast<double>(due - now()) * 1e-9, 0.001, 0.1);
      wake.wait_for(lock, std::chrono::duration<double>(seconds));
    }
    return !stopping;
  }

  void prepareFeed() {
    auto loaded = DemandTable::load(city.folder / "demand.toml");
    if (loaded) table = *loaded;
    for (const std::string& warning : loaded.warnings) base::logWarning(warning);
    programs = makeSignalPrograms(network.graph, signalCycles(city));
    demand = std::make_unique<SumoDemand>(city, network.graph, table, options.seed, options.matchDay);
    for (const std::string& warning : demand->warnings()) base::logWarning(warning);
    feed = std::make_unique<TrafficFeed>(city, network.graph, programs, demand->shuttleLine(),
                                         demand->buses(), options.seed);
  }

  bool prepareRecording() {
    auto day = RecordedDay::load(recordedDayOf(city, options));
    if (!day) {
      say(false, day.error());
      base::logWarning("traffic: " + day.error());
      return false;
    }
    auto graph = RoadGraph::parse(day->network, "recorded network");
    if (!graph) {
      say(false, graph.error());
      return false;
    }
    recorded = std::move(*day);
    network.graph = std::move(*graph);
    joinRoads(city, network.graph);
    prepareFeed();
    haveRecording = true;
    return true;
  }

  /// Steps of the recording up to `time`; at first the two before it, so that motion is known at once.
  void advanceRecording(base::UtcNs time, const Publish& out) {
    if (!haveRecording) return;
    const auto place = recorded.placeAt(time, city.zone);
    if (!place || (shownPlace && place->time == shownPlace->time && place->slice == shownPlace->slice))
      return;
    const base::UtcNs stepNs = static_cast<base::UtcNs>(recorded.slices[place->slice].stepSeconds * 1e9);
    base::UtcNs from = place->time - stepNs;
    if (shownPlace && shownPlace->slice == place->slice && shownPlace->time < place->time &&
        place->time - shownPlace->time <= kLongestCatchUp)
      from = shownPlace->time + stepNs;
    for (base::UtcNs at = from; at <= place->time; at += stepNs) {
      const auto here = recorded.placeAt(at, city.zone);
      if (!here) return;
      if (shownPlace && (here->slice != shownPlace->slice || here->round != shownPlace->round))
        feed->clear(at - base::kNsPerMs, out);
      TrafficStep step = recorded.slices[here->slice].steps[here->step];
      step.time = at;
      feed->publish(step, out);
      recordedVehicles = step.vehicles.size();
      shownPlace = here;
    }
    say(true, "recorded day, " + std::to_string(recordedVehicles) + " vehicles");
  }

  void advanceDevices(base::UtcNs time, const Publish& out) {
    const bool first = devicesUntil == 0 || time < devicesUntil || time - devicesUntil > 60 * kLongestCatchUp;
    for (const WireMessage& m : first ? devices.latest(time) : devices.reports(devicesUntil, time)) {
      out(m.topic, m.bytes, first ? time : m.time);  // old reports arrive now
      ++deviceMessages;
      if (stopping) return;
    }
    devicesUntil = time;
  }

  void runTraffic() {
    std::string why;
    if (options.useSumo && SumoLink::available(why)) {
      say(true, "building the road network");
      auto built =
          buildSumoNetwork(city, options.cacheFolder.empty() ? defaultCacheFolder() : options.cacheFolder);
      if (built) {
        network = std::move(*built);
        prepareFeed();
        const std::lock_guard lock(mutex);
        if (stopping) return;
        ahead.attach(network, city, *demand, options.seed, options.matchDay);
        link = std::make_unique<SumoLink>(
            network, *demand, programs,
            SumoLinkOptions{
                .seed = options.seed, .zone = city.zone, .now = [this] { return now(); }, .sink = &ahead},
            [this, out = live()](const TrafficStep& step) { feed->publish(step, out); });
        link->start();
        return;
      }
      why = built.error() + ": the recorded day is shown";
    }
    if (!why.empty()) base::logWarning("traffic: " + why);
    if (!prepareRecording()) return;
    while (!stopping) {
      advanceRecording(now(), live());
      sleepUntil(now() + base::kNsPerSecond / 4);
    }
  }

  void runDevices() {
    while (!stopping) {
      advanceDevices(now(), live());
      sleepUntil(now() + base::kNsPerSecond / 2);
    }
  }
};

Simulators::Simulators(const city::CityData& city, SimOptions options, Publish publish)
    : state_(std::make_unique<State>(city, std::move(options), std::move(publish))) {}

Simulators::~Simulators() {
  stop();
}

void Simulators::start() {
  State& s = *state_;
  if (s.deviceThread.joinable()) return;
  s.stopping = false;
  s.left = false;
  s.deviceThread = std::thread([&s] { s.runDevices(); });
  s.trafficThread = std::thread([&s] { s.runTraffic(); });
}

void Simulators::stop() {
  State& s = *state_;
  {
    const std::lock_guard lock(s.mutex);
    s.stopping = true;
  }
  s.wake.notify_all();
  if (s.trafficThread.joinable()) s.trafficThread.join();
  s.ahead.stop();
  if (s.link) s.link->stop();
  if (s.deviceThread.joinable()) s.deviceThread.join();
  // What was shown leaves the map; another simulation may take over.
  if (s.feed && !s.left) s.feed->clear(s.now(), s.live());
  s.left = true;
}

void Simulators::advanceTo(base::UtcNs time) {
  State& s = *state_;
  if (!s.haveRecording && s.trafficText == "not started") s.prepareRecording();
  s.advanceDevices(time, s.publish);
  s.advanceRecording(time, s.publish);
}

std::vector<Simulators::Line> Simulators::status() const {
  const State& s = *state_;
  const std::lock_guard lock(s.mutex);
  Line traffic{"traffic", s.trafficText, s.trafficGood};
  if (s.link) {
    const SumoLinkStatus link = s.link->status();
    traffic.text = "SUMO: " + link.text;
    traffic.good = link.state == SumoLinkStatus::State::Running ||
                   link.state == SumoLinkStatus::State::Warming ||
                   link.state == SumoLinkStatus::State::Starting;
  }
  return {traffic,
          {"devices",
           std::to_string(s.devices.devices().size()) + " devices, " + std::to_string(s.deviceMessages) +
               " messages",
           true}};
}

LookAhead& Simulators::lookAhead() {
  return state_->ahead;
}

size_t Simulators::vehicles() const {
  const std::lock_guard lock(state_->mutex);
  return state_->link ? state_->link->status().vehicles : state_->recordedVehicles.load();
}

}  // namespace traffic
