// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>

#include "twin/binding/bind_context.h"
#include "twin/binding/object_pool.h"
#include "twin/plan/resolve.h"

namespace binding {

/// Shows the resolved plan: hides what it hides, stands proposals up as translucent boxes.
class PlanBinding {
 public:
  explicit PlanBinding(const BindContext& context) : context_(context), objects_(context.scene.statics) {}

  void apply(const plan::Resolved& resolved);
  /// The proposal that owns a static object, or empty.
  std::string ownerOf(uint32_t object) const;

 private:
  struct Proposal {
    plan::AddBox box;
    uint32_t object = 0;
    scene::MeshId mesh;
    scene::StaticId batch;
  };
  void setHidden(const std::string& entity, bool hidden);
  Proposal build(const plan::AddBox& box);
  void drop(const Proposal& proposal);

  BindContext context_;
  std::set<std::string, std::less<>> hidden_;
  std::map<std::string, Proposal, std::less<>> proposals_;
  ObjectPool objects_;
};

}  // namespace binding
