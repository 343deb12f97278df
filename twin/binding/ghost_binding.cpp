// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/ghost_binding.h"

#include <cmath>

#include "engine/base/hash.h"
#include "engine/math/pack.h"
#include "twin/binding/style_rules.h"
#include "twin/core/geodesy.h"

namespace binding {
namespace {

constexpr uint32_t kPale = 0xCFEFF4;
constexpr uint32_t kGlow = 96;  ///< of 255: readable by night, too
constexpr uint32_t kSecondMs = 1000;

}  // namespace

scene::InstanceId GhostBinding::add(const Ghost& ghost) {
  const scene::InstanceStore& instances = context_.scene.instances;
  scene::ModelId model = instances.findModel(vehicleModel(ghost.kind, ghost.id));
  if (!model) model = instances.findModel(context_.catalogue.kind(ghost.kind).model);
  if (!model) return {};
  scene::Instance instance = scene::standing({}, 0, 1, 1, math::packHex(kPale, kGlow), static_cast<uint32_t>(base::hashBytes(ghost.id)));
  instance.state = gpu_types::kStateGhost;
  return context_.scene.instances.add(model, instance);
}

void GhostBinding::show(std::span<const Ghost> ghosts, uint32_t startMs) {
  ++round_;
  const auto standing = [&](glm::dvec3 p, bool hasElevation) {
    if (!hasElevation) p.z = context_.city.surfaceAt(p.x, p.y, 0);
    return glm::vec3(p);
  };
  for (const Ghost& ghost : ghosts) {
    Shown& shown = instances_[std::string(ghost.id)];
    if (!shown.instance) shown.instance = add(ghost);
    shown.round = round_;
    if (!shown.instance) continue;
    context_.scene.instances.setPoses(shown.instance, standing(ghost.from, ghost.hasElevation), static_cast<float>(core::yawFromHeading(ghost.fromHeading)),
                                      startMs, standing(ghost.to, ghost.hasElevation), static_cast<float>(core::yawFromHeading(ghost.toHeading)),
                                      startMs + kSecondMs, 0);
  }
  std::erase_if(instances_, [&](const auto& entry) {
    if (entry.second.round == round_) return false;
    if (entry.second.instance) context_.scene.instances.remove(entry.second.instance);
    return true;
  });
}

}  // namespace binding
