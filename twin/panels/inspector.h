// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// Everything that is known of the selected thing, with age, source and quality of every value.
void inspector(const Context& ui, const Rect& place, PanelWindows& windows);

}  // namespace panels
