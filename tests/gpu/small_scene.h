// SPDX-License-Identifier: Apache-2.0
// A town of boxes, small enough to reason about: ground, towers, boxes that are instances, a lamp.
#pragma once

#include <cmath>
#include <vector>

#include "engine/math/pack.h"
#include "engine/scene/scene.h"
#include "engine/scene/view.h"

namespace small {

inline void addQuad(scene::Mesh& mesh, const glm::vec3 corners[4], const glm::vec3& normal, uint32_t color, uint32_t surface,
                    uint32_t object) {
  const auto first = static_cast<uint32_t>(mesh.vertices.size());
  for (int i = 0; i < 4; ++i) {
    scene::Vertex v{};
    v.position = corners[i];
    v.normal = math::packNormal(normal);
    v.color = color;
    v.uv = math::packSurfaceUv({corners[i].x, corners[i].y});
    v.surface = surface;
    v.object = object;
    mesh.vertices.push_back(v);
  }
  for (const uint32_t k : {0u, 1u, 2u, 0u, 2u, 3u}) mesh.indices.push_back(first + k);
}

/// A box from `low` to `high`, outward faces counter-clockwise.
inline void addBox(scene::Mesh& mesh, glm::vec3 low, glm::vec3 high, uint32_t color, uint32_t surface, uint32_t object) {
  const glm::vec3 c = (low + high) * 0.5f;
  const glm::vec3 h = (high - low) * 0.5f;
  for (int axis = 0; axis < 3; ++axis) {
    for (const float sign : {-1.f, 1.f}) {
      glm::vec3 n(0), u(0), v(0);
      n[axis] = sign;
      u[(axis + 1) % 3] = 1;
      v[(axis + 2) % 3] = sign;
      const glm::vec3 corners[4] = {c + (n - u - v) * h, c + (n + u - v) * h, c + (n + u + v) * h, c + (n - u + v) * h};
      addQuad(mesh, corners, n, color, surface, object);
    }
  }
}

/// What the tests need to find again.
struct SmallScene {
  scene::Scene scene;
  scene::MeshId ground;
  scene::MeshId towers;
  scene::MeshId box;
  std::vector<uint32_t> towerObjects;
  scene::ModelId car;
  scene::ModelId post;
  std::vector<scene::InstanceId> posts;
  scene::InstanceId mover;  ///< from x = -40 to x = 40 between 1000 and 3000 ms
  scene::LightId lamp;
};

inline SmallScene makeSmallScene() {
  using namespace gpu_types;
  SmallScene s;
  scene::Mesh ground;
  const glm::vec3 corners[4] = {{-200, -200, 0}, {200, -200, 0}, {200, 200, 0}, {-200, 200, 0}};
  const uint32_t groundObject = s.scene.statics.addObject();
  addQuad(ground, corners, {0, 0, 1}, math::packHex(0xA9B58C), packSurface(kSurfacePlain), groundObject);
  s.ground = s.scene.meshes.add(std::move(ground));
  s.scene.statics.add({s.ground, scene::StaticLayer::Terrain, false, 0});

  scene::Mesh towers;
  for (int i = 0; i < 5; ++i) {
    s.towerObjects.push_back(s.scene.statics.addObject());
    const float x = -80.f + 40.f * static_cast<float>(i);
    addBox(towers, {x - 8, 30, 0}, {x + 8, 46, 20.f + 10.f * static_cast<float>(i)}, math::packHex(0xE3DDD2),
           packSurface(kSurfacePlain), s.towerObjects.back());
  }
  s.towers = s.scene.meshes.add(std::move(towers));
  s.scene.statics.add({s.towers, scene::StaticLayer::Solid, true, 0});

  scene::Mesh box;
  addBox(box, {-2, -1, 0}, {2, 1, 1.5f}, math::packHex(0xFFFFFF), packSurface(kSurfaceBody), kNoObject);
  s.box = s.scene.meshes.add(std::move(box));
  s.post = s.scene.instances.addModel({"post", {{s.box, 0.f}}, 2.8f, 1.5f, true, false});
  s.car = s.scene.instances.addModel({"car", {{s.box, 0.f}}, 2.8f, 1.5f, true, true});
  for (int i = 0; i < 8; ++i) {
    const glm::vec3 at(-70.f + 20.f * static_cast<float>(i), -30.f, 0.f);
    s.posts.push_back(s.scene.instances.add(s.post, scene::standing(at, 0.3f * static_cast<float>(i), 2.f, 3.f, math::packHex(0x2D6BD2, 0), 7)));
  }
  scene::Instance moving = scene::standing({0, 0, 0}, 0, 2.f, 2.f, math::packHex(0xD7263D, 0), 3);
  s.mover = s.scene.instances.add(s.car, moving);
  s.scene.instances.setPoses(s.mover, {-40, -8, 0}, 0.f, 1000, {40, -8, 0}, 0.f, 3000, 0.f);
  s.lamp = s.scene.lights.add({{20, -20, 8}, 25.f, {1, 0.85f, 0.65f}, 1.f});
  s.scene.ground = {64, 64, {-200, -200}, {400, 400}, std::vector<uint8_t>(64 * 64, 255), 1};
  s.scene.bounds = {{-200, -200, 0}, {200, 200, 60}};
  scene::Environment& e = s.scene.environment;
  e.sunDirection = glm::normalize(glm::vec3(-0.5f, -0.6f, 0.8f));
  e.sunColor = glm::vec3(1.4f, 1.3f, 1.15f);
  e.groundAmbient = glm::vec3(0.25f);
  return s;
}

inline void makeNight(scene::Scene& s) {
  scene::Environment& e = s.environment;
  e.sunVisibility = 0;
  e.sunColor = glm::vec3(0);
  e.skyZenith = {0.006f, 0.01f, 0.02f};
  e.skyHorizon = {0.012f, 0.02f, 0.04f};
  e.skyGlow = glm::vec3(0);
  e.groundAmbient = glm::vec3(0.01f);
  e.fogColor = {0.012f, 0.02f, 0.04f};
  e.nightFactor = 1;
  e.hour = 22;
}

inline scene::View overview(uint32_t width, uint32_t height) {
  scene::View v;
  v.camera = scene::lookAt({0, 0, 5}, 220, 0.2, -0.6, 0.6);
  v.width = width;
  v.height = height;
  return v;
}

}  // namespace small
