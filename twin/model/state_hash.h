// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/model/entity.h"

namespace model {

/// Hash of what is known of one entity: id, kind, values, units, event times and the latest pose. Not of
/// received times, sources or the order in which properties appeared. Sums of these over all entities
/// are the state hashes of EntityStore and Mirror.
uint64_t entityHash(const Entity& entity);

}  // namespace model
