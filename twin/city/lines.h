// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city.h"

namespace city {

/// The district's boundary (dashed: approximate), buried utilities (seen through the ground, hidden at first), and the
/// lines of the GTFS feed as entities of kind "shuttle_route" or "route" (hidden at first).
void drawLines(City& city, scene::Scene& scene);

}  // namespace city
