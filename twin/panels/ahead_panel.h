// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// The next fifteen minutes: on or off, how far ahead, how old the forecast is, and how well the last ones came true.
void aheadPanel(const Context& ui, const Rect& place, PanelWindows& windows);

}  // namespace panels
