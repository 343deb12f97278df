// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city.h"

namespace city {

/// One instance per tree, on the ground, turned and varied by its id. Without a tree model in the
/// library nothing is planted and a warning says so.
void plantTrees(City& city, scene::Scene& scene);

}  // namespace city
