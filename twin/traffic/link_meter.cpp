// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/link_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace traffic {
namespace {

constexpr double kCell = 40;  ///< metres
constexpr double kShy = 1.0;  ///< beside the carriageway and still on it
constexpr double kSameWay = 50 * std::numbers::pi / 180;
constexpr int kSamplesPerMinute = static_cast<int>(60 / LinkMeter::kSampleSeconds);

}  // namespace

LinkMatcher::LinkMatcher(const RoadGraph& graph) {
  for (const Edge& edge : graph.edges()) {
    // The middle of the lanes: the centre line where the pack has one is as good, but not every edge does.
    const Polyline& right = edge.lanes.front().shape;
    const Polyline& left = edge.lanes.back().shape;
    Polyline line = right;
    for (glm::dvec3& p : line) {
      const Projection other = project(left, {p.x, p.y});
      p = (p + glm::dvec3(other.point.x, other.point.y, p.z)) * 0.5;
    }
    const double half = static_cast<double>(edge.lanes.size()) * edge.lanes.front().width / 2 + kShy;
    const int index = static_cast<int>(edges_.size());
    for (size_t i = 0; i + 1 < line.size(); ++i) {
      const Piece piece{index,
                        {line[i].x, line[i].y},
                        {line[i + 1].x, line[i + 1].y},
                        half,
                        headingOf(glm::dvec2(line[i + 1]) - glm::dvec2(line[i]))};
      const glm::dvec2 low = glm::min(piece.a, piece.b) - half, high = glm::max(piece.a, piece.b) + half;
      for (double y = std::floor(low.y / kCell); y <= std::floor(high.y / kCell); ++y)
        for (double x = std::floor(low.x / kCell); x <= std::floor(high.x / kCell); ++x)
          cells_[cellOf({x * kCell + 1, y * kCell + 1})].push_back(piece);
    }
    edges_.push_back(std::move(line));
  }
}

int64_t LinkMatcher::cellOf(glm::dvec2 p) const {
  const auto x = static_cast<int64_t>(std::floor(p.x / kCell)),
             y = static_cast<int64_t>(std::floor(p.y / kCell));
  return x * 1'000'003 + y;
}

int LinkMatcher::edgeAt(glm::dvec2 position, double heading) const {
  const auto cell = cells_.find(cellOf(position));
  if (cell == cells_.end()) return -1;
  int best = -1;
  double nearest = 1e9;
  for (const Piece& piece : cell->second) {
    if (std::abs(angleBetween(piece.heading, heading)) > kSameWay) continue;
    const glm::dvec2 along = piece.b - piece.a;
    const double squared = glm::dot(along, along);
    const double t = squared > 0 ? std::clamp(glm::dot(position - piece.a, along) / squared, 0.0, 1.0) : 0;
    const double d = glm::length(position - (piece.a + along * t));
    if (d > piece.half || d >= nearest) continue;
    nearest = d;
    best = piece.edge;
  }
  return best;
}

void LinkMeter::sample(int64_t second, std::span<const SeenVehicle> seen) {
  if (second % kSampleSeconds != 0) return;
  const int64_t minute = second - ((second % 60) + 60) % 60;
  if (minute != minute_) close();
  minute_ = minute;
  ++samples_;
  for (const SeenVehicle& v : seen) {
    const int edge = matcher_.edgeAt(v.position, v.heading);
    if (edge < 0) continue;
    Sum& sum = sums_[edge];
    sum.speed += v.speed;
    ++sum.samples;
    if (std::find(sum.seen.begin(), sum.seen.end(), v.key) == sum.seen.end()) sum.seen.push_back(v.key);
  }
  if (samples_ == kSamplesPerMinute) close();
}

void LinkMeter::close() {
  if (samples_ == kSamplesPerMinute) {
    LinkMinute minute{.start = minute_, .links = std::vector<LinkLoad>(matcher_.edges())};
    for (const auto& [edge, sum] : sums_)
      minute.links[static_cast<size_t>(edge)] = {static_cast<float>(sum.seen.size()),
                                                 static_cast<float>(sum.speed / sum.samples)};
    whole_.push_back(std::move(minute));
  }
  minute_ = -1;
  samples_ = 0;
  sums_.clear();
}

std::vector<LinkMinute> LinkMeter::takeWhole() {
  return std::exchange(whole_, {});
}

}  // namespace traffic
