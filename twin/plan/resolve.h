// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>

#include "twin/model/mirror.h"
#include "twin/plan/layer_stack.h"

namespace plan {

/// The city as the plan wants it seen: the mirror itself plus what the enabled layers say. An empty
/// plan is the identity: nothing hidden, nothing added.
struct Resolved {
  const model::Mirror* mirror = nullptr;
  const model::ChangeBatch* changes = nullptr;      ///< what the feeds changed this frame
  std::set<std::string, std::less<>> hidden;        ///< entity ids
  std::map<std::string, AddBox, std::less<>> added; ///< by id
  bool planChanged = false;                         ///< hidden or added differ from the frame before

  /// Of everything that can be seen; equal plans over equal mirrors are equal.
  uint64_t hash() const;
};

/// Applies the layers over the mirror, redoing only what changed: the plan's part is recomputed when
/// the stack's revision moved.
class Resolver {
 public:
  const Resolved& resolve(const model::Mirror& mirror, const model::ChangeBatch& changes, const LayerStack& stack);

 private:
  Resolved resolved_;
  uint64_t seenRevision_ = 0;
};

}  // namespace plan
