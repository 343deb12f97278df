// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"
#include "twin/panels/search_index.h"

namespace panels {

/// A field, and below it what was found while typing. Enter flies to the marked line.
class SearchPanel {
 public:
  void build(const Context& ui, const Rect& place, PanelWindows& windows);

 private:
  void refresh(const Context& ui);
  void choose(const Context& ui, const Findable& item);
  bool row(const Context& ui, const Findable& item, float width, bool marked);

  std::array<char, 128> text_{};
  std::string searched_;
  SearchIndex index_;
  std::vector<const Findable*> found_;
  double indexedAt_ = -1;    ///< ImGui time, seconds
  uint64_t indexedRevision_ = 0;
  int marked_ = 0;
};

}  // namespace panels
