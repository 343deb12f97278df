// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace binding {

/// sRGB with r in the lowest byte, alpha 255.
using Color = uint32_t;

/// The data colours of assets/styles/palette.toml.
struct Palette {
  Color shuttle, taxi, emergency, busExpress, busTrunk, busBranch, truck, van, motorcycle;
  std::vector<Color> cars;
  Color gradeGood, gradeModerate, gradeBad, gradeVeryBad;
  Color fillLow, fillMiddle, fillHigh;
  Color signalRed, signalYellow, signalGreen;
  Color alarm[4];  ///< critical, high, medium, low; of alarms and nothing else
  Color selection, accent, unknown, incident, warning, boundary;

  /// Names the file and the key when something is missing or not "#RRGGBB".
  static base::Result<Palette> load(const std::filesystem::path& file);
};

/// "#RRGGBB", opaque.
std::optional<Color> parseHex(const std::string& text);

}  // namespace binding
