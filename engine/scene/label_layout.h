// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "engine/scene/label_store.h"
#include "engine/scene/view.h"

namespace scene {

/// A label that found room. Pixels of the target, from its upper left corner.
struct PlacedLabel {
  LabelId id;
  glm::vec2 anchor{0};  ///< where the thing is
  glm::vec2 low{0};     ///< text box with its icon and padding
  glm::vec2 high{0};
  float fade = 1;       ///< 1 near .. 0 at the label's maximal distance
};

/// The size of a label's box (text, icon, padding), pixels.
using LabelMeasure = std::function<glm::vec2(const Label&)>;

/// Chooses the labels of a view: those in front of the camera and within their distance, the more
/// important first, each only where it overlaps none before it nor a reserved rectangle (panels).
/// Equal priorities: the one that was shown last time, then the nearer; so labels do not flicker.
class LabelLayout {
 public:
  const std::vector<PlacedLabel>& place(const LabelStore& labels, const View& view, const LabelMeasure& measure,
                                        const std::vector<glm::vec4>& reserved);
  const std::vector<PlacedLabel>& placed() const { return placed_; }
  /// The label under a pixel, or none.
  const PlacedLabel* at(glm::vec2 pixel) const;

 private:
  std::vector<PlacedLabel> placed_;
};

}  // namespace scene
