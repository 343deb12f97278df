// SPDX-License-Identifier: Apache-2.0
#include "twin/model/entity.h"

#include <algorithm>

namespace model {

base::UtcNs Entity::lastEvent() const {
  base::UtcNs newest = moving ? latest.eventTime : 0;
  for (const PropertyRow& row : properties) newest = std::max(newest, row.eventTime);
  return newest;
}

base::UtcNs Entity::lastReceived() const {
  base::UtcNs newest = moving ? latest.received : 0;
  for (const PropertyRow& row : properties) newest = std::max(newest, row.received);
  return newest;
}

}  // namespace model
