// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// What this is, what is measured and what is not, and where everything comes from.
void aboutPanel(const Context& ui, const Rect& place, PanelWindows& windows);

}  // namespace panels
