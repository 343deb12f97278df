// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/day_recorder.h"

#include <atomic>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "engine/base/log.h"
#include "twin/traffic/recorded_day.h"
#include "twin/traffic/spat.h"
#include "twin/traffic/sumo_link.h"

namespace traffic {
namespace {

using namespace std::chrono_literals;

constexpr double kHours[] = {3, 8.5, 12.5, 18.5, 22};
constexpr int kSliceSeconds = 150;
constexpr int kStepSeconds = 2;
constexpr double kPatience = 120;  ///< wall seconds for one slice

struct Driven {
  SumoNetwork network;
  std::vector<SignalProgram> programs;
  std::unique_ptr<SumoDemand> demand;
};

base::Result<RecordedSlice> recordSlice(const city::CityData& city, const Driven& driven, uint64_t seed,
                                        base::UtcNs start) {
  RecordedSlice slice;
  slice.stepSeconds = kStepSeconds;
  const core::LocalTime local = core::toLocal(start, city.zone);
  slice.daySecond = local.hourOfDay() * 3600;
  std::mutex mutex;
  std::atomic<bool> first{true}, done{false};
  // The first question sets where it begins, later ones let it run to the end without waiting.
  SumoLinkOptions options{
      .seed = seed,
      .warmupSeconds = 480,
      .zone = city.zone,
      .now = [&] { return first.exchange(false) ? start : start + kSliceSeconds * base::kNsPerSecond; },
      .publishEvery = kStepSeconds};
  SumoLink link(driven.network, *driven.demand, driven.programs, std::move(options),
                [&](const TrafficStep& step) {
                  const std::lock_guard lock(mutex);
                  if (step.time < start || done) return;
                  TrafficStep kept = step;
                  kept.controllers.clear();
                  for (VehicleState& v : kept.vehicles) v.lane.clear();
                  slice.steps.push_back(std::move(kept));
                  done = slice.steps.size() >= kSliceSeconds / kStepSeconds;
                });
  link.start();
  const base::MonoNs end = base::SystemClock::monoNow() + static_cast<base::MonoNs>(kPatience * 1e9);
  while (!done && base::SystemClock::monoNow() < end) std::this_thread::sleep_for(20ms);
  const std::string text = link.status().text;
  link.stop();
  if (!done) return base::Error{"SUMO did not get through a slice: " + text};
  return slice;
}

}  // namespace

base::Status recordDay(const city::CityData& city, const std::filesystem::path& file, uint64_t seed) {
  std::string why;
  if (!SumoLink::available(why)) return base::Error{why};
  Driven driven;
  auto network = buildSumoNetwork(city, defaultCacheFolder());
  if (!network) return base::Error{network.error()};
  driven.network = std::move(*network);
  auto table = DemandTable::load(city.folder / "demand.toml");
  if (!table) return base::Error{table.error()};
  driven.programs = makeSignalPrograms(driven.network.graph, signalCycles(city));
  driven.demand = std::make_unique<SumoDemand>(city, driven.network.graph, *table, seed, false);
  RecordedDay day;
  std::ifstream net(driven.network.netFile);
  std::stringstream text;
  text << net.rdbuf();
  day.network = text.str();
  for (const double hour : kHours) {
    // Thursday, 19 November 2026: a plain working day.
    core::LocalTime local{.year = 2026, .month = 11, .day = 19};
    local.hour = static_cast<int>(hour);
    local.minute = static_cast<int>((hour - local.hour) * 60);
    auto slice = recordSlice(city, driven, seed, core::fromLocal(local, city.zone));
    if (!slice) return base::Error{slice.error()};
    base::logInfo("recorded " + std::to_string(local.hour) + ":" + (local.minute ? "30" : "00") + ", " +
                  std::to_string(slice->steps.back().vehicles.size()) + " vehicles");
    day.slices.push_back(std::move(*slice));
  }
  return day.save(file);
}

}  // namespace traffic
