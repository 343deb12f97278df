// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// What a kind of event is called; an unknown one by its own name.
std::string eventTitle(const Context& ui, const model::EventObservation& event);

/// Families by which the list can be narrowed.
enum class EventFilter : uint8_t { All, Adas, Incident, Takeover, Other };
EventFilter familyOf(std::string_view type);

/// Warnings, incidents and take-overs, newest first. A click goes there.
class EventsPanel {
 public:
  void build(const Context& ui, const Rect& place, PanelWindows& windows);

 private:
  void row(const Context& ui, const model::Event& event, float width);
  EventFilter filter_ = EventFilter::All;
};

}  // namespace panels
