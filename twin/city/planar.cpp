// SPDX-License-Identifier: Apache-2.0
#include "twin/city/planar.h"

#include <algorithm>
#include <array>
#include <geos_c.h>

namespace city {
namespace {

GEOSContextHandle_t handle(void* context) {
  return static_cast<GEOSContextHandle_t>(context);
}
GEOSGeometry* raw(const std::shared_ptr<void>& geometry) {
  return static_cast<GEOSGeometry*>(geometry.get());
}

std::shared_ptr<void> owned(void* context, GEOSGeometry* geometry) {
  if (geometry == nullptr) return nullptr;
  return {geometry,
          [context](void* g) { GEOSGeom_destroy_r(handle(context), static_cast<GEOSGeometry*>(g)); }};
}

std::vector<glm::dvec2> ringOf(GEOSContextHandle_t c, const GEOSGeometry* ring) {
  std::vector<glm::dvec2> points;
  const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(c, ring);
  unsigned count = 0;
  if (sequence == nullptr || GEOSCoordSeq_getSize_r(c, sequence, &count) == 0) return points;
  for (unsigned i = 0; i + 1 < count; ++i) {
    glm::dvec2 p;
    GEOSCoordSeq_getXY_r(c, sequence, i, &p.x, &p.y);
    points.push_back(p);
  }
  return points;
}

double turn(const std::vector<glm::dvec2>& ring) {
  double sum = 0;
  for (size_t i = 0; i < ring.size(); ++i) {
    const glm::dvec2 a = ring[i] - ring[0];
    const glm::dvec2 b = ring[(i + 1) % ring.size()] - ring[0];
    sum += a.x * b.y - a.y * b.x;
  }
  return sum;
}

GEOSGeometry* closedRing(GEOSContextHandle_t c, std::span<const glm::dvec2> ring) {
  const auto count = static_cast<unsigned>(ring.size());
  GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(c, count + 1, 2);
  for (unsigned i = 0; i <= count; ++i)
    GEOSCoordSeq_setXY_r(c, sequence, i, ring[i % count].x, ring[i % count].y);
  return GEOSGeom_createLinearRing_r(c, sequence);
}

GEOSGeometry* openLine(GEOSContextHandle_t c, std::span<const glm::dvec2> line) {
  const auto count = static_cast<unsigned>(line.size());
  GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(c, count, 2);
  for (unsigned i = 0; i < count; ++i) GEOSCoordSeq_setXY_r(c, sequence, i, line[i].x, line[i].y);
  return GEOSGeom_createLineString_r(c, sequence);
}

}  // namespace

Planar::Planar() : context_(GEOS_init_r()) {}
Planar::~Planar() {
  GEOS_finish_r(handle(context_));
}

Planar::Area Planar::polygon(std::span<const glm::dvec2> ring,
                             std::span<const std::vector<glm::dvec2>> holes) const {
  Area area;
  if (ring.size() < 3) return area;
  GEOSContextHandle_t c = handle(context_);
  GEOSGeometry* shell = closedRing(c, ring);
  if (shell == nullptr) return area;
  std::vector<GEOSGeometry*> inner;
  for (const std::vector<glm::dvec2>& hole : holes) {
    if (GEOSGeometry* r = hole.size() >= 3 ? closedRing(c, hole) : nullptr) inner.push_back(r);
  }
  GEOSGeometry* made = GEOSGeom_createPolygon_r(c, shell, inner.data(), static_cast<unsigned>(inner.size()));
  if (made != nullptr && GEOSisValid_r(c, made) != 1) {
    GEOSGeometry* repaired = GEOSBuffer_r(c, made, 0, 4);
    GEOSGeom_destroy_r(c, made);
    made = repaired;
  }
  area.geometry_ = owned(context_, made);
  return area;
}

Planar::Area Planar::hull(std::span<const glm::dvec2> points) const {
  Area area;
  GEOSContextHandle_t c = handle(context_);
  GEOSGeometry* made = points.size() >= 3 ? openLine(c, points) : nullptr;
  if (made == nullptr) return area;
  area.geometry_ = owned(context_, GEOSConvexHull_r(c, made));
  GEOSGeom_destroy_r(c, made);
  return area;
}

Planar::Area Planar::within(const Area& area, glm::dvec2 low, glm::dvec2 high) const {
  if (area.empty()) return area;
  Area result;
  result.geometry_ =
      owned(context_, GEOSClipByRect_r(handle(context_), raw(area.geometry_), low.x, low.y, high.x, high.y));
  return result;
}

Planar::Area Planar::unite(const std::vector<Area>& areas) const {
  GEOSContextHandle_t c = handle(context_);
  std::vector<GEOSGeometry*> parts;
  for (const Area& a : areas) {
    if (!a.empty()) parts.push_back(GEOSGeom_clone_r(c, raw(a.geometry_)));
  }
  Area result;
  if (parts.empty()) return result;
  GEOSGeometry* all = GEOSGeom_createCollection_r(c, GEOS_GEOMETRYCOLLECTION, parts.data(),
                                                  static_cast<unsigned>(parts.size()));
  result.geometry_ = owned(context_, GEOSUnaryUnion_r(c, all));
  GEOSGeom_destroy_r(c, all);
  return result;
}

Planar::Area Planar::subtract(const Area& from, const Area& what) const {
  if (from.empty() || what.empty()) return from;
  Area result;
  result.geometry_ =
      owned(context_, GEOSDifference_r(handle(context_), raw(from.geometry_), raw(what.geometry_)));
  return result;
}

Planar::Area Planar::rounded(const Area& area, double radius) const {
  if (area.empty()) return area;
  GEOSContextHandle_t c = handle(context_);
  // Mitred outward, round inward: what sticks out keeps its corners, what goes in becomes an arc.
  GEOSGeometry* grown =
      GEOSBufferWithStyle_r(c, raw(area.geometry_), radius, 3, GEOSBUF_CAP_FLAT, GEOSBUF_JOIN_MITRE, 4.0);
  if (grown == nullptr) return area;
  Area result;
  result.geometry_ =
      owned(context_, GEOSBufferWithStyle_r(c, grown, -radius, 3, GEOSBUF_CAP_FLAT, GEOSBUF_JOIN_ROUND, 4.0));
  GEOSGeom_destroy_r(c, grown);
  return result.empty() ? area : result;
}

std::vector<Planar::Polygon> Planar::polygons(const Area& area) const {
  std::vector<Polygon> polygons;
  if (area.empty()) return polygons;
  GEOSContextHandle_t c = handle(context_);
  const int count = GEOSGetNumGeometries_r(c, raw(area.geometry_));
  for (int i = 0; i < count; ++i) {
    const GEOSGeometry* part = GEOSGetGeometryN_r(c, raw(area.geometry_), i);
    if (part == nullptr || GEOSGeomTypeId_r(c, part) != GEOS_POLYGON || GEOSisEmpty_r(c, part) != 0) continue;
    Polygon polygon;
    polygon.outer = ringOf(c, GEOSGetExteriorRing_r(c, part));
    if (polygon.outer.size() < 3) continue;
    if (turn(polygon.outer) < 0) std::reverse(polygon.outer.begin(), polygon.outer.end());
    const int holes = GEOSGetNumInteriorRings_r(c, part);
    for (int h = 0; h < holes; ++h) polygon.holes.push_back(ringOf(c, GEOSGetInteriorRingN_r(c, part, h)));
    polygons.push_back(std::move(polygon));
  }
  return polygons;
}

std::vector<Planar::Polygon> Planar::faces(const std::vector<std::vector<glm::dvec2>>& lines, glm::dvec2 low,
                                           glm::dvec2 high) const {
  GEOSContextHandle_t c = handle(context_);
  std::vector<GEOSGeometry*> parts;
  const auto addLine = [&](std::span<const glm::dvec2> line) {
    if (GEOSGeometry* made = openLine(c, line)) parts.push_back(made);
  };
  addLine(std::array<glm::dvec2, 5>{low, {high.x, low.y}, high, {low.x, high.y}, low});
  for (const std::vector<glm::dvec2>& line : lines) {
    if (line.size() >= 2) addLine(line);
  }
  GEOSGeometry* all = GEOSGeom_createCollection_r(c, GEOS_GEOMETRYCOLLECTION, parts.data(),
                                                  static_cast<unsigned>(parts.size()));
  GEOSGeometry* noded = GEOSUnaryUnion_r(c, all);
  GEOSGeom_destroy_r(c, all);
  Area result;
  if (noded != nullptr) result.geometry_ = owned(context_, GEOSPolygonize_r(c, &noded, 1));
  GEOSGeom_destroy_r(c, noded);
  std::vector<Polygon> inside;
  for (Polygon& polygon : polygons(result)) {  // loose ends outside the rectangle enclose pieces, too
    const glm::dvec2 p = insidePoint(polygon);
    if (p.x > low.x && p.x < high.x && p.y > low.y && p.y < high.y) inside.push_back(std::move(polygon));
  }
  return inside;
}

glm::dvec2 Planar::insidePoint(const Polygon& polygon) const {
  glm::dvec2 p = polygon.outer.empty() ? glm::dvec2(0) : polygon.outer[0];
  const Area area = this->polygon(polygon.outer, polygon.holes);
  GEOSContextHandle_t c = handle(context_);
  GEOSGeometry* point = area.empty() ? nullptr : GEOSPointOnSurface_r(c, raw(area.geometry_));
  if (point != nullptr && GEOSisEmpty_r(c, point) == 0) {
    GEOSGeomGetX_r(c, point, &p.x);
    GEOSGeomGetY_r(c, point, &p.y);
  }
  GEOSGeom_destroy_r(c, point);
  return p;
}

}  // namespace city
