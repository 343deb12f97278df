// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "twin/binding/palette.h"
#include "twin/core/catalogue.h"

namespace binding {

enum class SwatchShape : uint8_t { Disc, Square, Triangle, Bar, Ring, Dashed, Hatch };

/// One line of a legend: a mark and what it means.
struct LegendEntry {
  Color color = 0;
  SwatchShape shape = SwatchShape::Disc;
  core::BilingualText text;
};

/// What the colours of a layer mean, with unit and class limits; empty where a layer has no colours.
std::vector<LegendEntry> legendOf(std::string_view layer, const Palette& palette);

/// Good, stale, dead and simulated: true of every layer.
std::vector<LegendEntry> freshnessLegend(const Palette& palette);

}  // namespace binding
