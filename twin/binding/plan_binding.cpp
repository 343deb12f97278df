// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/plan_binding.h"

#include <array>
#include <cmath>

#include "engine/math/pack.h"

namespace binding {
namespace {

/// A closed box from below the lowest ground under it to `height` above its centre's ground.
scene::Mesh boxMesh(const plan::AddBox& box, const city::City& city, uint32_t object) {
  const glm::dvec2 ahead(std::sin(box.heading), std::cos(box.heading));
  const glm::dvec2 side(ahead.y, -ahead.x);
  const std::array<glm::dvec2, 4> corner{box.centre - side * box.size.x * 0.5 - ahead * box.size.y * 0.5,
                                         box.centre + side * box.size.x * 0.5 - ahead * box.size.y * 0.5,
                                         box.centre + side * box.size.x * 0.5 + ahead * box.size.y * 0.5,
                                         box.centre - side * box.size.x * 0.5 + ahead * box.size.y * 0.5};
  const double ground = city.surfaceAt(box.centre.x, box.centre.y, 0);
  double low = ground;
  for (const glm::dvec2& c : corner) low = std::min(low, city.surfaceAt(c.x, c.y, ground));
  const double top = ground + box.height;
  low -= 1;

  scene::Mesh mesh{.name = box.id};
  const auto quad = [&](const std::array<glm::dvec3, 4>& p, const glm::vec3& normal, double u, double v) {
    const auto first = static_cast<uint32_t>(mesh.vertices.size());
    const std::array<glm::vec2, 4> uv{glm::vec2(0, 0), glm::vec2(u, 0), glm::vec2(u, v), glm::vec2(0, v)};
    for (size_t i = 0; i < 4; ++i) {
      mesh.vertices.push_back({glm::vec3(p[i]), math::packNormal(normal), math::packHex(0xF4F4F0), math::packSurfaceUv(uv[i]),
                               gpu_types::packSurface(gpu_types::kSurfaceGhost), object});
    }
    for (const uint32_t i : {0u, 1u, 2u, 0u, 2u, 3u}) mesh.indices.push_back(first + i);
  };
  for (size_t i = 0; i < 4; ++i) {
    const glm::dvec2 a = corner[i];
    const glm::dvec2 b = corner[(i + 1) % 4];
    const glm::dvec2 along = glm::normalize(b - a);
    quad({glm::dvec3(a, low), glm::dvec3(b, low), glm::dvec3(b, top), glm::dvec3(a, top)}, glm::vec3(along.y, -along.x, 0),
         glm::distance(a, b), top - low);
  }
  quad({glm::dvec3(corner[0], top), glm::dvec3(corner[1], top), glm::dvec3(corner[2], top), glm::dvec3(corner[3], top)},
       glm::vec3(0, 0, 1), box.size.x, box.size.y);
  return mesh;
}

}  // namespace

void PlanBinding::apply(const plan::Resolved& resolved) {
  if (!resolved.planChanged) return;
  for (const std::string& id : hidden_)
    if (!resolved.hidden.contains(id)) setHidden(id, false);
  for (const std::string& id : resolved.hidden)
    if (!hidden_.contains(id)) setHidden(id, true);
  hidden_ = resolved.hidden;

  for (auto it = proposals_.begin(); it != proposals_.end();) {
    const auto still = resolved.added.find(it->first);
    if (still != resolved.added.end() && still->second == it->second.box) {
      ++it;
    } else {
      drop(it->second);
      it = proposals_.erase(it);
    }
  }
  for (const auto& [id, box] : resolved.added)
    if (!proposals_.contains(id)) proposals_[id] = build(box);
}

void PlanBinding::setHidden(const std::string& entity, bool hidden) {
  const auto parts = context_.city.parts.find(entity);
  if (parts == context_.city.parts.end()) return;
  const auto flip = [hidden](uint32_t state) { return hidden ? state | gpu_types::kStateHidden : state & ~gpu_types::kStateHidden; };
  if (parts->second.object != gpu_types::kNoObject) {
    gpu_types::Object object = context_.scene.statics.object(parts->second.object);
    object.state = flip(object.state);
    context_.scene.statics.setObject(parts->second.object, object);
  }
  for (const scene::InstanceId id : parts->second.instances) {
    const scene::Instance* instance = context_.scene.instances.find(id);
    if (instance) context_.scene.instances.setState(id, flip(instance->state), instance->color);
  }
}

PlanBinding::Proposal PlanBinding::build(const plan::AddBox& box) {
  Proposal proposal{.box = box};
  proposal.object = objects_.take({.state = gpu_types::kStateGhost, .color = 0});
  proposal.mesh = context_.scene.meshes.add(boxMesh(box, context_.city, proposal.object));
  proposal.batch = context_.scene.statics.add({.mesh = proposal.mesh, .layer = scene::StaticLayer::Transparent, .castsShadow = true});
  return proposal;
}

void PlanBinding::drop(const Proposal& proposal) {
  context_.scene.statics.remove(proposal.batch);
  context_.scene.meshes.remove(proposal.mesh);
  objects_.give(proposal.object);
}

std::string PlanBinding::ownerOf(uint32_t object) const {
  for (const auto& [id, proposal] : proposals_)
    if (proposal.object == object) return id;
  return {};
}

}  // namespace binding
