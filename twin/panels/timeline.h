// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "twin/panels/context.h"
#include "twin/panels/layout.h"

namespace panels {

/// Pause, play at any speed, back to live; with history a bar to drag through the recorded past, with event marks, the
/// selected thing's curve, gaps and bookmarks; in a replay its scrubber. Says plainly when there is only now.
class Timeline {
 public:
  void build(const Context& ui, const Rect& place);

 private:
  void liveOnly(const Context& ui, float x, float height, float width);
  void replay(const Context& ui, float x, float height, float width);
  void past(const Context& ui, float x, const Rect& place);
  void bookmarkPopup(const Context& ui);

  history::Span held_;           ///< the stretch under the bar while it is dragged; empty: not dragged
  std::array<char, 128> name_{};  ///< of a bookmark that is being made
};

}  // namespace panels
