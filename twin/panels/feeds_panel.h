// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// Every source: is it alive, how fast, how late, and what became of each message.
void feedsPanel(const Context& ui, const Rect& place, PanelWindows& windows);

}  // namespace panels
