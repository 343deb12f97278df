// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/timeline.h"

#include <algorithm>
#include <array>

#include <imgui.h>

#include "twin/panels/format.h"
#include "twin/panels/panel_window.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

constexpr std::array<double, 7> kSpeeds{{0.5, 1, 2, 5, 10, 30, 60}};

std::string clockOf(const Context& ui, base::UtcNs utc) {
  return core::formatClock(utc, ui.in.city ? ui.in.city->data.zone : core::TimeZone{});
}

/// A line of text in the middle of the strip's height.
void line(const Context& ui, const std::string& text, float height, float width, uint32_t ink) {
  FontScope font(ui.fonts.small);
  ImGui::SetCursorPosY(std::round((height - ImGui::GetTextLineHeight()) / 2));
  elided(text, width, ink);
}

void speedButton(const Context& ui, float height) {
  const std::string speed = numberText(ui.in.replaySpeed, ui.in.replaySpeed < 1 ? 1 : 0) + "×";
  FontScope font(ui.fonts.small);
  ImGui::SetCursorPosY(std::round((height - ImGui::GetFrameHeight()) / 2));
  ImGui::SetNextItemWidth(ui.px(64));
  if (!ImGui::BeginCombo("##speed", speed.c_str(), ImGuiComboFlags_NoArrowButton)) return;
  for (const double choice : kSpeeds) {
    const std::string label = numberText(choice, choice < 1 ? 1 : 0) + "×";
    if (ImGui::Selectable(label.c_str(), choice == ui.in.replaySpeed)) ui.ask(SetReplaySpeed{choice});
  }
  ImGui::EndCombo();
}

/// The recorded span as a bar; a press or drag on it seeks.
void scrubber(const Context& ui, float height, float width) {
  const auto [from, to] = *ui.in.recordedSpan;
  const float left = ImGui::GetCursorPosX();
  ImGui::SetCursorPosY(0);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  hitArea("scrub", {std::max(1.f, width), height});
  const double span = std::max<double>(1, static_cast<double>(to - from));
  const float y = at.y + height * 0.40f;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const double share = std::clamp(static_cast<double>(ui.in.shown - from) / span, 0.0, 1.0);
  const float x = at.x + static_cast<float>(share) * width;
  list.AddRectFilled({at.x, y - ui.px(2)}, {at.x + width, y + ui.px(2)}, ui.theme.edge, ui.px(2));
  list.AddRectFilled({at.x, y - ui.px(2)}, {x, y + ui.px(2)}, ui.theme.accent, ui.px(2));
  list.AddCircleFilled({x, y}, ui.px(7), ui.theme.text);
  const auto mouse = std::clamp((ImGui::GetIO().MousePos.x - at.x) / std::max(1.f, width), 0.f, 1.f);
  const base::UtcNs pointed = from + static_cast<base::UtcNs>(static_cast<double>(mouse) * span);
  if (ImGui::IsItemActive()) ui.ask(SeekTo{pointed});
  if (ImGui::IsItemHovered()) tooltip(ui, clockOf(ui, pointed));
  FontScope font(ui.fonts.small);
  const float textY = at.y + height * 0.40f + ui.px(6);
  const std::string end = clockOf(ui, to);
  list.AddText({at.x, textY}, ui.theme.textQuiet, clockOf(ui, from).c_str());
  list.AddText({at.x + width - ImGui::CalcTextSize(end.c_str()).x, textY}, ui.theme.textQuiet, end.c_str());
  ImGui::SetCursorPosX(left + width);
}

}  // namespace

void timeline(const Context& ui, const Rect& place) {
  beginStrip(ui, "##timeline", place, false);
  const float height = place.height();
  const float size = ui.px(36);
  const bool paused = ui.in.clockState == ClockState::Paused;
  const bool replay = ui.in.recordedSpan.has_value();
  const auto button = [&](float x, const char* id, Icon icon, const char* hint, bool active) {
    ImGui::SetCursorPos({x, (height - size) / 2});
    return iconButton(ui, id, icon, hint, active, size);
  };
  float x = ui.px(10);
  if (ui.fixed()) {
    const float wide = ui.fonts.small->CalcTextSizeA(ui.fonts.small->FontSize, FLT_MAX, 0, ui.tr("timeline.fixed")).x;
    ImGui::SetCursorPosX(std::max(ui.px(16), std::round((place.width() - wide) / 2)));
    line(ui, ui.tr("timeline.fixed"), height, place.width() - ui.px(32), ui.theme.textQuiet);
    endStrip();
    return;
  }
  if (button(x, "pause", paused ? Icon::Play : Icon::Pause, ui.tr(paused ? "timeline.resume" : "timeline.pause"), paused)) ui.ask(SetPaused{!paused});
  x += size + ui.px(4);
  if (!replay) {
    if (button(x, "live", Icon::Live, ui.tr("timeline.live"), ui.in.clockState == ClockState::Live)) ui.ask(GoLive{});
    x += size + ui.px(12);
    ImGui::SetCursorPosX(x);
    const double behind = static_cast<double>(ui.in.shown - ui.in.wall) * 1e-9;
    const std::string text = paused ? fill(ui.tr("timeline.behind"), {clockOf(ui, ui.in.shown), spanText(behind)}) : std::string(ui.tr("timeline.live_only"));
    line(ui, text, height, place.width() - x - ui.px(12), paused ? ui.theme.warning : ui.theme.textQuiet);
  } else {
    ImGui::SetCursorPosX(x + ui.px(4));
    speedButton(ui, height);
    x += ui.px(64 + 24);
    ImGui::SetCursorPosX(x);
    scrubber(ui, height, place.width() - x - ui.px(20));
  }
  endStrip();
}

}  // namespace panels
