// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/landmark_space.h"

namespace city {

/// True for apartment buildings that are long slabs on a plain rectangle, the only ones that get a relief.
bool isPlainSlab(const Building& building);

/// How many stair and lift cores a slab of that half length has.
int coresOf(float halfLength);

/// Turns the slab's axes so that -y is its sunny side.
void faceSun(LandmarkSpace& space);

/// What catches the light on an apartment slab: walls between the balconies on its sunny side, bays of
/// stairs and lifts with a strip of glass on the other. Colours as 0xRRGGBB; from 3 m up to `top` metres.
void drawSlabRelief(LandmarkSpace& space, uint32_t wall, uint32_t bay, float top);

}  // namespace city
