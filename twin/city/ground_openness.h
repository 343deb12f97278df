// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city_data.h"
#include "engine/scene/scene.h"

namespace city {

/// How much sky the ground sees, as an image of at most 2048 x 2048 texels of 1.6 m or more: dark under
/// and beside buildings (by their height) and under tree crowns, softly blurred.
scene::GroundField bakeGroundOpenness(const CityData& data);

}  // namespace city
