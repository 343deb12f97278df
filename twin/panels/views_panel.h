// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// The pack's views in their order.
std::vector<const city::NamedView*> orderedViews(const city::City& city);

/// The few that fit under a finger on a public screen, in order.
std::vector<const city::NamedView*> exhibitionViews(const city::City& city);

/// Named views as buttons, and north, top, home.
void viewsPanel(const Context& ui, const Rect& place, PanelWindows& windows);

}  // namespace panels
