// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "engine/ui/fonts.h"
#include "engine/ui/theme.h"
#include "twin/panels/command.h"
#include "twin/panels/i18n.h"
#include "twin/panels/panel_id.h"
#include "twin/panels/panel_input.h"

namespace panels {

/// What every panel works with while it is built: what may be shown, how, and where wishes go.
struct Context {
  const PanelInput& in;
  const ui::Fonts& fonts;
  const ui::Theme& theme;
  const I18n& words;
  double scale = 1;             ///< pixels per design pixel
  Shown& shown;
  std::vector<Command>& out;

  const char* tr(std::string_view key) const { return words.tr(key); }
  const std::string& text(const core::BilingualText& both) const { return both.in(in.language); }
  float px(double designPixels) const { return static_cast<float>(std::round(designPixels * scale)); }
  /// On a fixed clock nothing is shown that differs from run to run.
  bool fixed() const { return in.clockState == ClockState::Fixed; }
  template <typename C>
  void ask(C&& command) const { out.emplace_back(std::forward<C>(command)); }
};

}  // namespace panels
