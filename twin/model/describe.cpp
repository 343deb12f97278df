// SPDX-License-Identifier: Apache-2.0
#include "twin/model/describe.h"

#include <algorithm>

namespace model {

EntityInfo described(EntityInfo known, const DescriptionObservation& seen) {
  EntityInfo info = std::move(known);
  for (const auto& [name, value] : seen.attributes) {
    const auto old = std::find_if(info.attributes.begin(), info.attributes.end(),
                                  [&name = name](const auto& attribute) { return attribute.first == name; });
    if (old != info.attributes.end()) {
      old->second = value;
    } else {
      info.attributes.emplace_back(name, value);
    }
  }
  if (!info.fromPack) {
    if (!seen.name.ko.empty() || !seen.name.en.empty()) info.name = seen.name;
    if (seen.position) {
      info.position = *seen.position;
      info.hasElevation = seen.hasElevation;
      info.heading = seen.heading;
    }
    if (seen.geometry) info.geometry = seen.geometry;
    info.expires = seen.expires;
  }
  info.described = seen.eventTime;
  return info;
}

}  // namespace model
