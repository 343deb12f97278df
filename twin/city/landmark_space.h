// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/import/mesh_build.h"
#include "twin/city/building.h"

namespace city {

/// Where a landmark is drawn: metres along the longer side of its footprint's box (x), the shorter (y)
/// and above its base (z, lowest ground); the origin is the middle of the box. So a form follows the
/// footprint of any pack that uses its key.
class LandmarkSpace {
 public:
  LandmarkSpace(importing::MeshBuilder& mesh, const Building& building);

  const Building& building() const { return building_; }
  float halfX() const { return half_.x; }
  float halfY() const { return half_.y; }
  float height() const { return building_.height(); }
  /// Highest ground under the footprint above the base: level of a platform that no slope pierces.
  float platform() const { return building_.groundHigh - building_.base + 0.3f; }
  /// Where walls begin, below the ground.
  float foot() const { return building_.foot - building_.base; }
  /// Turns the axes by quarter turns so that +x looks as near as can be to `azimuth` (radians clockwise
  /// from grid north).
  void face(float azimuth);
  /// Turns the axes by half a turn if the footprint covers more of `points` (shares of the half sides) then.
  void turnToCover(std::span<const glm::vec2> points);
  /// Turns the axes by `quarters` quarter turns counter-clockwise.
  void turn(int quarters);

  glm::vec3 at(float x, float y, float z) const;
  /// The footprint in local metres.
  Ring outline() const;
  bool covers(glm::vec2 local) const;

  // --- paints; `rgb` as 0xRRGGBB, `openness` 0..1
  void plain(uint32_t rgb, float openness = 1.f);
  void roof(uint32_t rgb, float openness = 1.f);
  void glass(uint32_t rgb = 0x8FA7B5, float openness = 1.f);
  void facade(uint32_t use, uint32_t rgb, float openness = 1.f);
  /// Glass over a lit hall: shaded as a shop front wherever it lies, so that it glows by night. For quads
  /// and lofts only.
  void rooflight(uint32_t use, uint32_t rgb);
  void surface(uint32_t kind, uint32_t rgb, float openness = 1.f, uint32_t param = 0);

  // --- forms, with the paint of the moment
  /// Facade walls along a closed local ring (counter-clockwise) and, if asked, its roof with `roofRgb`.
  /// Storeys count from `levelZ`.
  void walls(std::span<const glm::vec2> ring, float z0, float z1, float footOpenness = 1.f,
             float levelZ = 0.f);
  void cap(std::span<const glm::vec2> ring, float z, bool up = true);
  void box(glm::vec3 low, glm::vec3 high, bool bottom = false);
  /// Faces between two rings of as many points: outward when `to` lies above or inside `from`
  /// counter-clockwise. uv = metres along, metres up from `from`. `closed` joins last and first.
  void loft(std::span<const glm::vec3> from, std::span<const glm::vec3> to, bool closed = true);
  /// The same with smooth normals along the run, for curved shells.
  void smoothLoft(std::span<const glm::vec3> from, std::span<const glm::vec3> to, bool closed = true);
  /// A thin face seen from both sides.
  void sheet(const std::array<glm::vec3, 4>& corners);
  void quad(const std::array<glm::vec3, 4>& corners);
  /// A square bar from a to b, `width` thick.
  void bar(glm::vec3 a, glm::vec3 b, float width);
  void column(glm::vec3 foot, float radius, float height, int sides = 6);

 private:
  importing::MeshBuilder& mesh_;
  const Building& building_;
  glm::vec2 axis_;
  glm::vec2 half_;
  bool rooflight_ = false;
};

/// A level ring at height z.
std::vector<glm::vec3> lifted(std::span<const glm::vec2> ring, float z);
Ring rectangle(glm::vec2 low, glm::vec2 high);
/// A rectangle with round corners, `steps` edges each.
Ring roundedRectangle(glm::vec2 low, glm::vec2 high, float radius, int steps);
/// |x/a|^n + |y/b|^n = 1 with `count` points, counter-clockwise from +x; n = 2 is the ellipse.
Ring superellipse(float a, float b, float n, int count);

}  // namespace city
