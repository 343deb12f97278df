// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"
#include "twin/panels/layout.h"

namespace panels {

/// Pause, back to live, and in a replay its speed and a scrubber; says plainly when there is only now.
void timeline(const Context& ui, const Rect& place);

}  // namespace panels
