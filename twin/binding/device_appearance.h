// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/binding/bind_context.h"

namespace binding {

/// How a standing thing looks for what it reports.
struct Appearance {
  uint32_t state = 0;  ///< gpu_types::kState..., without freshness and hidden bits
  Color color = 0;     ///< alpha is the emission
};

/// Lamps light by their own state, bins and car parks colour by fill, stations by grade. `alive` false
/// (dead, bad or never reported): grey and dark, whatever the last value was.
Appearance appearanceOf(const Palette& palette, const model::Entity& entity, bool alive);

}  // namespace binding
