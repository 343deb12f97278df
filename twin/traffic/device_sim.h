// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "twin/city/city_data.h"
#include "twin/model/observation.h"
#include "twin/traffic/profiles.h"
#include "twin/traffic/publish.h"

namespace traffic {

/// One device of the pack as the simulator sees it.
struct SimDevice {
  std::string id;
  std::string kind;
  std::vector<std::pair<std::string, int64_t>> datastreams;  ///< property -> SensorThings Datastream
  uint64_t key = 0;                                          ///< from id and seed
  double period = 60;                                        ///< seconds between reports
  double phase = 0;                                          ///< of its reports, 0..period
  bool arterial = false;                                     ///< beside a main road
  bool nearBallpark = false;                                 ///< within 300 m
  double dailyTraffic = 800;                                 ///< of its road, one direction
  double watt = 90, capacity = 100, kilowatt = 7, limit = 50;
  ParkingUse parking = ParkingUse::Office;
};

/// What goes wrong with sensors, so that lost, late and stale data really occur (section 7.6): 0.5 to 2 %
/// of the reports are lost, clocks are off by up to 2 s, 1.2 % are silent for six hours at a time, 0.6 %
/// stand still.
struct SensorFaults {
  double offline = 0.012;
  double stuck = 0.006;
  double skewSeconds = 2;
};

/// Every device of the pack that has datastreams, as a pure function of the time and the seed.
class DeviceSim {
 public:
  DeviceSim(const city::CityData& city, uint64_t seed, bool matchDay, SensorFaults faults = {});

  /// Reports that are sent in (from, to], in the order of their sending.
  std::vector<WireMessage> reports(base::UtcNs from, base::UtcNs to) const;
  /// The last report of each device before `at`: what a broker would hold as retained.
  std::vector<WireMessage> latest(base::UtcNs at) const;

  const std::vector<SimDevice>& devices() const { return devices_; }
  /// The value of one property at one time, without any faults.
  model::Value value(const SimDevice& device, std::string_view property, base::UtcNs time) const;
  size_t datastreams() const;

 private:
  void report(const SimDevice& device, int64_t tick, std::vector<WireMessage>& out) const;
  model::Value lamp(const SimDevice& d, std::string_view property, base::UtcNs time,
                    const core::LocalTime& local) const;
  model::Value surroundings(const SimDevice& d, std::string_view property,
                            const core::LocalTime& local) const;
  model::Value equipment(const SimDevice& d, std::string_view property, base::UtcNs time,
                         const core::LocalTime& local) const;
  model::Value parking(const SimDevice& d, std::string_view property, base::UtcNs time,
                       const core::LocalTime& local) const;
  double binFill(const SimDevice& d, base::UtcNs time) const;

  std::vector<SimDevice> devices_;
  core::TimeZone zone_;
  double latitude_ = 0, longitude_ = 0;
  uint64_t seed_;
  bool matchDay_;
  SensorFaults faults_;
};

/// Seconds between the reports of a kind, as the catalogue (assets/styles/kinds.toml) expects them.
double reportPeriod(std::string_view kind);

/// The whole simulation as one function.
std::vector<WireMessage> simulateDevices(const city::CityData& city, base::UtcNs from, base::UtcNs to,
                                         uint64_t seed, bool matchDay = false);

}  // namespace traffic
