// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/math/glm.h"

namespace city {

/// Ground heights on a regular lattice in the city frame, metres. The same triangulation that is drawn
/// (each cell split along its south-west to north-east diagonal), so what stands on it stands on it.
class HeightField {
 public:
  HeightField() = default;
  /// `heights` row by row from south to north, west to east.
  HeightField(glm::dvec2 southWest, double spacing, uint32_t columns, uint32_t rows,
              std::vector<float> heights);

  bool empty() const { return heights_.empty(); }
  /// Clamped to the border outside the lattice; 0 when empty.
  double at(double x, double y) const;
  glm::dvec3 normalAt(double x, double y) const;
  glm::dvec2 southWest() const { return southWest_; }
  glm::dvec2 northEast() const;
  double spacing() const { return spacing_; }
  uint32_t columns() const { return columns_; }
  uint32_t rows() const { return rows_; }
  float height(uint32_t column, uint32_t row) const { return heights_[row * columns_ + column]; }
  void setHeight(uint32_t column, uint32_t row, float z) { heights_[row * columns_ + column] = z; }

 private:
  glm::dvec2 southWest_{0};
  double spacing_ = 1;
  uint32_t columns_ = 0;
  uint32_t rows_ = 0;
  std::vector<float> heights_;
};

}  // namespace city
