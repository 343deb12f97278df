// SPDX-License-Identifier: Apache-2.0
#include "twin/city/ribbon.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "twin/city/drape.h"

namespace city {
namespace {

constexpr double kTolerance = 0.03;
constexpr double kWide = 10;  // wider strips get a row of corners in the middle

glm::dvec2 rightOf(glm::dvec2 direction) {
  return {direction.y, -direction.x};
}

glm::dvec2 directionBetween(const glm::dvec3& a, const glm::dvec3& b) {
  const glm::dvec2 d = glm::dvec2(b) - glm::dvec2(a);
  const double length = glm::length(d);
  return length > 1e-9 ? d / length : glm::dvec2(0, 1);
}

/// The mitred right vector of each point of the line.
std::vector<glm::dvec2> mitres(const Ring3& line, const RibbonEnds& ends) {
  std::vector<glm::dvec2> right(line.size());
  for (size_t i = 0; i < line.size(); ++i) {
    const glm::dvec2 in = directionBetween(line[i > 0 ? i - 1 : 0], line[i > 0 ? i : 1]);
    const glm::dvec2 out = i + 1 < line.size() ? directionBetween(line[i], line[i + 1]) : in;
    glm::dvec2 direction = in + out;
    direction = glm::length(direction) > 0.2 ? glm::normalize(direction) : in;
    if (i == 0 && ends.directionFrom != glm::dvec2(0)) direction = ends.directionFrom;
    if (i + 1 == line.size() && ends.directionTo != glm::dvec2(0)) direction = ends.directionTo;
    const double cosine = std::max(glm::dot(direction, i == 0 ? out : in), 0.6);
    right[i] = rightOf(direction) / cosine;
  }
  return right;
}

double heightAt(const Ribbon& ribbon, const HeightField& terrain, size_t row, glm::dvec2 p) {
  return ribbon.elevated ? ribbon.centre[row].z : terrain.at(p.x, p.y);
}

std::vector<glm::vec3> edgeOf(const Ribbon& ribbon, const HeightField& terrain, double across, double lift) {
  std::vector<glm::vec3> edge;
  edge.reserve(ribbon.size());
  for (size_t i = 0; i < ribbon.size(); ++i) {
    const glm::dvec2 p = ribbon.at(i, across);
    const glm::vec3 point(glm::dvec3(p, heightAt(ribbon, terrain, i, p) + lift));
    // Inside a bend tighter than the strip the edge would run backwards: it waits instead.
    const bool backwards =
        i > 0 && glm::dot(p - glm::dvec2(edge.back()),
                          glm::dvec2(ribbon.centre[i]) - glm::dvec2(ribbon.centre[i - 1])) < 0;
    edge.push_back(backwards ? edge.back() : point);
  }
  return edge;
}

}  // namespace

Ribbon makeRibbon(const Ring3& line, const HeightField& terrain, double reach, bool elevated,
                  const RibbonEnds& ends) {
  Ribbon ribbon;
  ribbon.elevated = elevated;
  if (line.size() < 2) return ribbon;
  const std::vector<glm::dvec2> right = mitres(line, ends);
  double along = ends.alongFrom;
  const auto add = [&](const glm::dvec3& p, const glm::dvec2& r, double s) {
    ribbon.centre.push_back(p);
    ribbon.right.push_back(r);
    ribbon.along.push_back(static_cast<float>(s));
  };
  for (size_t i = 0; i + 1 < line.size(); ++i) {
    const double length = glm::distance(glm::dvec2(line[i]), glm::dvec2(line[i + 1]));
    add(line[i], right[i], along);
    std::vector<double> bends;
    if (!elevated && reach > 0) {
      for (const double across : {-reach, 0.0, reach}) {
        const std::vector<double> more =
            groundBends(terrain, glm::dvec2(line[i]) + right[i] * across,
                        glm::dvec2(line[i + 1]) + right[i + 1] * across, kTolerance);
        bends.insert(bends.end(), more.begin(), more.end());
      }
      std::sort(bends.begin(), bends.end());
    }
    double last = 0;
    for (const double t : bends) {
      if ((t - last) * length < 1.5) continue;
      last = t;
      add(glm::mix(line[i], line[i + 1], t), glm::mix(right[i], right[i + 1], t), along + t * length);
    }
    along += length;
  }
  add(line.back(), right.back(), along);
  return ribbon;
}

void addRibbonStrip(importing::MeshBuilder& builder, const Ribbon& ribbon, const HeightField& terrain,
                    double left, double right, double lift) {
  if (ribbon.size() < 2) return;
  std::vector<double> lines{left};
  const int parts =
      ribbon.elevated || terrain.empty() ? 1 : static_cast<int>(std::ceil((right - left) / kWide));
  for (int i = 1; i <= parts; ++i) lines.push_back(left + (right - left) * i / parts);
  std::vector<glm::vec3> a = edgeOf(ribbon, terrain, lines[0], lift);
  for (size_t i = 1; i < lines.size(); ++i) {
    std::vector<glm::vec3> b = edgeOf(ribbon, terrain, lines[i], lift);
    builder.addStrip(a, b, ribbon.along, static_cast<float>(lines[i - 1]), static_cast<float>(lines[i]));
    a = std::move(b);
  }
}

void addDrapedStrip(importing::MeshBuilder& builder, const Ribbon& ribbon, const Drape& drape, double left,
                    double right, double lift) {
  for (size_t i = 0; i + 1 < ribbon.size(); ++i) {
    const double base = std::floor(static_cast<double>(ribbon.along[i]) / 64) * 64;
    const auto corner = [&](size_t row, double across) {
      return Drape::Corner{ribbon.at(row, across), {across, static_cast<double>(ribbon.along[row]) - base}};
    };
    const Drape::Corner a = corner(i, left);
    const Drape::Corner b = corner(i, right);
    const Drape::Corner c = corner(i + 1, right);
    const Drape::Corner d = corner(i + 1, left);
    // Bends make unequal sides: as two triangles uv stays linear in each.
    const double skew = std::abs(glm::distance(a.p, d.p) - glm::distance(b.p, c.p));
    if (skew < 0.02) {
      drape.addConvex(builder, std::array{a, b, c, d}, lift);
    } else {
      drape.addConvex(builder, std::array{a, b, c}, lift);
      drape.addConvex(builder, std::array{a, c, d}, lift);
    }
  }
}

void addRibbonWall(importing::MeshBuilder& builder, const Ribbon& ribbon, const HeightField& terrain,
                   double across, double low, double high, bool facesRight) {
  if (ribbon.size() < 2) return;
  const std::vector<glm::vec3> foot = edgeOf(ribbon, terrain, across, low);
  const std::vector<glm::vec3> top = edgeOf(ribbon, terrain, across, high);
  const auto h = static_cast<float>(high - low);
  if (facesRight)
    builder.addStrip(top, foot, ribbon.along, h, 0);
  else
    builder.addStrip(foot, top, ribbon.along, 0, h);
}

}  // namespace city
