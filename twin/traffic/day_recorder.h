// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "engine/base/result.h"
#include "twin/city/city_data.h"

namespace traffic {

/// Drives a weekday with SUMO, as fast as it goes, and keeps slices of it at 03:00, 08:30, 12:30, 18:30
/// and 22:00. Needs SUMO. Takes one to two minutes.
base::Status recordDay(const city::CityData& city, const std::filesystem::path& file, uint64_t seed);

}  // namespace traffic
