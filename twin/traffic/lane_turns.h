// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "twin/city/feature.h"

namespace traffic {

/// Which lane may turn where at the signalled nodes, as netconvert's connection file. Roads with three or
/// more lanes get a left-turn lane of their own, as Korean arterials have, so that protected left turns
/// work; narrower ones share lanes. Unsignalled nodes are left to netconvert.
std::string connectionsXml(const std::vector<const city::Feature*>& roads,
                           const std::map<std::string, bool>& signalled);

}  // namespace traffic
