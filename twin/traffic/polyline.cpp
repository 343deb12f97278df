// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/polyline.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace traffic {
namespace {

glm::dvec2 plan(const glm::dvec3& p) {
  return {p.x, p.y};
}

glm::dvec2 unitOr(glm::dvec2 v, glm::dvec2 fallback) {
  const double length = glm::length(v);
  return length > 1e-9 ? v / length : fallback;
}

glm::dvec2 rightOf(glm::dvec2 d) {
  return {d.y, -d.x};
}

}  // namespace

double planLength(const Polyline& line) {
  double sum = 0;
  for (size_t i = 1; i < line.size(); ++i) sum += glm::length(plan(line[i]) - plan(line[i - 1]));
  return sum;
}

Projection project(const Polyline& line, glm::dvec2 point) {
  Projection best;
  best.distance = std::numeric_limits<double>::max();
  if (line.size() == 1) {
    best.point = line[0];
    best.distance = glm::length(point - plan(line[0]));
  }
  double start = 0;
  for (size_t i = 1; i < line.size(); ++i) {
    const glm::dvec2 a = plan(line[i - 1]), d = plan(line[i]) - a;
    const double length = glm::length(d);
    const double t = length > 1e-9 ? std::clamp(glm::dot(point - a, d) / (length * length), 0.0, 1.0) : 0;
    const double distance = glm::length(point - (a + d * t));
    if (distance < best.distance) {
      best.distance = distance;
      best.along = start + t * length;
      best.point = glm::mix(line[i - 1], line[i], t);
      best.direction = unitOr(d, best.direction);
      best.side = glm::dot(point - a, rightOf(best.direction));
    }
    start += length;
  }
  return best;
}

glm::dvec3 pointAt(const Polyline& line, double along) {
  if (line.empty()) return {};
  for (size_t i = 1; i < line.size(); ++i) {
    const double length = glm::length(plan(line[i]) - plan(line[i - 1]));
    if (along <= length || i + 1 == line.size())
      return glm::mix(line[i - 1], line[i], length > 1e-9 ? std::clamp(along / length, 0.0, 1.0) : 0.0);
    along -= length;
  }
  return line.front();
}

Polyline reversed(const Polyline& line) {
  return {line.rbegin(), line.rend()};
}

Polyline offsetRight(const Polyline& line, double right) {
  if (line.size() < 2 || right == 0) return line;
  Polyline out;
  out.reserve(line.size());
  for (size_t i = 0; i < line.size(); ++i) {
    const glm::dvec2 in = unitOr(plan(line[i]) - plan(line[i ? i - 1 : 0]), {0, 0});
    const glm::dvec2 on = unitOr(plan(line[std::min(i + 1, line.size() - 1)]) - plan(line[i]), {0, 0});
    const glm::dvec2 mean = unitOr(in + on, unitOr(on, {1, 0}));
    // The mitre keeps the distance to both neighbours; limited where the line turns back on itself.
    const glm::dvec2 leg = glm::length(on) > 0 ? on : in;
    const double stretch = 1.0 / std::max(0.5, glm::dot(mean, leg));
    out.push_back(line[i] + glm::dvec3(rightOf(mean) * (right * stretch), 0));
  }
  return out;
}

double headingOf(glm::dvec2 direction) {
  return std::atan2(direction.x, direction.y);
}

double angleBetween(double a, double b) {
  const double turn = 2 * std::numbers::pi;
  const double d = std::remainder(a - b, turn);
  return d <= -std::numbers::pi ? d + turn : d;
}

}  // namespace traffic
