// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city.h"

namespace city {

/// Instances of street lights, signal heads, sensors, bins, chargers, screens and stops, each with its
/// feet on the ground; lamps get the light that they cast (dark until a state says otherwise).
void placeDevices(City& city, scene::Scene& scene);

}  // namespace city
