// SPDX-License-Identifier: Apache-2.0
#include "twin/plan/resolve.h"

#include <bit>

#include "engine/base/hash.h"

namespace plan {
namespace {

void applyEdit(const Edit& edit, Resolved& resolved) {
  if (const auto* hide = std::get_if<HideEntity>(&edit)) {
    // A box of a lower layer is a proposal that a higher one takes back.
    if (resolved.added.erase(hide->entity) == 0) resolved.hidden.insert(hide->entity);
  } else if (const auto* box = std::get_if<AddBox>(&edit)) {
    resolved.added[box->id] = *box;
  }
}

uint64_t hashNumber(double value, uint64_t seed) { return base::mix(std::bit_cast<uint64_t>(value) ^ seed); }

}  // namespace

uint64_t Resolved::hash() const {
  uint64_t h = mirror ? mirror->stateHash() : base::kHashSeed;
  for (const std::string& id : hidden) h = base::hashBytes(id, h);
  for (const auto& [id, box] : added) {
    h = base::hashBytes(id, h);
    for (const double v : {box.centre.x, box.centre.y, box.size.x, box.size.y, box.height, box.heading}) h = hashNumber(v, h);
  }
  return h;
}

const Resolved& Resolver::resolve(const model::Mirror& mirror, const model::ChangeBatch& changes, const LayerStack& stack) {
  resolved_.mirror = &mirror;
  resolved_.changes = &changes;
  resolved_.planChanged = stack.revision() != seenRevision_;
  if (resolved_.planChanged) {
    seenRevision_ = stack.revision();
    resolved_.hidden.clear();
    resolved_.added.clear();
    for (const Layer& layer : stack.layers()) {
      if (!layer.enabled) continue;
      for (const Edit& edit : layer.edits) applyEdit(edit, resolved_);
    }
  }
  return resolved_;
}

}  // namespace plan
