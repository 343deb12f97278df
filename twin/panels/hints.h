// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"
#include "twin/panels/layout.h"

namespace panels {

/// Beside the cursor: what the thing under it is, its main value, its age and source.
void hoverTooltip(const Context& ui);

/// One line of news above the timeline, and who is being followed.
void noticeLine(const Context& ui, const Rect& picture);

}  // namespace panels
