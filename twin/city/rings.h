// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "twin/city/feature.h"

namespace city {

using Ring3 = std::vector<glm::dvec3>;

/// South-west and north-east corners.
std::pair<glm::dvec2, glm::dvec2> extentOf(std::span<const glm::dvec3> ring);
bool insideRing(std::span<const glm::dvec3> ring, glm::dvec2 p);
/// Inside the outer ring and in no hole.
bool contains(const Feature& polygon, glm::dvec2 p);
/// The area's centre; the mean of the points where there is no area.
glm::dvec2 centroidOf(std::span<const glm::dvec3> ring);
/// Square metres without holes.
double areaOf(const Feature& polygon);
double lengthOf(std::span<const glm::dvec3> line);
/// The point at `along` metres (clamped), and the unit direction there.
std::pair<glm::dvec3, glm::dvec2> pointAlong(std::span<const glm::dvec3> line, double along);
/// The part of a line between two distances along it.
Ring3 lineBetween(std::span<const glm::dvec3> line, double from, double to);
std::vector<glm::dvec2> flat(std::span<const glm::dvec3> ring);

}  // namespace city
