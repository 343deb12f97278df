// SPDX-License-Identifier: Apache-2.0
#include "twin/city/height_field.h"

#include <algorithm>
#include <cmath>

#include "engine/base/ensure.h"

namespace city {
namespace {

/// The cell under a point and where in it, 0..1 each way.
struct Cell {
  uint32_t column;
  uint32_t row;
  double u;
  double v;
};

Cell cellAt(const HeightField& field, double x, double y) {
  const double columns = field.columns() - 1.0;
  const double rows = field.rows() - 1.0;
  const double a = std::clamp((x - field.southWest().x) / field.spacing(), 0.0, columns);
  const double b = std::clamp((y - field.southWest().y) / field.spacing(), 0.0, rows);
  const double column = std::min(std::floor(a), std::max(columns - 1, 0.0));
  const double row = std::min(std::floor(b), std::max(rows - 1, 0.0));
  return {static_cast<uint32_t>(column), static_cast<uint32_t>(row), a - column, b - row};
}

}  // namespace

HeightField::HeightField(glm::dvec2 southWest, double spacing, uint32_t columns, uint32_t rows,
                         std::vector<float> heights)
    : southWest_(southWest), spacing_(spacing), columns_(columns), rows_(rows), heights_(std::move(heights)) {
  ENSURE(columns_ >= 2 && rows_ >= 2 && spacing_ > 0 && heights_.size() == size_t{columns_} * rows_);
}

glm::dvec2 HeightField::northEast() const {
  return southWest_ + glm::dvec2(columns_ > 0 ? columns_ - 1 : 0, rows_ > 0 ? rows_ - 1 : 0) * spacing_;
}

double HeightField::at(double x, double y) const {
  if (heights_.empty()) return 0;
  const Cell c = cellAt(*this, x, y);
  const double h00 = height(c.column, c.row);
  const double h11 = height(c.column + 1, c.row + 1);
  if (c.u >= c.v) {  // south-east of the diagonal
    const double h10 = height(c.column + 1, c.row);
    return h00 + (h10 - h00) * c.u + (h11 - h10) * c.v;
  }
  const double h01 = height(c.column, c.row + 1);
  return h00 + (h01 - h00) * c.v + (h11 - h01) * c.u;
}

glm::dvec3 HeightField::normalAt(double x, double y) const {
  if (heights_.empty()) return {0, 0, 1};
  // Central differences at the corners, blended: smooth over the facets, so that shading shows relief
  // and not the lattice.
  const Cell c = cellAt(*this, x, y);
  const auto slope = [&](uint32_t column, uint32_t row) {
    const uint32_t west = column > 0 ? column - 1 : 0;
    const uint32_t east = std::min(column + 1, columns_ - 1);
    const uint32_t south = row > 0 ? row - 1 : 0;
    const uint32_t north = std::min(row + 1, rows_ - 1);
    return glm::dvec2((height(east, row) - height(west, row)) / ((east - west) * spacing_),
                      (height(column, north) - height(column, south)) / ((north - south) * spacing_));
  };
  const glm::dvec2 low = glm::mix(slope(c.column, c.row), slope(c.column + 1, c.row), c.u);
  const glm::dvec2 high = glm::mix(slope(c.column, c.row + 1), slope(c.column + 1, c.row + 1), c.u);
  const glm::dvec2 s = glm::mix(low, high, c.v);
  return glm::normalize(glm::dvec3(-s.x, -s.y, 1));
}

}  // namespace city
