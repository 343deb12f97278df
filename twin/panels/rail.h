// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// The small tabs at the left edge: one per panel, and help.
void rail(const Context& ui, const Rect& place, PanelWindows& windows);

}  // namespace panels
