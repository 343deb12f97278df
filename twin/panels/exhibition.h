// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/city_weather.h"
#include "twin/panels/context.h"
#include "twin/panels/layout.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// For the public: a big clock and one sentence, a few views to touch, a card of what was touched.
/// No word of engineering.
class Exhibition {
 public:
  void build(const Context& ui, const Arrangement& places, const CityWeather& weather, PanelWindows& windows);

 private:
  void clock(const Context& ui, const CityWeather& weather, PanelWindows& windows);
  void language(const Context& ui, PanelWindows& windows);
  void views(const Context& ui, PanelWindows& windows);
  void invitation(const Context& ui);
  void stillThere(const Context& ui);
  void card(const Context& ui, const Rect& place, PanelWindows& windows);

  std::string view_;  ///< id of the one last touched or toured: its name is the sentence
};

}  // namespace panels
