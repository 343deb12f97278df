// SPDX-License-Identifier: Apache-2.0
// One street corner with something of every matter, to look at light: roads, crosswalks, facades of
// each use, trees, vehicles, lamps, water, a proposal, lines and marks.
#pragma once

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/import/model_library.h"
#include "engine/math/pack.h"
#include "engine/scene/scene.h"
#include "engine/scene/view.h"

namespace look {

using gpu_types::packSurface;

struct Paint {
  uint32_t rgb;
  uint32_t surface;
  uint32_t object = gpu_types::kNoObject;
};

/// A quad counter-clockwise from outside, with its surface coordinates and openness per corner.
inline void quad(scene::Mesh& m, const glm::vec3 (&p)[4], const glm::vec2 (&uv)[4], const Paint& paint, const uint8_t (&open)[4]) {
  const auto first = static_cast<uint32_t>(m.vertices.size());
  const glm::vec3 n = glm::normalize(glm::cross(p[1] - p[0], p[3] - p[0]));
  for (int i = 0; i < 4; ++i)
    m.vertices.push_back({p[i], math::packNormal(n), math::packHex(paint.rgb, open[i]), math::packSurfaceUv(uv[i]), paint.surface, paint.object});
  for (const uint32_t k : {0u, 1u, 2u, 0u, 2u, 3u}) m.indices.push_back(first + k);
}

/// A flat rectangle; u runs across (x), v along (y).
inline void flat(scene::Mesh& m, glm::vec2 low, glm::vec2 high, float z, const Paint& paint, bool alongX = false) {
  const glm::vec2 c = (low + high) * 0.5f;
  const glm::vec3 p[4] = {{low.x, low.y, z}, {high.x, low.y, z}, {high.x, high.y, z}, {low.x, high.y, z}};
  glm::vec2 uv[4];
  for (int i = 0; i < 4; ++i) uv[i] = alongX ? glm::vec2(c.y - p[i].y, p[i].x - low.x) : glm::vec2(p[i].x - c.x, p[i].y - low.y);
  quad(m, p, uv, paint, {255, 255, 255, 255});
}

/// A house: walls with storeys, a roof with a parapet's shadow and plant on it.
inline void house(scene::Mesh& m, glm::vec2 low, glm::vec2 high, float height, uint32_t use, uint32_t seed, uint32_t wall, uint32_t object) {
  const Paint walls{wall, packSurface(gpu_types::kSurfaceFacade, use, seed), object};
  const glm::vec2 c[5] = {{low.x, low.y}, {high.x, low.y}, {high.x, high.y}, {low.x, high.y}, {low.x, low.y}};
  float u = 0;
  for (int i = 0; i < 4; ++i) {
    const float length = glm::length(c[i + 1] - c[i]);
    const glm::vec3 p[4] = {{c[i], 0}, {c[i + 1], 0}, {c[i + 1], height}, {c[i], height}};
    const glm::vec2 uv[4] = {{u, 0}, {u + length, 0}, {u + length, height}, {u, height}};
    quad(m, p, uv, walls, {150, 150, 255, 255});
    u += length;
  }
  flat(m, low, high, height, {0xCFC8BC, packSurface(gpu_types::kSurfaceRoof, 0, seed), object});
  const glm::vec2 size = high - low;
  const glm::vec2 a = low + size * 0.3f;
  const glm::vec2 b = low + size * 0.55f;
  const Paint plant{0xB9B2A6, packSurface(gpu_types::kSurfacePlain), object};
  const glm::vec2 d[5] = {{a.x, a.y}, {b.x, a.y}, {b.x, b.y}, {a.x, b.y}, {a.x, a.y}};
  for (int i = 0; i < 4; ++i) {
    const glm::vec3 p[4] = {{d[i], height}, {d[i + 1], height}, {d[i + 1], height + 2.5f}, {d[i], height + 2.5f}};
    quad(m, p, {{0, 0}, {1, 0}, {1, 1}, {0, 1}}, plant, {200, 200, 255, 255});
  }
  flat(m, a, b, height + 2.5f, plant);
}

struct LookScene {
  scene::Scene scene;
  uint32_t firstHouse = 0;
  scene::InstanceId taxi;
};

inline uint32_t roll(uint32_t& state) { return state = state * 1664525u + 1013904223u, state >> 8; }

inline void addGround(scene::Scene& s) {
  using namespace gpu_types;
  scene::Mesh terrain;
  const Paint meadow{0xA9B58C, packSurface(kSurfaceTerrain)};
  for (int y = -20; y < 20; ++y)
    for (int x = -20; x < 20; ++x) {
      // Hills in the north and far south, flat where the town is.
      const auto h = [](float px, float py) {
        const float r = std::max(std::sqrt(px * px + py * py) - 330.f, 0.f) / 600.f;
        return 60.f * r * r * (1.2f + std::sin(px * 0.004f) + 0.6f * std::cos(py * 0.007f));
      };
      const float x0 = static_cast<float>(x) * 60.f, y0 = static_cast<float>(y) * 60.f;
      const glm::vec3 p[4] = {{x0, y0, h(x0, y0)}, {x0 + 60, y0, h(x0 + 60, y0)}, {x0 + 60, y0 + 60, h(x0 + 60, y0 + 60)}, {x0, y0 + 60, h(x0, y0 + 60)}};
      const bool wood = h(x0, y0) > 12.f && ((x * 7 + y * 13) & 3) != 0;
      const bool town = std::abs(x0) < 300 && std::abs(y0) < 300;
      quad(terrain, p, {{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {wood ? 0x7D8C66u : town ? 0xC6C4ACu : meadow.rgb, meadow.surface}, {255, 255, 255, 255});
    }
  s.statics.add({s.meshes.add(std::move(terrain)), scene::StaticLayer::Terrain, false, 0});

  scene::Mesh ground;
  scene::Mesh detail;
  const uint32_t wide = packRoadSeed(2, 2, false, true, 33, 1);
  const uint32_t narrow = packRoadSeed(1, 1, false, false, 32, 3);
  flat(ground, {-6.6f, -400}, {6.6f, -9}, 0.02f, {0x4B4F55, packSurface(kSurfaceRoad, 0, wide)});
  flat(ground, {-6.6f, 9}, {6.6f, 400}, 0.02f, {0x4B4F55, packSurface(kSurfaceRoad, 0, wide)});
  flat(ground, {-400, -3.2f}, {-9, 3.2f}, 0.02f, {0x4B4F55, packSurface(kSurfaceRoad, 0, narrow)}, true);
  flat(ground, {9, -3.2f}, {400, 3.2f}, 0.02f, {0x4B4F55, packSurface(kSurfaceRoad, 0, narrow)}, true);
  flat(detail, {-9, -9}, {9, 9}, 0.03f, {0x4B4F55, packSurface(kSurfaceJunction)});
  for (const float side : {-1.f, 1.f}) {
    const float a = std::min(side * 12.f, side * 16.f);
    flat(detail, {-6.6f, a}, {6.6f, a + 4}, 0.04f, {0x4B4F55, packSurface(kSurfaceCrosswalk)});
    for (const float across : {-1.f, 1.f}) {
      const float x0 = across > 0 ? 6.6f : -11.1f;
      const float y0 = side > 0 ? 7.f : -400.f;
      flat(ground, {x0, y0}, {x0 + 4.5f, y0 + 393.f}, 0.14f, {0xD9D4CA, packSurface(kSurfacePaving)});
    }
  }
  flat(ground, {20, -110}, {70, -78}, 0.02f, {0x63666A, packSurface(kSurfaceParking)});
  flat(ground, {-70, -160}, {-20, -100}, 0.02f, {0x8FA96F, packSurface(kSurfacePitch)});
  s.statics.add({s.meshes.add(std::move(ground)), scene::StaticLayer::Ground, false, 0});
  s.statics.add({s.meshes.add(std::move(detail)), scene::StaticLayer::GroundDetail, false, 0});

  scene::Mesh water;
  flat(water, {-160, 120}, {-60, 190}, 0.1f, {0x5E8FA6, packSurface(kSurfaceWater)});
  const uint32_t proposal = s.statics.addObject();
  house(water, {40, 130}, {70, 160}, 44, kUseOffice, 9, 0xFFFFFF, proposal);
  for (scene::Vertex& v : water.vertices)
    if (v.object == proposal) v.surface = packSurface(kSurfaceGhost);
  s.statics.add({s.meshes.add(std::move(water)), scene::StaticLayer::Transparent, false, 0});
}

inline void addHouses(LookScene& l) {
  using namespace gpu_types;
  scene::Mesh mesh;
  constexpr uint32_t kWalls[] = {0xEFEBE3, 0xE3DDD2, 0xD8D0C4};
  uint32_t state = 7;
  bool first = true;
  const auto add = [&](glm::vec2 low, glm::vec2 size, float height, uint32_t use) {
    const uint32_t object = l.scene.statics.addObject();
    if (first) l.firstHouse = object;
    first = false;
    house(mesh, low, low + size, height, use, roll(state) & 0xffff, kWalls[roll(state) % 3], object);
  };
  for (int i = 0; i < 9; ++i) {
    const float y = -280.f + 62.f * static_cast<float>(i);
    if (std::abs(y) < 20 || (y > -115 && y < -70)) continue;
    add({14, y}, {30, 40}, 20.f + 4.f * static_cast<float>(roll(state) % 6), i % 3 == 1 ? kUseShop : kUseOffice);
    add({-46, y}, {30, 36}, i % 2 ? 15.2f : 28.f, i % 2 ? kUseShop : kUseOffice);
  }
  for (int i = 0; i < 4; ++i) add({-130, -60.f - 55.f * static_cast<float>(i)}, {14, 40}, 55.f + 2.9f * static_cast<float>(i), kUseApartment);
  for (int i = 0; i < 4; ++i) add({100 + 34.f * static_cast<float>(i), 30}, {26, 12}, 58, kUseApartment);
  for (int i = 0; i < 12; ++i) add({90.f + 22.f * static_cast<float>(i % 4), -40.f - 24.f * static_cast<float>(i / 4)}, {11, 10}, 7.f, kUseDetached);
  add({90, -190}, {90, 60}, 30, kUseMall);
  add({195, -190}, {40, 60}, 23, kUseParking);
  add({-130, 20}, {40, 36}, 16, kUseCulture);
  l.scene.statics.add({l.scene.meshes.add(std::move(mesh)), scene::StaticLayer::Solid, true, 0});
}

inline void addThings(LookScene& l, bool night) {
  using namespace gpu_types;
  scene::Scene& s = l.scene;
  uint32_t state = 99;
  const auto put = [&](const char* model, glm::vec3 at, float yaw, float scale, uint32_t color, uint32_t bits) {
    const scene::ModelId id = s.instances.findModel(model);
    if (s.instances.model(id) == nullptr) return scene::InstanceId{};
    scene::Instance i = scene::standing(at, yaw, scale, scale, color, roll(state));
    i.state = bits;
    return s.instances.add(id, i);
  };
  constexpr const char* kTrees[] = {"zelkova", "ginkgo", "cherry"};
  for (int i = 0; i < 60; ++i) {
    const float y = -290.f + 10.f * static_cast<float>(i);
    if (std::abs(y) < 22) continue;
    const float scale = 7.f + 3.f * static_cast<float>(roll(state) & 255u) / 255.f;
    put(kTrees[0], {-10.2f, y, 0.14f}, static_cast<float>(i), scale, 0xffffffff, 0);
    put(kTrees[1], {10.2f, y + 4, 0.14f}, static_cast<float>(i) * 2, scale, 0xffffffff, 0);
  }
  for (int i = 0; i < 220; ++i) {
    const float a = static_cast<float>(roll(state) & 0xffff) / 65536.f * 6.2831853f;
    const float r = 190.f + 130.f * static_cast<float>(roll(state) & 0xffff) / 65536.f;
    const glm::vec3 at(r * std::cos(a), r * std::sin(a), 0);
    if (std::abs(at.x) < 50 || std::abs(at.y) < 8) continue;
    if (at.x > 80 && at.y > -200 && at.y < 60) continue;
    put(i % 3 ? "oak" : "pine", at, a * 9, 9.f, 0xffffffff, 0);
  }
  const uint32_t lamps = night ? kStateLampOn | 230u << kStateLevelShift : 0u;
  for (int i = 0; i < 20; ++i) {
    const float y = -285.f + 30.f * static_cast<float>(i);
    for (const float side : {-1.f, 1.f}) {
      put("lamp", {side * 7.4f, y, 0.14f}, side > 0 ? 3.1416f : 0.f, 1.f, 0xffffffff, lamps);
      if (night) s.lights.add({{side * 5.4f, y, 8.f}, 22.f, {1.0f, 0.86f, 0.66f}, 0.9f});
    }
  }
  const uint32_t headlights = night ? kStateHeadlights : 0u;
  constexpr const char* kCars[] = {"car_sedan", "car_suv", "car_hatch", "taxi", "van", "bus"};
  constexpr uint32_t kPaints[] = {0xE8E6E1, 0x9A9D9F, 0x5B5F63, 0xFF9F1C, 0xCFCBC2, 0x2D6BD2};
  for (int i = 0; i < 46; ++i) {
    const uint32_t kind = roll(state) % 6;
    const bool up = (i & 1) != 0;
    const float y = -280.f + 12.5f * static_cast<float>(i);
    if (std::abs(y) < 18) continue;
    const float x = (up ? 1.f : -1.f) * (i % 4 < 2 ? 1.65f : 4.95f);
    const bool brake = up ? y < -14 && y > -70 : y > 14 && y < 70;
    const auto id = put(kCars[kind], {x, y, 0.03f}, up ? 1.5708f : -1.5708f, 1.f, math::packHex(kPaints[kind], 0), headlights | (brake ? kStateBrake : 0u) | (i == 20 ? kStateIndicatorLeft : 0u));
    if (kind == 3) l.taxi = id;
  }
  put("shuttle", {4.95f, -30.f, 0.03f}, 1.5708f, 1.f, math::packHex(0x00B8C8, 0), headlights);
  put("shuttle", {-1.65f, 60.f, 0.03f}, -1.5708f, 1.f, math::packHex(0x00B8C8, 0), headlights);
  put("signal_mast", {8.2f, 10.5f, 0.14f}, -1.5708f, 1.f, 0xffffffff, 1u << kStateLevelShift);
  put("signal_mast", {-8.2f, -10.5f, 0.14f}, 1.5708f, 1.f, 0xffffffff, 1u << kStateLevelShift);
  put("signal_mast", {10.2f, -8.5f, 0.14f}, 3.1416f, 1.f, 0xffffffff, 4u << kStateLevelShift);
  put("signal_ped", {7.6f, -12.f, 0.14f}, 1.5f, 1.f, 0xffffffff, 2u << kStateLevelShift);
  put("bus_stop", {9.f, -44.f, 0.14f}, 1.5708f, 1.f, 0xffffffff, 0);
  put("media_wall", {13.f, -52.f, 0.f}, 3.1416f, 1.f, math::packHex(0x00B8C8), 220u << kStateLevelShift);
  for (int i = 0; i < 10; ++i) put("person", {8.2f + 0.3f * static_cast<float>(i % 3), -40.f + 5.f * static_cast<float>(i), 0.14f}, static_cast<float>(i), 1.f, math::packHex(0x6B7078), 0);
  put("mark_pin", {30, -95, 0.f}, 0, 1.f, math::packHex(0x00C73C), 8u);
  put("mark_pin", {40, -95, 0.f}, 0, 1.f, math::packHex(0x00C73C), 60u | 1u << kStateQualityShift);
  put("mark_pin", {50, -95, 0.f}, 0, 1.f, math::packHex(0x00C73C), 255u | 2u << kStateQualityShift);
  put("mark_gauge", {60, -95, 0.f}, 0, 1.f, math::packHex(0xFF9F1C), 150u << kStateLevelShift);

  s.lines.add({{{4.95f, -300, 0.4f}, {4.95f, 300, 0.4f}}, math::packHex(0x00B8C8), 5, 0, 8.f, false, false, true});
  s.lines.add({{{-300, 8, 0.4f}, {-60, 8, 0.4f}, {-60, 100, 0.4f}, {-180, 100, 0.4f}}, math::packHex(0x7A5CFF), 3, 0, 0.f, true, true, true});
}

/// `models`: assets/models of the source tree.
inline LookScene makeLookScene(const std::filesystem::path& models, bool night) {
  LookScene l;
  const base::Result<int> loaded = importing::loadModelLibrary(models, l.scene);
  (void)loaded;  // without models the corner still stands
  addGround(l.scene);
  addHouses(l);
  addThings(l, night);
  l.scene.ground = {512, 512, {-320, -320}, {640, 640}, std::vector<uint8_t>(512 * 512, 255), 1};
  l.scene.bounds = {{-420, -420, 0}, {420, 420, 70}};
  return l;
}

inline scene::View overview(uint32_t width, uint32_t height) {
  scene::View v;
  v.camera = scene::lookAt({0, 20, 5}, 620, 0.5, -0.42, 0.56);
  v.width = width;
  v.height = height;
  return v;
}

inline scene::View street(uint32_t width, uint32_t height) {
  scene::View v;
  v.camera = scene::lookAt({0, -10, 4}, 70, 0.12, -0.12, 0.87);
  v.width = width;
  v.height = height;
  return v;
}

}  // namespace look
