// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace traffic {

/// How this program's SUMO drives: the part of the command line that the live simulation and its forecasts
/// share, so that one continues as the other would. `folder` holds demand.add.xml and signals.add.xml.
std::vector<std::string> sumoArguments(const std::filesystem::path& netFile,
                                       const std::filesystem::path& folder, uint64_t seed);

}  // namespace traffic
