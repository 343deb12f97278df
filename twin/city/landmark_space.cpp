// SPDX-License-Identifier: Apache-2.0
#include "twin/city/landmark_space.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "twin/city/facade.h"

namespace city {
namespace {

constexpr float kFrontLevel = 2.f;  // metres above the ground where the facade shader draws shop fronts
constexpr float kTurn = 2.f * std::numbers::pi_v<float>;

}  // namespace

LandmarkSpace::LandmarkSpace(importing::MeshBuilder& mesh, const Building& building)
    : mesh_(mesh), building_(building), axis_(building.box.axis), half_(building.box.half) {}

void LandmarkSpace::turn(int quarters) {
  for (int i = 0; i < (quarters % 4 + 4) % 4; ++i) {
    axis_ = {-axis_.y, axis_.x};
    half_ = {half_.y, half_.x};
  }
}

void LandmarkSpace::face(float azimuth) {
  const glm::vec2 wanted(std::sin(azimuth), std::cos(azimuth));
  int best = 0;
  float bestDot = -2;
  for (int i = 0; i < 4; ++i) {
    const float d = glm::dot(axis_, wanted);
    if (d > bestDot + 1e-4f) {
      bestDot = d;
      best = i;
    }
    turn(1);
  }
  turn(best);
}

void LandmarkSpace::turnToCover(std::span<const glm::vec2> points) {
  const auto covered = [&] {
    return std::ranges::count_if(points, [&](glm::vec2 p) { return covers(p * half_); });
  };
  const auto before = covered();
  turn(2);
  if (covered() <= before) turn(2);
}

glm::vec3 LandmarkSpace::at(float x, float y, float z) const {
  const glm::vec2 side(-axis_.y, axis_.x);
  return {building_.box.centre + axis_ * x + side * y, building_.base + z};
}

Ring LandmarkSpace::outline() const {
  const glm::vec2 side(-axis_.y, axis_.x);
  Ring local;
  for (const glm::vec2& p : building_.footprint.outer) {
    const glm::vec2 d = p - building_.box.centre;
    local.emplace_back(glm::dot(d, axis_), glm::dot(d, side));
  }
  return local;
}

bool LandmarkSpace::covers(glm::vec2 local) const {
  return contains(building_.footprint.outer, glm::vec2(at(local.x, local.y, 0)));
}

void LandmarkSpace::surface(uint32_t kind, uint32_t rgb, float openness, uint32_t param) {
  rooflight_ = false;
  const auto seed = static_cast<uint32_t>(building_.seed & 0xffff);
  mesh_.setPaint({importing::withOpenness(math::packHex(rgb), openness),
                  gpu_types::packSurface(kind, param, seed), building_.object});
}

void LandmarkSpace::plain(uint32_t rgb, float openness) {
  surface(gpu_types::kSurfacePlain, rgb, openness);
}
void LandmarkSpace::roof(uint32_t rgb, float openness) {
  surface(gpu_types::kSurfaceRoof, rgb, openness);
}
void LandmarkSpace::glass(uint32_t rgb, float openness) {
  surface(gpu_types::kSurfaceGlass, rgb, openness);
}
void LandmarkSpace::facade(uint32_t use, uint32_t rgb, float openness) {
  surface(gpu_types::kSurfaceFacade, rgb, openness, use);
}

void LandmarkSpace::rooflight(uint32_t use, uint32_t rgb) {
  facade(use, rgb);
  rooflight_ = true;
}

void LandmarkSpace::walls(std::span<const glm::vec2> ring, float z0, float z1, float footOpenness,
                          float levelZ) {
  Ring world;
  for (const glm::vec2& p : ring) world.emplace_back(at(p.x, p.y, 0));
  const float base = building_.base;
  const float own = static_cast<float>(mesh_.paint().color >> 24) / 255.f;
  addFacade(mesh_, world, {base + z0, base + levelZ, base + z1},
            {.foot = footOpenness, .all = own, .split = z0 < 1.f && footOpenness < 1.f});
}

void LandmarkSpace::cap(std::span<const glm::vec2> ring, float z, bool up) {
  Ring world;
  for (const glm::vec2& p : ring) world.emplace_back(at(p.x, p.y, 0));
  mesh_.addPolygon(world, building_.base + z, up);
}

void LandmarkSpace::box(glm::vec3 low, glm::vec3 high, bool bottom) {
  const Ring ring = rectangle(low, high);
  walls(ring, low.z, high.z);
  cap(ring, high.z);
  if (bottom) cap(ring, low.z, false);
}

void LandmarkSpace::loft(std::span<const glm::vec3> from, std::span<const glm::vec3> to, bool closed) {
  const size_t n = std::min(from.size(), to.size());
  float along = -480;
  for (size_t i = 0; i + (closed ? 0 : 1) < n; ++i) {
    const size_t j = (i + 1) % n;
    const glm::vec3 a = at(from[i].x, from[i].y, from[i].z);
    const glm::vec3 b = at(from[j].x, from[j].y, from[j].z);
    const glm::vec3 c = at(to[j].x, to[j].y, to[j].z);
    const glm::vec3 d = at(to[i].x, to[i].y, to[i].z);
    const float end = along + glm::distance(a, b);
    const float up = glm::distance(a, d);
    mesh_.addQuad({a, b, c, d},
                  {glm::vec2(along, 0), glm::vec2(end, 0), glm::vec2(end, up), glm::vec2(along, up)});
    along = end > 480 ? -480 : end;
  }
}

void LandmarkSpace::smoothLoft(std::span<const glm::vec3> from, std::span<const glm::vec3> to, bool closed) {
  const size_t n = std::min(from.size(), to.size());
  if (n < 2) return;
  float along = -480;
  uint32_t before = 0;
  const size_t rows = closed ? n + 1 : n;
  for (size_t k = 0; k < rows; ++k) {
    const size_t i = k % n;
    const size_t previous = closed ? (i + n - 1) % n : (i == 0 ? 0 : i - 1);
    const size_t next = closed ? (i + 1) % n : std::min(i + 1, n - 1);
    const glm::vec3 a = at(from[i].x, from[i].y, from[i].z);
    const glm::vec3 d = at(to[i].x, to[i].y, to[i].z);
    const glm::vec3 p = at(from[previous].x, from[previous].y, from[previous].z);
    const glm::vec3 q = at(from[next].x, from[next].y, from[next].z);
    const glm::vec3 p2 = at(to[previous].x, to[previous].y, to[previous].z);
    const glm::vec3 q2 = at(to[next].x, to[next].y, to[next].z);
    glm::vec3 up = d - a;
    if (glm::length(up) < 1e-3f) up = i + 1 < n ? q2 - q : p2 - p;  // where the lines meet, the neighbour's
    const glm::vec3 n3 = glm::cross((q - p) + (q2 - p2), up);
    const glm::vec3 normal = glm::length(n3) > 1e-6f ? glm::normalize(n3) : glm::vec3(0, 0, 1);
    if (k > 0) along += glm::distance(at(from[(k - 1) % n].x, from[(k - 1) % n].y, from[(k - 1) % n].z), a);
    const uint32_t row = mesh_.addVertex(a, normal, {along, rooflight_ ? kFrontLevel : 0.f});
    mesh_.addVertex(d, normal, {along, rooflight_ ? kFrontLevel : glm::distance(a, d)});
    if (k > 0) {
      mesh_.addIndices(before, row, row + 1);
      mesh_.addIndices(before, row + 1, before + 1);
    }
    before = row;
  }
}

void LandmarkSpace::quad(const std::array<glm::vec3, 4>& c) {
  const float u = glm::distance(c[0], c[1]);
  const float v0 = rooflight_ ? kFrontLevel : 0.f;
  const float v = rooflight_ ? kFrontLevel : glm::distance(c[0], c[3]);
  mesh_.addQuad({at(c[0].x, c[0].y, c[0].z), at(c[1].x, c[1].y, c[1].z), at(c[2].x, c[2].y, c[2].z),
                 at(c[3].x, c[3].y, c[3].z)},
                {glm::vec2(0, v0), glm::vec2(u, v0), glm::vec2(u, v), glm::vec2(0, v)});
}

void LandmarkSpace::sheet(const std::array<glm::vec3, 4>& c) {
  quad(c);
  quad({c[0], c[3], c[2], c[1]});
}

void LandmarkSpace::bar(glm::vec3 a, glm::vec3 b, float width) {
  const glm::vec3 d = b - a;
  if (glm::length(d) < 1e-3f) return;
  const glm::vec3 f = glm::normalize(d);
  const glm::vec3 reference = std::abs(f.z) > 0.9f ? glm::vec3(1, 0, 0) : glm::vec3(0, 0, 1);
  const glm::vec3 r = glm::normalize(glm::cross(f, reference)) * (width * 0.5f);
  const glm::vec3 u = glm::normalize(glm::cross(r, f)) * (width * 0.5f);
  const std::array<glm::vec3, 4> s{-r - u, r - u, r + u, -r + u};
  for (size_t i = 0; i < 4; ++i) {
    const size_t j = (i + 1) % 4;
    quad({a + s[j], a + s[i], b + s[i], b + s[j]});
  }
}

void LandmarkSpace::column(glm::vec3 foot, float radius, float height, int sides) {
  mesh_.addColumn(at(foot.x, foot.y, foot.z), radius, radius, height, sides);
}

std::vector<glm::vec3> lifted(std::span<const glm::vec2> ring, float z) {
  std::vector<glm::vec3> points;
  points.reserve(ring.size());
  for (const glm::vec2& p : ring) points.emplace_back(p, z);
  return points;
}

Ring rectangle(glm::vec2 low, glm::vec2 high) {
  return {low, {high.x, low.y}, high, {low.x, high.y}};
}

Ring roundedRectangle(glm::vec2 low, glm::vec2 high, float radius, int steps) {
  radius = std::min({radius, (high.x - low.x) * 0.49f, (high.y - low.y) * 0.49f});
  const std::array<glm::vec2, 4> centres{
      glm::vec2(high.x - radius, high.y - radius), glm::vec2(low.x + radius, high.y - radius),
      glm::vec2(low.x + radius, low.y + radius), glm::vec2(high.x - radius, low.y + radius)};
  Ring ring;
  for (size_t c = 0; c < 4; ++c) {
    for (int k = 0; k <= steps; ++k) {
      const float angle =
          (static_cast<float>(c) + static_cast<float>(k) / static_cast<float>(steps)) * kTurn / 4;
      ring.push_back(centres[c] + radius * glm::vec2(std::cos(angle), std::sin(angle)));
    }
  }
  return ring;
}

Ring superellipse(float a, float b, float n, int count) {
  Ring ring;
  for (int i = 0; i < count; ++i) {
    const float t = kTurn * static_cast<float>(i) / static_cast<float>(count);
    const float c = std::cos(t);
    const float s = std::sin(t);
    ring.emplace_back(a * std::copysign(std::pow(std::abs(c), 2.f / n), c),
                      b * std::copysign(std::pow(std::abs(s), 2.f / n), s));
  }
  return ring;
}

}  // namespace city
