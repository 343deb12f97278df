// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/import/mesh_build.h"
#include "twin/city/drape.h"
#include "twin/city/height_field.h"
#include "twin/city/rings.h"

namespace city {

/// Cross sections along a line: points on it and unit vectors to its right, lengthened at bends so that
/// strips keep their width.
struct Ribbon {
  std::vector<glm::dvec3> centre;
  std::vector<glm::dvec2> right;
  std::vector<float> along;  ///< metres from the start of the whole line
  bool elevated = false;     ///< heights come from `centre`, not from the ground

  size_t size() const { return centre.size(); }
  glm::dvec2 at(size_t i, double across) const { return glm::dvec2(centre[i]) + right[i] * across; }
};

struct RibbonEnds {
  glm::dvec2 directionFrom{0};  ///< zero: the line's own
  glm::dvec2 directionTo{0};
  double alongFrom = 0;  ///< metres that `along` starts with
};

/// Rows along `line` with enough in between that strips `reach` metres to each side lie within 3 cm of
/// the ground; `reach` 0: only the line's own points.
Ribbon makeRibbon(const Ring3& line, const HeightField& terrain, double reach, bool elevated,
                  const RibbonEnds& ends = {});

/// A strip from `left` to `right` metres across (positive right), `lift` above the ground or the ribbon.
void addRibbonStrip(importing::MeshBuilder& builder, const Ribbon& ribbon, const HeightField& terrain,
                    double left, double right, double lift);

/// The same strip laid exactly on the ground, cut where the ground bends: for wide carriageways, whose
/// markings and crosswalks lie a few centimetres above it.
void addDrapedStrip(importing::MeshBuilder& builder, const Ribbon& ribbon, const Drape& drape, double left,
                    double right, double lift);

/// An upright face at `across`, between two heights above the ground or the ribbon, seen from the right
/// when `facesRight`.
void addRibbonWall(importing::MeshBuilder& builder, const Ribbon& ribbon, const HeightField& terrain,
                   double across, double low, double high, bool facesRight);

}  // namespace city
