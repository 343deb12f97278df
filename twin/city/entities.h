// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city.h"

namespace city {

/// Fills `entities`, `parts` (with a row in the static object table for what is drawn as static mesh),
/// `objectOwner` and `datastreams` from the data. Trees, devices and stops get their instances later.
void defineEntities(City& city, scene::Scene& scene);

}  // namespace city
