// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tests/support/png.h"

namespace support {

/// What a headless run of the whole program left: its picture, its exit code and its lines.
struct TwinRun {
  int exitCode = -1;
  std::string output;  ///< stdout and stderr
  Picture picture;     ///< empty without --out
  uint64_t validationMessages = 0;
};

/// Runs build/<preset>/alphacity with these arguments, off screen, with validation on, and reads what it
/// wrote. `name` tells concurrent runs apart.
TwinRun runTwin(const std::string& name, std::vector<std::string> arguments, bool picture = true);

}  // namespace support
