// SPDX-License-Identifier: Apache-2.0
#include "twin/city/picking.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace city {
namespace {

constexpr uint32_t kLeafTriangles = 6;

/// Distance along a ray to a triangle (Moeller and Trumbore 1997), both sides; negative: none.
double hitTriangle(glm::dvec3 o, glm::dvec3 d, glm::dvec3 a, glm::dvec3 b, glm::dvec3 c) {
  const glm::dvec3 ab = b - a;
  const glm::dvec3 ac = c - a;
  const glm::dvec3 p = glm::cross(d, ac);
  const double determinant = glm::dot(ab, p);
  if (std::abs(determinant) < 1e-14) return -1;
  const glm::dvec3 s = o - a;
  const double u = glm::dot(s, p) / determinant;
  if (u < 0 || u > 1) return -1;
  const glm::dvec3 q = glm::cross(s, ab);
  const double v = glm::dot(d, q) / determinant;
  if (v < 0 || u + v > 1) return -1;
  return glm::dot(ac, q) / determinant;
}

bool hitBox(glm::dvec3 o, glm::dvec3 inverse, glm::vec3 low, glm::vec3 high, double reach) {
  double enter = 0;
  double leave = reach;
  for (int k = 0; k < 3; ++k) {
    const double a = (low[k] - o[k]) * inverse[k];
    const double b = (high[k] - o[k]) * inverse[k];
    if (std::isnan(a) || std::isnan(b)) continue;  // on the slab's plane, along it
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
  }
  return enter <= leave;
}

/// What lies on what where surfaces nearly touch, metres: as the renderer's layers decide.
double layerBias(scene::StaticLayer layer) {
  switch (layer) {
    case scene::StaticLayer::Terrain:
      return 0.3;
    case scene::StaticLayer::GroundDetail:
      return -0.02;
    default:
      return 0;
  }
}

std::array<glm::vec3, 3> cornersOf(const scene::Mesh& mesh, uint32_t triangle) {
  return {mesh.vertices[mesh.indices[3 * triangle]].position,
          mesh.vertices[mesh.indices[3 * triangle + 1]].position,
          mesh.vertices[mesh.indices[3 * triangle + 2]].position};
}

}  // namespace

RayCaster::RayCaster(const scene::Scene& scene) : scene_(scene) {
  scene.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& source) {
    const scene::Mesh* mesh = scene.meshes.find(source.mesh);
    if (mesh == nullptr || mesh->indices.empty()) return;
    Batch batch{source.mesh, source.layer, source.maxDistance, {}, {}};
    batch.triangles.resize(mesh->indices.size() / 3);
    std::iota(batch.triangles.begin(), batch.triangles.end(), 0u);
    batch.nodes.push_back({{}, {}, 0, static_cast<uint32_t>(batch.triangles.size())});
    split(batch, *mesh, 0, 0);
    batches_.push_back(std::move(batch));
  });
}

void RayCaster::split(Batch& batch, const scene::Mesh& mesh, uint32_t index, int depth) const {
  const uint32_t first = batch.nodes[index].first;
  const uint32_t count = batch.nodes[index].count;
  math::Bounds bounds;
  for (uint32_t i = first; i < first + count; ++i) {
    for (const glm::vec3& p : cornersOf(mesh, batch.triangles[i])) bounds.add(p);
  }
  batch.nodes[index].low = bounds.low;
  batch.nodes[index].high = bounds.high;
  if (count <= kLeafTriangles || depth > 40) return;
  const glm::vec3 size = bounds.high - bounds.low;
  const int axis = size.x >= size.y && size.x >= size.z ? 0 : size.y >= size.z ? 1 : 2;
  const auto middle = [&](uint32_t t) {
    const auto c = cornersOf(mesh, t);
    return c[0][axis] + c[1][axis] + c[2][axis];
  };
  const auto begin = batch.triangles.begin() + first;
  std::nth_element(begin, begin + count / 2, begin + count,
                   [&](uint32_t a, uint32_t b) { return middle(a) < middle(b); });
  const auto children = static_cast<uint32_t>(batch.nodes.size());
  batch.nodes[index].first = children;
  batch.nodes[index].count = 0;
  batch.nodes.push_back({{}, {}, first, count / 2});
  batch.nodes.push_back({{}, {}, first + count / 2, count - count / 2});
  split(batch, mesh, children, depth + 1);
  split(batch, mesh, children + 1, depth + 1);
}

void RayCaster::castBatch(const Batch& batch, glm::dvec3 o, glm::dvec3 d, RayHit& best) const {
  const scene::Mesh* mesh = scene_.meshes.find(batch.mesh);
  if (mesh == nullptr) return;
  if (batch.maxDistance > 0) {
    const glm::dvec3 nearest = glm::clamp(o, glm::dvec3(mesh->bounds.low), glm::dvec3(mesh->bounds.high));
    if (glm::distance(nearest, o) > batch.maxDistance) return;
  }
  const glm::dvec3 inverse = 1.0 / d;
  const double bias = layerBias(batch.layer);
  std::vector<uint32_t> stack{0};
  while (!stack.empty()) {
    const Node& node = batch.nodes[stack.back()];
    stack.pop_back();
    if (!hitBox(o, inverse, node.low, node.high, best.distance + 1)) continue;
    if (node.count == 0) {
      stack.insert(stack.end(), {node.first, node.first + 1});
      continue;
    }
    for (uint32_t i = node.first; i < node.first + node.count; ++i) {
      const auto corners = cornersOf(*mesh, batch.triangles[i]);
      const double t = hitTriangle(o, d, corners[0], corners[1], corners[2]);
      if (t < 0 || t + bias >= best.distance) continue;
      const uint32_t object = mesh->vertices[mesh->indices[3 * batch.triangles[i]]].object;
      if (object != gpu_types::kNoObject && (scene_.statics.object(object).state & gpu_types::kStateHidden))
        continue;
      best = {o + d * t, object == gpu_types::kNoObject ? 0 : object + 1, t + bias};
    }
  }
}

void RayCaster::castInstances(glm::dvec3 o, glm::dvec3 d, uint32_t timeMs, RayHit& best) const {
  scene_.instances.rows().forEach([&](scene::InstanceId, const scene::InstanceRow& row) {
    if (row.gpu.state & gpu_types::kStateHidden) return;
    const scene::Model* model = scene_.instances.model(row.model);
    if (model == nullptr || model->levels.empty()) return;
    const glm::dvec2 scale(glm::unpackHalf2x16(row.gpu.scale));
    const glm::dvec3 foot(scene::positionAt(row.gpu, timeMs));
    const double radius = model->radius * std::max(scale.x, scale.y);
    const double along = std::clamp(glm::dot(foot - o, d), 0.0, best.distance + radius);
    if (glm::distance(o + d * along, foot) > radius) return;
    const scene::Mesh* mesh = scene_.meshes.find(model->levels[0].mesh);
    if (mesh == nullptr) return;
    const double yaw = scene::yawAt(row.gpu, timeMs);
    const glm::dvec2 turn(std::cos(yaw), std::sin(yaw));
    const glm::dvec2 tilt(std::cos(static_cast<double>(row.gpu.pitch)),
                          std::sin(static_cast<double>(row.gpu.pitch)));
    const auto placed = [&](const glm::vec3& v) {
      const glm::dvec3 s(v.x * scale.x, v.y * scale.x, v.z * scale.y);
      const glm::dvec3 p(s.x * tilt.x - s.z * tilt.y, s.y, s.x * tilt.y + s.z * tilt.x);
      return foot + glm::dvec3(p.x * turn.x - p.y * turn.y, p.x * turn.y + p.y * turn.x, p.z);
    };
    for (uint32_t i = 0; i < mesh->indices.size() / 3; ++i) {
      const auto corners = cornersOf(*mesh, i);
      const double t = hitTriangle(o, d, placed(corners[0]), placed(corners[1]), placed(corners[2]));
      if (t >= 0 && t < best.distance) best = {o + d * t, row.gpu.pick, t};
    }
  });
}

std::optional<RayHit> RayCaster::cast(glm::dvec3 origin, glm::dvec3 direction, uint32_t timeMs,
                                      double reach) const {
  const double length = glm::length(direction);
  if (!(length > 0)) return std::nullopt;
  const glm::dvec3 d = direction / length;
  RayHit best{.point = {}, .pick = 0, .distance = reach};
  for (const Batch& batch : batches_) castBatch(batch, origin, d, best);
  castInstances(origin, d, timeMs, best);
  if (best.distance >= reach) return std::nullopt;
  best.distance = glm::distance(best.point, origin);
  return best;
}

std::optional<RayHit> castRay(const scene::Scene& scene, glm::dvec3 origin, glm::dvec3 direction,
                              uint32_t timeMs) {
  return RayCaster(scene).cast(origin, direction, timeMs);
}

std::optional<glm::dvec3> hitGround(const HeightField& terrain, glm::dvec3 origin, glm::dvec3 direction) {
  constexpr double kReach = 50'000;
  if (!(glm::length(direction) > 0)) return std::nullopt;
  const glm::dvec3 d = glm::normalize(direction);
  const auto above = [&](double t) {
    const glm::dvec3 p = origin + d * t;
    return p.z - terrain.at(p.x, p.y);
  };
  if (above(0) < 0) return std::nullopt;
  double before = 0;
  for (double t = 0; t < kReach;) {
    const double height = above(t);
    if (height <= 0) {
      double low = before;
      double high = t;
      for (int i = 0; i < 40; ++i) (above((low + high) / 2) > 0 ? low : high) = (low + high) / 2;
      return origin + d * high;
    }
    before = t;
    t += std::max(0.5, height * 0.7);  // slopes of the ground stay below 45 degrees
  }
  return std::nullopt;
}

}  // namespace city
