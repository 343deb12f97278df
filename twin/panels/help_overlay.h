// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// The keys of the action table, and what the mouse does.
void helpOverlay(const Context& ui, PanelWindows& windows);

}  // namespace panels
