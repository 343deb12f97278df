// SPDX-License-Identifier: Apache-2.0
#include "twin/city/city.h"

#include <cmath>

#include "twin/city/surface_index.h"

namespace city {

double City::surfaceAt(double x, double y, double nearZ) const {
  const double ground = data.terrain.at(x, y);
  if (!surfaces) return ground;
  double best = ground;
  bool onRoad = false;
  double deck = 0;
  double nearest = 1e30;
  surfaces->forEach(x, y, 0.5, [&](const SurfaceIndex::Hit& hit) {
    if (!hit.elevated) {
      onRoad = true;
    } else if (const double z = std::max(hit.z, ground + kRoadLift); std::abs(z - nearZ) < nearest) {
      nearest = std::abs(z - nearZ);
      deck = z;
    }
  });
  if (onRoad) best += kRoadLift;
  return nearest < std::abs(best - nearZ) ? deck : best;
}

}  // namespace city
