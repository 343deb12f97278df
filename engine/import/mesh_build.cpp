// SPDX-License-Identifier: Apache-2.0
#include "engine/import/mesh_build.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/ensure.h"

namespace importing {
namespace {

constexpr float kUvLimit = 500.f;  // packSurfaceUv holds -512 .. 511.98
constexpr float kTurn = 2.f * std::numbers::pi_v<float>;

/// The multiple of 64 m that lies nearest to the middle of the points.
glm::vec2 uvOrigin(std::span<const glm::vec2> points) {
  glm::vec2 low(1e30f);
  glm::vec2 high(-1e30f);
  for (const glm::vec2& p : points) {
    low = glm::min(low, p);
    high = glm::max(high, p);
  }
  return glm::round((low + high) * 0.5f / 64.f) * 64.f;
}

std::vector<glm::vec2> allPoints(std::span<const glm::vec2> outer, std::span<const Ring> holes) {
  std::vector<glm::vec2> points(outer.begin(), outer.end());
  for (const Ring& hole : holes) points.insert(points.end(), hole.begin(), hole.end());
  return points;
}

bool unitNormal(glm::vec3 a, glm::vec3 b, glm::vec3 c, glm::vec3& normal) {
  const glm::vec3 n = glm::cross(b - a, c - a);
  const float length = glm::length(n);
  if (!(length > 1e-9f)) return false;
  normal = n / length;
  return true;
}

}  // namespace

uint32_t withOpenness(uint32_t color, float openness) {
  const auto alpha = static_cast<uint32_t>(std::lround(std::clamp(openness, 0.f, 1.f) * 255.f));
  return (color & 0x00ffffffu) | alpha << 24;
}

uint32_t MeshBuilder::addVertex(glm::vec3 position, glm::vec3 normal, glm::vec2 uv) {
  return addVertex(position, normal, uv, paint_.color);
}

uint32_t MeshBuilder::addVertex(glm::vec3 position, glm::vec3 normal, glm::vec2 uv, uint32_t color) {
  mesh_.vertices.push_back({position, math::packNormal(normal), color, math::packSurfaceUv(uv), paint_.surface, paint_.object});
  return static_cast<uint32_t>(mesh_.vertices.size() - 1);
}

void MeshBuilder::addTriangle(const std::array<glm::vec3, 3>& corners, const std::array<glm::vec2, 3>& uv) {
  glm::vec3 normal;
  if (!unitNormal(corners[0], corners[1], corners[2], normal)) return;
  const uint32_t first = addVertex(corners[0], normal, uv[0]);
  addVertex(corners[1], normal, uv[1]);
  addVertex(corners[2], normal, uv[2]);
  addIndices(first, first + 1, first + 2);
}

void MeshBuilder::addQuad(const std::array<glm::vec3, 4>& corners, const std::array<glm::vec2, 4>& uv) {
  glm::vec3 normal;
  if (!unitNormal(corners[0], corners[1], corners[2], normal) && !unitNormal(corners[0], corners[2], corners[3], normal)) return;
  const uint32_t first = addVertex(corners[0], normal, uv[0]);
  for (size_t i = 1; i < 4; ++i) addVertex(corners[i], normal, uv[i]);
  addIndices(first, first + 1, first + 2);
  addIndices(first, first + 2, first + 3);
}

void MeshBuilder::addPolygon(std::span<const glm::vec2> outer, float z, bool up, std::span<const Ring> holes) {
  const std::vector<uint32_t> triangles = triangulate(outer, holes);
  if (triangles.empty()) return;
  const glm::vec2 origin = uvOrigin(outer);
  const glm::vec3 normal(0, 0, up ? 1 : -1);
  const auto first = static_cast<uint32_t>(mesh_.vertices.size());
  for (const glm::vec2& p : allPoints(outer, holes)) addVertex(glm::vec3(p, z), normal, p - origin);
  for (size_t i = 0; i < triangles.size(); i += 3) {
    const uint32_t b = triangles[i + (up ? 1 : 2)];
    const uint32_t c = triangles[i + (up ? 2 : 1)];
    addIndices(first + triangles[i], first + b, first + c);
  }
}

void MeshBuilder::addDraped(std::span<const glm::vec2> outer, std::span<const float> heights, std::span<const Ring> holes) {
  const std::vector<glm::vec2> points = allPoints(outer, holes);
  ENSURE(heights.size() == points.size());
  const glm::vec2 origin = uvOrigin(outer);
  const auto corner = [&](uint32_t i) { return glm::vec3(points[i], heights[i]); };
  const std::vector<uint32_t> triangles = triangulate(outer, holes);
  for (size_t i = 0; i < triangles.size(); i += 3) {
    const uint32_t a = triangles[i];
    const uint32_t b = triangles[i + 1];
    const uint32_t c = triangles[i + 2];
    addTriangle({corner(a), corner(b), corner(c)}, {points[a] - origin, points[b] - origin, points[c] - origin});
  }
}

void MeshBuilder::addConvex(std::span<const glm::vec3> outline) {
  if (outline.size() < 3) return;
  glm::vec3 normal(0);
  for (size_t i = 0; i < outline.size(); ++i) normal += glm::cross(outline[i] - outline[0], outline[(i + 1) % outline.size()] - outline[0]);
  const float length = glm::length(normal);
  if (!(length > 1e-9f)) return;
  normal /= length;
  const glm::vec3 edge = outline[1] - outline[0];
  const glm::vec3 right = glm::dot(edge, edge) > 0 ? glm::normalize(edge) : glm::vec3(1, 0, 0);
  const glm::vec3 upward = glm::cross(normal, right);
  const auto first = static_cast<uint32_t>(mesh_.vertices.size());
  for (const glm::vec3& p : outline) addVertex(p, normal, {glm::dot(p - outline[0], right), glm::dot(p - outline[0], upward)});
  for (uint32_t i = 2; i < outline.size(); ++i) addIndices(first, first + i - 1, first + i);
}

void MeshBuilder::addWalls(std::span<const glm::vec2> ring, float z0, float z1, bool inward, float footOpenness) {
  if (ring.size() < 3 || !(z1 > z0)) return;
  std::vector<glm::vec2> points(ring.begin(), ring.end());
  if ((signedArea(ring) > 0) == inward) std::reverse(points.begin(), points.end());
  const uint32_t foot = withOpenness(paint_.color, static_cast<float>(paint_.color >> 24) / 255.f * footOpenness);
  float along = 0;
  for (size_t i = 0; i < points.size(); ++i) {
    const glm::vec2 a = points[i];
    const glm::vec2 b = points[(i + 1) % points.size()];
    const float length = glm::distance(a, b);
    if (!(length > 1e-4f)) continue;
    if (along + length > kUvLimit) along = 0;
    const glm::vec3 normal((b.y - a.y) / length, (a.x - b.x) / length, 0);
    const float end = along + length;
    const uint32_t first = addVertex({a, z0}, normal, {along, 0}, foot);
    addVertex({b, z0}, normal, {end, 0}, foot);
    addVertex({b, z1}, normal, {end, z1 - z0});
    addVertex({a, z1}, normal, {along, z1 - z0});
    addIndices(first, first + 1, first + 2);
    addIndices(first, first + 2, first + 3);
    along = end;
  }
}

void MeshBuilder::addPrism(std::span<const glm::vec2> outer, float z0, float z1, const Paint& roof,
                           std::span<const Ring> holes, float footOpenness) {
  addWalls(outer, z0, z1, false, footOpenness);
  for (const Ring& hole : holes) addWalls(hole, z0, z1, true, footOpenness);
  const Paint walls = paint_;
  paint_ = roof;
  addPolygon(outer, z1, true, holes);
  paint_ = walls;
}

void MeshBuilder::addBox(glm::vec3 centre, glm::vec3 half, float yaw, bool bottom) {
  const glm::vec2 x = glm::vec2(std::cos(yaw), std::sin(yaw)) * half.x;
  const glm::vec2 y = glm::vec2(-std::sin(yaw), std::cos(yaw)) * half.y;
  const glm::vec2 c(centre);
  const std::array<glm::vec2, 4> ring{c - x - y, c + x - y, c + x + y, c - x + y};
  addWalls(ring, centre.z - half.z, centre.z + half.z);
  addPolygon(ring, centre.z + half.z, true);
  if (bottom) addPolygon(ring, centre.z - half.z, false);
}

void MeshBuilder::addColumn(glm::vec3 foot, float radius, float topRadius, float height, int sides) {
  ENSURE(sides >= 3);
  const float slope = (radius - topRadius) / height;
  const auto n = static_cast<uint32_t>(sides);
  const auto first = static_cast<uint32_t>(mesh_.vertices.size());
  std::vector<glm::vec2> cap;
  for (uint32_t i = 0; i <= n; ++i) {
    const float angle = kTurn * static_cast<float>(i) / static_cast<float>(n);
    const glm::vec2 out(std::cos(angle), std::sin(angle));
    const glm::vec3 normal = glm::normalize(glm::vec3(out, slope));
    const float u = angle * radius;
    addVertex(foot + glm::vec3(out * radius, 0), normal, {u, 0});
    addVertex(foot + glm::vec3(out * topRadius, height), normal, {u, height});
    if (i < n) cap.push_back(glm::vec2(foot) + out * topRadius);
  }
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t a = first + 2 * i;
    addIndices(a, a + 2, a + 3);
    if (topRadius > 0) addIndices(a, a + 3, a + 1);
  }
  if (topRadius > 0) addPolygon(cap, foot.z + height);
}

void MeshBuilder::addEllipsoid(glm::vec3 centre, glm::vec3 radii, int sides, int rings) {
  ENSURE(sides >= 3 && rings >= 2);
  const auto n = static_cast<uint32_t>(sides);
  const auto m = static_cast<uint32_t>(rings);
  const auto first = static_cast<uint32_t>(mesh_.vertices.size());
  for (uint32_t r = 0; r <= m; ++r) {
    const float polar = kTurn / 2.f * (static_cast<float>(r) / static_cast<float>(m) - 0.5f);
    for (uint32_t i = 0; i <= n; ++i) {
      const float angle = kTurn * static_cast<float>(i) / static_cast<float>(n);
      const glm::vec3 out(std::cos(polar) * std::cos(angle), std::cos(polar) * std::sin(angle), std::sin(polar));
      addVertex(centre + out * radii, glm::normalize(out / radii), {angle * radii.x, polar * radii.z});
    }
  }
  for (uint32_t r = 0; r < m; ++r) {
    for (uint32_t i = 0; i < n; ++i) {
      const uint32_t a = first + r * (n + 1) + i;
      const uint32_t b = a + n + 1;
      if (r > 0) addIndices(a, a + 1, b + 1);
      if (r + 1 < m) addIndices(a, b + 1, b);
    }
  }
}

void MeshBuilder::addStrip(std::span<const glm::vec3> left, std::span<const glm::vec3> right,
                           std::span<const float> along, float acrossLeft, float acrossRight) {
  ENSURE(left.size() == right.size() && left.size() == along.size());
  const auto count = static_cast<uint32_t>(left.size());
  if (count < 2) return;
  float base = 0;  // whole multiples of 64 m are taken off `along` before it leaves the packable range
  uint32_t row = 0;
  const auto addRow = [&](uint32_t i) {
    const uint32_t before = i > 0 ? i - 1 : 0;
    const uint32_t after = std::min(i + 1, count - 1);
    glm::vec3 normal(0, 0, 1);
    const glm::vec3 forward = (left[after] + right[after]) - (left[before] + right[before]);
    const glm::vec3 n = glm::cross(right[i] - left[i], forward);
    if (glm::length(n) > 1e-9f) normal = glm::normalize(n);
    row = addVertex(left[i], normal, {acrossLeft, along[i] - base});
    addVertex(right[i], normal, {acrossRight, along[i] - base});
  };
  base = std::floor(along[0] / 64.f) * 64.f;
  addRow(0);
  for (uint32_t i = 1; i < count; ++i) {
    if (along[i] - base > kUvLimit) {
      base = std::floor(along[i - 1] / 64.f) * 64.f;
      addRow(i - 1);
    }
    const uint32_t a = row;
    addRow(i);
    addIndices(a, a + 1, row + 1);
    addIndices(a, row + 1, row);
  }
}

}  // namespace importing
