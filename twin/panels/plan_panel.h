// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// The point of the ground in the middle of the picture, city frame; the camera's own foot when it
/// looks at the sky.
glm::dvec2 groundInView(const PanelInput& in);

/// Scenario layers: hide what is there, put up a box, switch, undo.
class PlanPanel {
 public:
  void build(const Context& ui, const Rect& place, PanelWindows& windows);

 private:
  void hideSelected(const Context& ui, float width);
  void addBox(const Context& ui, float width);
  void layers(const Context& ui, float width);

  float width_ = 30;   ///< metres
  float depth_ = 20;
  float height_ = 36;
  float turn_ = 0;     ///< degrees clockwise from grid north
};

}  // namespace panels
