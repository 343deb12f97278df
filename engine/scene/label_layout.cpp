// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/label_layout.h"

#include <algorithm>
#include <set>

#include "engine/math/projection.h"

namespace scene {
namespace {

/// A text stands this far above its anchor, so that it does not cover the thing.
constexpr float kLift = 10;
constexpr float kGap = 3;
/// More labels than this in a picture are a crossword, not a city.
constexpr float kPixelsPerLabel = 40'000;
/// Through a wide lens one stands in the street, where a name a kilometre away is behind ten houses.
constexpr double kStreetFov = 0.7;
constexpr float kStreetReach = 0.3f;

struct Candidate {
  LabelId id;
  const Label* label;
  glm::vec2 anchor;
  float distance;
  bool shownBefore;
};

bool overlaps(const glm::vec2& low, const glm::vec2& high, const glm::vec4& box) {
  return low.x < box.z && high.x > box.x && low.y < box.w && high.y > box.y;
}

std::vector<Candidate> candidatesOf(const LabelStore& labels, const View& view, const std::set<LabelId>& before) {
  const glm::mat4 toClip = math::perspectiveTile(static_cast<float>(view.camera.verticalFov),
                                                 static_cast<float>(view.width) / static_cast<float>(std::max(1u, view.height)),
                                                 static_cast<float>(view.camera.nearPlane), view.tile) *
                           view.camera.viewMatrix();
  const glm::vec3 eye(view.camera.position);
  const float reach = view.camera.verticalFov > kStreetFov ? kStreetReach : 1.f;
  std::vector<Candidate> found;
  labels.labels().forEach([&](LabelId id, const Label& label) {
    if (!label.visible || label.text.empty()) return;
    const float distance = glm::distance(eye, label.position);
    if (distance > label.maxDistance * (label.tier == LabelTier::Selected ? 1.f : reach)) return;
    const glm::vec4 clip = toClip * glm::vec4(label.position, 1);
    if (clip.w <= 0 || std::abs(clip.x) > clip.w || std::abs(clip.y) > clip.w) return;
    const glm::vec2 pixel((clip.x / clip.w * 0.5f + 0.5f) * static_cast<float>(view.width) + static_cast<float>(view.x),
                          (clip.y / clip.w * 0.5f + 0.5f) * static_cast<float>(view.height) + static_cast<float>(view.y));
    found.push_back({id, &label, glm::round(pixel), distance, before.contains(id)});
  });
  std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
    if (a.label->priority != b.label->priority) return a.label->priority > b.label->priority;
    if (a.shownBefore != b.shownBefore) return a.shownBefore;
    if (a.distance != b.distance) return a.distance < b.distance;
    return a.id < b.id;
  });
  return found;
}

}  // namespace

const std::vector<PlacedLabel>& LabelLayout::place(const LabelStore& labels, const View& view, const LabelMeasure& measure,
                                                   const std::vector<glm::vec4>& reserved) {
  std::set<LabelId> before;
  for (const PlacedLabel& p : placed_) before.insert(p.id);
  placed_.clear();
  std::vector<glm::vec4> taken = reserved;
  const auto most = static_cast<size_t>(static_cast<float>(view.width) * static_cast<float>(view.height) / kPixelsPerLabel) + 1;
  for (const Candidate& c : candidatesOf(labels, view, before)) {
    if (placed_.size() >= most) break;
    const glm::vec2 size = measure(*c.label);
    const glm::vec2 low = glm::round(glm::vec2(c.anchor.x - size.x * 0.5f, c.anchor.y - kLift - size.y));
    const glm::vec2 high = low + size;
    const bool inside = low.x >= static_cast<float>(view.x) && low.y >= static_cast<float>(view.y) &&
                        high.x <= static_cast<float>(view.x) + static_cast<float>(view.width) &&
                        high.y <= static_cast<float>(view.y) + static_cast<float>(view.height);
    if (!inside) continue;
    const bool blocked = std::any_of(taken.begin(), taken.end(), [&](const glm::vec4& box) { return overlaps(low - kGap, high + kGap, box); });
    if (blocked) continue;
    taken.emplace_back(low.x, low.y, high.x, high.y);
    const float left = 1.f - c.distance / (c.label->maxDistance * (view.camera.verticalFov > kStreetFov ? kStreetReach : 1.f));
    placed_.push_back({c.id, c.anchor, low, high, c.label->tier == LabelTier::Selected ? 1.f : std::clamp(left * 6.f, 0.f, 1.f)});
  }
  return placed_;
}

const PlacedLabel* LabelLayout::at(glm::vec2 pixel) const {
  for (const PlacedLabel& p : placed_)
    if (pixel.x >= p.low.x && pixel.x <= p.high.x && pixel.y >= p.low.y && pixel.y <= p.high.y) return &p;
  return nullptr;
}

}  // namespace scene
