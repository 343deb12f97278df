// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/scene/label_layout.h"
#include "engine/ui/fonts.h"

namespace ui {

/// The size of a label's box in the current fonts at `scale`.
glm::vec2 measureLabel(const Fonts& fonts, const scene::Label& label, double scale);

/// Draws placed labels behind all panels: white with a dark halo, stronger over bright ground; icon
/// shapes before the text, a short stem down to the thing.
void drawLabels(const Fonts& fonts, const scene::LabelStore& labels, const std::vector<scene::PlacedLabel>& placed,
                double scale, bool brightGround);

}  // namespace ui
