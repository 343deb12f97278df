// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "engine/platform/input.h"
#include "engine/ui/fonts.h"
#include "engine/ui/theme.h"
#include "twin/panels/command.h"
#include "twin/panels/i18n.h"
#include "twin/panels/panel_id.h"
#include "twin/panels/panel_input.h"

namespace panels {

/// All panels of the program in the arrangement of the mode. Between ImGui::NewFrame() and Render().
class Panels {
 public:
  /// `i18n` outlives the panels. `scale` is pixels per design pixel (1 at 1080 lines and 100 %).
  Panels(const ui::Fonts& fonts, const ui::Theme& theme, const I18n& i18n, double scale);
  ~Panels();
  Panels(const Panels&) = delete;
  Panels& operator=(const Panels&) = delete;

  /// Draws everything; what the user asked for comes back and is carried out after.
  std::vector<Command> build(const PanelInput& input);
  /// Keys to commands by the one action table; nothing while a text field has the focus.
  std::vector<Command> shortcuts(const platform::Input& keys, const PanelInput& input);
  bool isOpen(Mode mode, PanelId panel) const;
  /// The alarm that the desk explains from now on (its symbol in the city was clicked).
  void chooseAlarm(const std::string& key);
  /// Rectangles (x0, y0, x1, y1, pixels) that labels in the picture must leave free.
  const std::vector<glm::vec4>& reserved() const;
  /// Puts windows and fields back as at the start: for the next visitor.
  void reset();
  /// After the fonts were built anew for another scale.
  void setFonts(const ui::Fonts& fonts, double scale);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace panels
