// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "twin/core/time.h"

// The daily courses of the simulated city: sections 7.3 to 7.6 of the project's domain notes. All of them
// are estimates for a simulator (anchors of published averages), never measurements.
namespace traffic {

/// Smooth noise in -1..1 with a lattice of `period` seconds; the same for the same key and time.
double smoothNoise(uint64_t key, double seconds, double period);

enum class ParkingUse : uint8_t { Office, Apartment, Mall, Venue };
/// Fraction of the spaces taken, 0..1. `match`: a game is played that evening (start by weekday).
double parkingOccupancy(ParkingUse use, const core::LocalTime& local, bool match);
ParkingUse parkingUseOf(std::string_view names);

/// Fraction of the workers / residents who are there, 0..1.
double workersPresent(const core::LocalTime& local);
double residentsPresent(const core::LocalTime& local);

double airTemperature(const core::LocalTime& local, uint64_t seed);    ///< deg C
double relativeHumidity(const core::LocalTime& local, uint64_t seed);  ///< percent
double rainRate(const core::LocalTime& local, uint64_t seed);          ///< mm/h
double cloudCover(const core::LocalTime& local, uint64_t seed);        ///< percent

double pm25(const core::LocalTime& local, uint64_t seed, bool roadside);             ///< ug/m3
double ozone(const core::LocalTime& local, uint64_t seed);                           ///< ppm
double nitrogenDioxide(const core::LocalTime& local, uint64_t seed, bool roadside);  ///< ppm

/// Kerbside A-weighted Leq, dB: arterial 70-74 by day and 66-69 by night, inside 58-64 and 48-54.
double roadNoise(const core::LocalTime& local, bool arterial);

/// Hour at which a game starts on that weekday (18.5, Saturday 17, Sunday 14).
double matchStart(int weekday);

/// Days since 1970 with fraction, of the local clock; for slow courses.
double localDays(const core::LocalTime& local);

}  // namespace traffic
