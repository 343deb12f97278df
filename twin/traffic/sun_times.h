// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"

namespace traffic {

/// Altitude of the sun's centre, radians, without refraction; low-precision formulae of the Astronomical
/// Almanac (page C5), good to about 0.02 degrees from 1950 to 2050. Degrees in.
double sunAltitude(base::UtcNs time, double latitude, double longitude);

}  // namespace traffic
