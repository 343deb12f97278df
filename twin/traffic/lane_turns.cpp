// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/lane_turns.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "twin/traffic/polyline.h"

namespace traffic {
namespace {

constexpr double kTurn = 40 * std::numbers::pi / 180;  ///< less is straight on
constexpr double kReach = 18;                          ///< metres from the node at which headings are taken

struct Arm {
  std::string edge;
  std::string reverse;
  int lanes = 0;
  double heading = 0;  ///< driving direction near the node, radians clockwise from north
};

struct NodeArms {
  std::vector<Arm> in, out;
};

glm::dvec2 flat(const glm::dvec3& p) {
  return {p.x, p.y};
}

void addArms(const city::Feature& road, bool forward, std::map<std::string, NodeArms>& nodes) {
  const int lanes = static_cast<int>(road.number(forward ? "lanes_forward" : "lanes_backward"));
  if (lanes <= 0) return;
  const Polyline line = forward ? road.rings.front() : reversed(road.rings.front());
  const double length = planLength(line), reach = std::min(kReach, length / 2);
  const std::string id = (forward ? "" : "-") + road.id, reverse = (forward ? "-" : "") + road.id;
  const double start = headingOf(flat(pointAt(line, reach)) - flat(line.front()));
  const double end = headingOf(flat(line.back()) - flat(pointAt(line, length - reach)));
  nodes[road.text(forward ? "from" : "to")].out.push_back({id, reverse, lanes, start});
  nodes[road.text(forward ? "to" : "from")].in.push_back({id, reverse, lanes, end});
}

std::string connection(const std::string& from, const std::string& to, int fromLane, int toLane) {
  return "  <connection from=\"" + from + "\" to=\"" + to + "\" fromLane=\"" + std::to_string(fromLane) +
         "\" toLane=\"" + std::to_string(toLane) + "\"/>\n";
}

struct Turns {
  std::vector<const Arm*> left, right;
  const Arm* straight = nullptr;
};

Turns classify(const Arm& arm, const std::vector<Arm>& exits) {
  Turns turns;
  double best = kTurn;
  for (const Arm& exit : exits) {
    if (exit.edge == arm.reverse) continue;
    const double turn = std::abs(angleBetween(exit.heading, arm.heading));
    if (turn < best) {
      best = turn;
      turns.straight = &exit;
    }
  }
  for (const Arm& exit : exits) {
    if (exit.edge == arm.reverse || &exit == turns.straight) continue;
    (angleBetween(exit.heading, arm.heading) > 0 ? turns.right : turns.left).push_back(&exit);
  }
  return turns;
}

std::string armConnections(const Arm& arm, const std::vector<Arm>& exits) {
  const Turns turns = classify(arm, exits);
  std::string out;
  const int top = arm.lanes - 1;
  const bool ownLeftLane = !turns.left.empty() && turns.straight && arm.lanes >= 3;
  for (const Arm* exit : turns.right) {
    out += connection(arm.edge, exit->edge, 0, 0);
    // The stem of a T: two right-turning lanes when there is room for it on both sides.
    if (!turns.straight && arm.lanes >= 4 && exit->lanes >= 2) out += connection(arm.edge, exit->edge, 1, 1);
  }
  if (turns.straight) {
    const int last = ownLeftLane ? top - 1 : top;
    const int first =
        last - turns.straight->lanes + 1;  // a narrower road ahead: the right lanes end in turns
    for (int lane = std::max(0, turns.right.empty() ? 0 : first); lane <= last; ++lane) {
      const int spare = std::max(0, first);
      out += connection(arm.edge, turns.straight->edge, lane,
                        std::clamp(lane - spare, 0, turns.straight->lanes - 1));
    }
  }
  for (const Arm* exit : turns.left) {
    out += connection(arm.edge, exit->edge, top, exit->lanes - 1);
    if (!turns.straight && arm.lanes >= 3 && exit->lanes >= 2)
      out += connection(arm.edge, exit->edge, top - 1, exit->lanes - 2);
  }
  return out;
}

}  // namespace

std::string connectionsXml(const std::vector<const city::Feature*>& roads,
                           const std::map<std::string, bool>& signalled) {
  std::map<std::string, NodeArms> nodes;
  for (const city::Feature* road : roads) {
    addArms(*road, true, nodes);
    addArms(*road, false, nodes);
  }
  std::string out = "<connections>\n";
  for (const auto& [id, arms] : nodes) {
    const auto found = signalled.find(id);
    if (found == signalled.end() || !found->second) continue;
    for (const Arm& arm : arms.in) out += armConnections(arm, arms.out);
  }
  return out + "</connections>\n";
}

}  // namespace traffic
