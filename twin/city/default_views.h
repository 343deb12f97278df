// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city_data.h"

namespace city {

/// Views for a city that brings none: "overview", "street" (along a road near the middle) and "top".
/// A view whose id exists already is not added.
void addDefaultViews(CityData& data);

}  // namespace city
