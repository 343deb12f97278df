// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/base/clock.h"

namespace core {

/// Air that bends the light; only the apparent elevation depends on it.
struct Atmosphere {
  double pressureMbar = 1013.25;
  double temperatureC = 12;
};

/// Where the sun stands for an observer: radians, apparent (refraction and parallax included), azimuth
/// from true north clockwise in [0, 2 pi). Grid north differs by the projection's convergence.
struct SunPosition {
  double elevation = 0;
  double azimuth = 0;
};

/// The sun by the algorithm of Reda and Andreas, "Solar position algorithm for solar radiation
/// applications" (NREL/TP-560-34302, 2008), with its periodic terms below 50e-8 left out: within 0.002
/// degrees of the full algorithm for 1950..2050 (taking UT1 = UTC and TT - UT1 = 69 s). `latitudeDeg`
/// north and `longitudeDeg` east positive, WGS 84. Without `air`: the standard atmosphere at
/// `elevationMetres` above the sea.
/// Below the visible horizon the refraction dies away over two degrees instead of ending at once, so
/// that light which follows the sun does not jump.
SunPosition sunPosition(base::UtcNs utc, double latitudeDeg, double longitudeDeg, double elevationMetres = 0,
                        std::optional<Atmosphere> air = std::nullopt);

/// The moon, without refraction; within about 0.3 degrees (Montenbruck and Pfleger, "Astronomy on the
/// Personal Computer", 4th ed., 3.2: mean elements with the largest perturbations).
struct MoonPosition {
  double elevation = 0;    ///< radians, topocentric
  double azimuth = 0;      ///< radians from true north, clockwise
  double illuminated = 0;  ///< lit share of the disc, 0 new .. 1 full
};

MoonPosition moonPosition(base::UtcNs utc, double latitudeDeg, double longitudeDeg);

}  // namespace core
