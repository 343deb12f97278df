// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "twin/alarms/evaluator.h"

namespace alarms {
namespace {

bool inside(const std::vector<glm::dvec2>& ring, glm::dvec2 p) {
  bool in = false;
  for (size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const glm::dvec2 a = ring[i], b = ring[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) in = !in;
  }
  return in;
}

double distanceToPath(const std::vector<glm::dvec2>& path, glm::dvec2 p) {
  double best = path.size() == 1 ? glm::distance(path[0], p) : 1e300;
  for (size_t i = 1; i < path.size(); ++i) {
    const glm::dvec2 a = path[i - 1], d = path[i] - a;
    const double length2 = glm::dot(d, d);
    const double t = length2 > 0 ? std::clamp(glm::dot(p - a, d) / length2, 0.0, 1.0) : 0;
    best = std::min(best, glm::distance(a + d * t, p));
  }
  return best;
}

/// Where movers may not be.
class MotionEvaluator final : public Evaluator {
 public:
  MotionEvaluator(const Rule& rule, const RuleContext& context) : rule_(rule) {
    if (rule.kind == RuleKind::Geofence && context.frame)
      for (const glm::dvec2& p : rule.area) ring_.emplace_back(context.frame->toCity({.longitude = p.x, .latitude = p.y}));
    if (const auto route = context.routes.find(rule.route); route != context.routes.end()) paths_ = route->second;
  }

  void take(const Reading& reading, base::UtcNs, Findings& out) override {
    if (reading.thing == nullptr || !rule_.watchesKind(reading.thing->kind)) return;
    const std::string& id = reading.thing->id;
    if (reading.what == ReadingKind::Departed) {
      const auto found = states_.find(id);
      if (found == states_.end()) return;
      if (found->second.isBad()) out.push_back({.input = AlarmInput::Ok, .subject = id});
      states_.erase(found);
      return;
    }
    if (reading.what != ReadingKind::Pose) return;
    LastFinding& last = states_[id];
    double metres = kUnset;
    const AlarmInput input = wrong(glm::dvec2(reading.position), last.isBad(), metres) ? AlarmInput::Bad : AlarmInput::Ok;
    if (last.changes(input)) out.push_back({.input = input, .subject = id, .number = metres, .position = reading.position});
  }

 private:
  bool wrong(glm::dvec2 at, bool wasBad, double& metres) const {
    if (rule_.kind == RuleKind::Geofence) return !ring_.empty() && inside(ring_, at) != rule_.outside;
    if (paths_.empty()) return false;
    metres = 1e300;
    for (const auto& path : paths_) metres = std::min(metres, distanceToPath(path, at));
    metres = std::round(metres);
    return metres > (wasBad && !std::isnan(rule_.clear) ? rule_.clear : rule_.limit);
  }

  const Rule& rule_;
  std::vector<glm::dvec2> ring_;  // city frame
  std::vector<std::vector<glm::dvec2>> paths_;
  std::map<std::string, LastFinding> states_;
};

}  // namespace

std::unique_ptr<Evaluator> makeMotionEvaluator(const Rule& rule, const RuleContext& context) {
  return std::make_unique<MotionEvaluator>(rule, context);
}

}  // namespace alarms
