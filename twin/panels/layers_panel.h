// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// Switches of the layers with their counts, and what the colours mean.
void layersPanel(const Context& ui, const Rect& place, PanelWindows& windows);

}  // namespace panels
