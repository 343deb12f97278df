// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "twin/city/city.h"

namespace city {

/// The name that a thing bore on that day: the pack's renames undo today's name for earlier dates.
core::BilingualText nameAt(const City& city, std::string_view entity, core::BilingualText today, const core::LocalTime& date);

}  // namespace city
