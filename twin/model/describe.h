// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/model/entity.h"

namespace model {

/// What is known of a thing once it was described: empty parts keep what is known. What the pack has placed
/// stays where its mesh stands; a feed only adds facts to it.
EntityInfo described(EntityInfo known, const DescriptionObservation& seen);

}  // namespace model
