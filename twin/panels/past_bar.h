// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"

namespace panels {

/// The stretch that the bar shows: up to now, or around a moment that is farther back.
history::Span barSpan(const PanelInput& in);

/// Draws the recorded past in a box of `width` x `height` at the cursor: what is recorded and what is not, gaps, the
/// curve of the selected thing, event marks, bookmarks and the shown moment. A press or drag asks for that moment.
/// `held`: the stretch while it is dragged, so that it stands still under the hand.
void pastBar(const Context& ui, history::Span& held, float width, float height);

}  // namespace panels
