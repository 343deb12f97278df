// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "engine/math/pack.h"
#include "engine/scene/scene.h"
#include "twin/city/city.h"

namespace city_test {

/// A library that has every model the city asks for: small boxes.
inline void addModels(scene::Scene& scene) {
  for (const char* name : {"zelkova",
                           "ginkgo",
                           "cherry",
                           "pine",
                           "oak",
                           "metasequoia",
                           "lamp",
                           "lamp_park",
                           "signal_mast",
                           "signal_ped",
                           "cctv_pole",
                           "lpr",
                           "rsu",
                           "speed_display",
                           "air_station",
                           "noise_sensor",
                           "weather_station",
                           "flood_sensor",
                           "waste_bin",
                           "ev_charger",
                           "media_wall",
                           "emergency_bell",
                           "wifi",
                           "bus_stop",
                           "shuttle_stop",
                           "metro_exit"}) {
    scene::Mesh mesh;
    for (int i = 0; i < 8; ++i) {
      const glm::vec3 p(i & 1 ? 0.5f : -0.5f, i & 2 ? 0.5f : -0.5f, i & 4 ? 1.f : 0.f);
      mesh.vertices.push_back({p, math::packNormal({0, 0, 1}), 0xffffffffu, math::packSurfaceUv({0, 0}), 0,
                               gpu_types::kNoObject});
    }
    mesh.indices = {0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4,
                    2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5};
    scene::Model model;
    model.name = name;
    model.levels = {{scene.meshes.add(std::move(mesh)), 0}};
    scene.instances.addModel(std::move(model));
  }
}

/// Octahedral normal of a vertex, as the shader reads it.
inline glm::vec3 normalOf(const scene::Vertex& vertex) {
  const glm::vec2 e = glm::unpackSnorm2x16(vertex.normal);
  glm::vec3 n(e, 1 - std::abs(e.x) - std::abs(e.y));
  if (n.z < 0) {
    const glm::vec2 folded((1 - std::abs(n.y)) * (n.x >= 0 ? 1.f : -1.f),
                           (1 - std::abs(n.x)) * (n.y >= 0 ? 1.f : -1.f));
    n.x = folded.x;
    n.y = folded.y;
  }
  return glm::normalize(n);
}

/// Indices in range, everything finite, ground facing up, object rows known.
inline void checkMeshes(const scene::Scene& scene, const city::City& city) {
  scene.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& batch) {
    const scene::Mesh* mesh = scene.meshes.find(batch.mesh);
    ASSERT_NE(mesh, nullptr);
    SCOPED_TRACE(mesh->name);
    ASSERT_EQ(mesh->indices.size() % 3, 0u);
    size_t outOfRange = 0, notFinite = 0, badObject = 0, down = 0, badNormal = 0;
    for (const uint32_t index : mesh->indices) outOfRange += index >= mesh->vertices.size();
    ASSERT_EQ(outOfRange, 0u);
    for (const scene::Vertex& v : mesh->vertices) {
      notFinite +=
          !std::isfinite(v.position.x) || !std::isfinite(v.position.y) || !std::isfinite(v.position.z);
      badObject += v.object != gpu_types::kNoObject && v.object >= city.objectOwner.size();
      badNormal += std::abs(glm::length(normalOf(v)) - 1) > 0.01f;
    }
    const bool ground = batch.layer == scene::StaticLayer::Terrain ||
                        batch.layer == scene::StaticLayer::GroundDetail || mesh->name.starts_with("roads") ||
                        mesh->name.starts_with("areas") || mesh->name.starts_with("sidewalk");
    if (ground) {
      for (size_t i = 0; i < mesh->indices.size(); i += 3) {
        const glm::dvec3 a(mesh->vertices[mesh->indices[i]].position);
        const glm::dvec3 b(mesh->vertices[mesh->indices[i + 1]].position);
        const glm::dvec3 c(mesh->vertices[mesh->indices[i + 2]].position);
        down += glm::cross(b - a, c - a).z < -1e-3;
      }
    }
    EXPECT_EQ(notFinite, 0u);
    EXPECT_EQ(badObject, 0u);
    EXPECT_EQ(badNormal, 0u);
    EXPECT_EQ(down, 0u) << "of " << mesh->indices.size() / 3 << " triangles face down";
  });
}

}  // namespace city_test
