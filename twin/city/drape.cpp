// SPDX-License-Identifier: Apache-2.0
#include "twin/city/drape.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace city {
namespace {

constexpr double kTolerance = 0.02;  // metres
constexpr double kSnap = 1024;       // pieces that share an edge get the very same corners: no cracks

using Corner = Drape::Corner;

/// Sutherland-Hodgman against one half plane: keeps where side(p) >= 0.
template <typename Side>
std::vector<Corner> keep(const std::vector<Corner>& polygon, const Side& side) {
  std::vector<Corner> kept;
  kept.reserve(polygon.size() + 2);
  for (size_t i = 0; i < polygon.size(); ++i) {
    const Corner& a = polygon[i];
    const Corner& b = polygon[(i + 1) % polygon.size()];
    const double da = side(a.p);
    const double db = side(b.p);
    if (da >= 0) kept.push_back(a);
    if ((da > 0 && db < 0) || (da < 0 && db > 0)) {
      const double t = da / (da - db);
      kept.push_back({glm::mix(a.p, b.p, t), glm::mix(a.uv, b.uv, t)});
    }
  }
  if (kept.size() < 3) kept.clear();
  return kept;
}

void bend(const HeightField& terrain, glm::dvec2 a, glm::dvec2 b, double za, double zb, double t0, double t1,
          double tolerance, std::vector<double>& bends) {
  if ((t1 - t0) * glm::distance(a, b) < 5) return;
  double worst = 0;
  for (const double f : {0.25, 0.5, 0.75}) {
    const glm::dvec2 p = glm::mix(a, b, t0 + (t1 - t0) * f);
    worst = std::max(worst, std::abs(terrain.at(p.x, p.y) - glm::mix(za, zb, f)));
  }
  if (worst <= tolerance) return;
  const double middle = (t0 + t1) / 2;
  const glm::dvec2 p = glm::mix(a, b, middle);
  const double z = terrain.at(p.x, p.y);
  bend(terrain, a, b, za, z, t0, middle, tolerance, bends);
  bends.push_back(middle);
  bend(terrain, a, b, z, zb, middle, t1, tolerance, bends);
}

}  // namespace

/// Puts convex pieces into the mesh; corners shared by pieces of one shape become one vertex.
class Drape::Sink {
 public:
  Sink(const HeightField& terrain, importing::MeshBuilder& builder, double lift)
      : terrain_(terrain), builder_(builder), lift_(lift) {}

  void add(const std::vector<Corner>& polygon) {
    indices_.clear();
    for (const Corner& corner : polygon) {
      const uint32_t index = indexOf(corner);
      if (indices_.empty() || (indices_.back() != index && indices_.front() != index))
        indices_.push_back(index);
    }
    for (size_t i = 2; i < indices_.size(); ++i) {
      const glm::dvec2 u = points_[indices_[i - 1] - first_] - points_[indices_[0] - first_];
      const glm::dvec2 v = points_[indices_[i] - first_] - points_[indices_[0] - first_];
      if (u.x * v.y - u.y * v.x > 1e-7) builder_.addIndices(indices_[0], indices_[i - 1], indices_[i]);
    }
  }

 private:
  uint32_t indexOf(const Corner& corner) {
    const glm::dvec2 p = glm::round(corner.p * kSnap) / kSnap;
    // 32 bits each: a mixed key took (x, y) and (-x, -y) for the same corner. Good for 2,000 km.
    const auto snapped = [](double v) { return static_cast<uint32_t>(static_cast<int64_t>(v * kSnap)); };
    const uint64_t key = uint64_t{snapped(p.x)} << 32 | snapped(p.y);
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    const glm::dvec3 position(p, terrain_.at(p.x, p.y) + lift_);
    const uint32_t index =
        builder_.addVertex(glm::vec3(position), glm::vec3(terrain_.normalAt(p.x, p.y)), glm::vec2(corner.uv));
    if (known_.empty()) first_ = index;
    points_.push_back(p);
    known_.emplace(key, index);
    return index;
  }

  const HeightField& terrain_;
  importing::MeshBuilder& builder_;
  double lift_;
  uint32_t first_ = 0;
  std::unordered_map<uint64_t, uint32_t> known_;
  std::vector<glm::dvec2> points_;
  std::vector<uint32_t> indices_;
};

bool Drape::fits(const std::vector<Corner>& polygon) const {
  // A fan is drawn: its own triangles are what has to lie on the ground.
  const auto z = [&](const glm::dvec2& p) { return terrain_.at(p.x, p.y); };
  for (size_t i = 2; i < polygon.size(); ++i) {
    const glm::dvec2 a = polygon[0].p;
    const glm::dvec2 b = polygon[i - 1].p;
    const glm::dvec2 c = polygon[i].p;
    const double size = std::max({glm::distance(a, b), glm::distance(b, c), glm::distance(c, a)});
    const int steps = std::clamp(static_cast<int>(std::ceil(size / (terrain_.spacing() * 0.4))), 2, 10);
    const double za = z(a), zb = z(b), zc = z(c);
    for (int u = 0; u <= steps; ++u) {
      for (int v = 0; u + v <= steps; ++v) {
        const double s = static_cast<double>(u) / steps;
        const double t = static_cast<double>(v) / steps;
        const glm::dvec2 p = a + (b - a) * s + (c - a) * t;
        if (std::abs(z(p) - (za + (zb - za) * s + (zc - za) * t)) > kTolerance) return false;
      }
    }
  }
  return true;
}

void Drape::cut(Sink& sink, std::vector<Corner> polygon) const {
  glm::dvec2 low(1e30);
  glm::dvec2 high(-1e30);
  for (const Corner& c : polygon) {
    low = glm::min(low, c.p);
    high = glm::max(high, c.p);
  }
  const double d = terrain_.spacing();
  const glm::dvec2 o = terrain_.southWest();
  const auto cell = [](double x, uint32_t count) {
    return static_cast<int>(std::clamp(std::floor(x), 0.0, count - 2.0));
  };
  const int lastColumn = static_cast<int>(terrain_.columns()) - 2;
  const int lastRow = static_cast<int>(terrain_.rows()) - 2;
  const int i1 = cell((high.x - o.x) / d, terrain_.columns());
  const int j0 = cell((low.y - o.y) / d, terrain_.rows());
  const int j1 = cell((high.y - o.y) / d, terrain_.rows());
  for (int i = cell((low.x - o.x) / d, terrain_.columns()); i <= i1 && !polygon.empty(); ++i) {
    const double east = o.x + (i + 1) * d;
    std::vector<Corner> column =
        i < i1 && i < lastColumn ? keep(polygon, [&](const glm::dvec2& p) { return east - p.x; }) : polygon;
    if (i < i1) polygon = keep(polygon, [&](const glm::dvec2& p) { return p.x - east; });
    for (int j = j0; j <= j1 && !column.empty(); ++j) {
      const double north = o.y + (j + 1) * d;
      const std::vector<Corner> square =
          j < j1 && j < lastRow ? keep(column, [&](const glm::dvec2& p) { return north - p.y; }) : column;
      if (j < j1) column = keep(column, [&](const glm::dvec2& p) { return p.y - north; });
      if (square.empty()) continue;
      const glm::dvec2 corner = o + glm::dvec2(i, j) * d;
      const auto eastOfDiagonal = [&](const glm::dvec2& p) { return (p.x - corner.x) - (p.y - corner.y); };
      sink.add(keep(square, eastOfDiagonal));
      sink.add(keep(square, [&](const glm::dvec2& p) { return -eastOfDiagonal(p); }));
    }
  }
}

void Drape::addConvex(importing::MeshBuilder& builder, std::span<const Corner> corners, double lift) const {
  if (corners.size() < 3) return;
  Sink sink(terrain_, builder, lift);
  const std::vector<Corner> polygon(corners.begin(), corners.end());
  if (terrain_.empty() || fits(polygon))
    sink.add(polygon);
  else
    cut(sink, polygon);
}

namespace {

/// The triangles of a polygon as corners, uv counted from `origin`.
std::vector<std::vector<Corner>> trianglesOf(const Planar::Polygon& polygon, glm::dvec2 origin) {
  // Local coordinates keep single precision exact to well under a millimetre.
  const glm::dvec2 local = polygon.outer[0];
  importing::Ring ring;
  std::vector<importing::Ring> inner;
  std::vector<glm::dvec2> points = polygon.outer;
  for (const glm::dvec2& p : polygon.outer) ring.emplace_back(p - local);
  for (const std::vector<glm::dvec2>& hole : polygon.holes) {
    importing::Ring& r = inner.emplace_back();
    for (const glm::dvec2& p : hole) r.emplace_back(p - local);
    points.insert(points.end(), hole.begin(), hole.end());
  }
  const std::vector<uint32_t> indices = importing::triangulate(ring, inner);
  std::vector<std::vector<Corner>> triangles;
  for (size_t t = 0; t + 2 < indices.size(); t += 3) {
    std::vector<Corner>& triangle = triangles.emplace_back();
    for (size_t k = 0; k < 3; ++k)
      triangle.push_back({points[indices[t + k]], points[indices[t + k]] - origin});
  }
  return triangles;
}

}  // namespace

void Drape::layBlock(Sink& sink, const Planar::Area& area, glm::ivec2 cell, int cells,
                     glm::dvec2 uvOrigin) const {
  const std::vector<Planar::Polygon> polygons = planar_.polygons(area);
  if (polygons.empty()) return;
  std::vector<std::vector<Corner>> triangles;
  for (const Planar::Polygon& polygon : polygons) {
    for (std::vector<Corner>& triangle : trianglesOf(polygon, uvOrigin))
      triangles.push_back(std::move(triangle));
  }
  const bool whole =
      std::all_of(triangles.begin(), triangles.end(), [&](const std::vector<Corner>& t) { return fits(t); });
  if (whole || cells == 1) {
    for (const std::vector<Corner>& triangle : triangles) {
      if (whole)
        sink.add(triangle);
      else
        cut(sink, triangle);
    }
    return;
  }
  const int half = cells / 2;
  for (const glm::ivec2 quarter :
       {glm::ivec2(0, 0), glm::ivec2(half, 0), glm::ivec2(0, half), glm::ivec2(half, half)}) {
    const glm::dvec2 low = terrain_.southWest() + glm::dvec2(cell + quarter) * terrain_.spacing();
    layBlock(sink, planar_.within(area, low, low + half * terrain_.spacing()), cell + quarter, half,
             uvOrigin);
  }
}

void Drape::addPolygon(importing::MeshBuilder& builder, std::span<const glm::dvec2> outer,
                       std::span<const std::vector<glm::dvec2>> holes, double lift) const {
  if (outer.size() < 3) return;
  const glm::dvec2 origin = glm::round(outer[0] / 64.0) * 64.0;
  Sink sink(terrain_, builder, lift);
  const Planar::Area area = planar_.polygon(outer, holes);
  if (terrain_.empty()) {
    for (const Planar::Polygon& polygon : planar_.polygons(area)) {
      for (const std::vector<Corner>& triangle : trianglesOf(polygon, origin)) sink.add(triangle);
    }
    return;
  }
  glm::dvec2 low(1e30);
  glm::dvec2 high(-1e30);
  for (const glm::dvec2& p : outer) {
    low = glm::min(low, p);
    high = glm::max(high, p);
  }
  const glm::ivec2 first(glm::floor((low - terrain_.southWest()) / terrain_.spacing()));
  const glm::ivec2 last(glm::floor((high - terrain_.southWest()) / terrain_.spacing()));
  int cells = 1;
  while (cells <= std::max(last.x - first.x, last.y - first.y)) cells *= 2;
  layBlock(sink, area, first, cells, origin);
}

std::vector<double> groundBends(const HeightField& terrain, glm::dvec2 a, glm::dvec2 b, double tolerance) {
  std::vector<double> bends;
  if (!terrain.empty())
    bend(terrain, a, b, terrain.at(a.x, a.y), terrain.at(b.x, b.y), 0, 1, tolerance, bends);
  return bends;
}

}  // namespace city
