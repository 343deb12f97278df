// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "twin/binding/palette.h"
#include "twin/model/entity.h"

namespace binding {

/// The scene model that shows a mover of this kind; cars vary by id.
std::string vehicleModel(std::string_view kind, std::string_view id);
/// Its paint: data colours for what the city runs, warm greys for everybody else.
Color vehicleColor(const Palette& palette, std::string_view kind, std::string_view id, std::string_view route);

/// Korean fine-dust grades 1 good .. 4 very bad; the worse of the two counts (easylaw.go.kr 5499).
/// Negative inputs mean "no value"; 0 when there is none at all.
int dustGrade(double pm10, double pm25);
Color gradeColor(const Palette& palette, int grade);

/// Share 0..1 of a car park or bin: green below 0.7, amber to 0.9, red above.
Color fillColor(const Palette& palette, double share);

/// Lit lenses (bit 0 red, 1 yellow, 2 left arrow, 3 green) of a Korean four-lens head: red and arrow may
/// shine together, and the one yellow lens ends both. `movement` is the J2735 state of the round lenses'
/// group, `arrow` that of the protected left turn's; empty where the head has no such group. 0: dark.
uint32_t vehicleLenses(std::string_view movement, std::string_view arrow);
/// Bit 0 red, bit 1 green; flashing green in the last seconds is left to the feed.
uint32_t pedestrianLenses(std::string_view movementState);

}  // namespace binding
