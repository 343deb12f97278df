// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>

#include "engine/base/result.h"
#include "twin/core/time.h"
#include "twin/traffic/forecast.h"
#include "twin/traffic/state_sink.h"
#include "twin/traffic/sumo_demand.h"
#include "twin/traffic/transit_model.h"

namespace traffic {

struct ForecastOptions {
  std::filesystem::path netFile;
  uint64_t seed = 1;
  int seconds = 900;             ///< ahead
  int niceness = 10;             ///< of the second SUMO, so that the live one goes first
  double patienceSeconds = 240;  ///< of wall time; longer and the forecast is given up
  size_t mostPoses = 1'500'000;  ///< 24 MB
};

/// What of the demand a forecast may know: the timetable of the lines, and how much traffic an hour brings,
/// but not which trips: those are drawn anew.
struct ForecastDemand {
  const SumoDemand& timetable;  ///< of the live simulation; only its lines are used
  const SumoDemand& trips;      ///< of another seed
};

/// Runs a second SUMO from the saved state, on the caller's thread: niced, as fast as it goes, without
/// TraCI; what it drives is read as it is written. `pid` is its process while it runs. Errors: SUMO is
/// missing, died, or took too long; stopped.
base::Result<Forecast> runForecast(const SavedState& state, const RoadGraph& graph,
                                   const LinkMatcher& matcher, const TransitModel& transit,
                                   const ForecastDemand& demand, const ForecastOptions& options,
                                   const std::atomic<bool>& stopping, std::atomic<int>& pid);

/// The departures of the seconds (from, to], as SUMO's route file. Ids differ from those that live
/// vehicles have, except for the lines'.
std::string forecastRoutes(const RoadGraph& graph, const ForecastDemand& demand, int64_t from, int64_t to,
                           int64_t dayStart);

/// The same state with the types of the vehicles that TraCI added, which SUMO 1.15 forgets to write: the
/// kind is the first part of their ids ("truck-3052300"). Other vehicles stay as they are.
std::string withTypes(const std::string& stateXml);

}  // namespace traffic
