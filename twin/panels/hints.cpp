// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/hints.h"

#include <algorithm>

#include <imgui.h>

#include "twin/panels/entity_text.h"
#include "twin/panels/format.h"
#include "twin/panels/health.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

constexpr ImGuiWindowFlags kPassive = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoInputs |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollbar;

/// A pill of one line; returns its height. `y` is the lower edge.
float pill(const Context& ui, const char* id, Mark mark, uint32_t color, const std::string& text, const Rect& picture, float y) {
  const float room = picture.width() - ui.px(16);
  if (room < ui.px(80)) return 0;
  const float width = std::min(room, ui.fonts.body->CalcTextSizeA(ui.fonts.body->FontSize, FLT_MAX, 0, text.c_str()).x + ui.px(46));
  const float height = ui.fonts.body->FontSize + ui.px(16);
  const float x = std::round((picture.low.x + picture.high.x - width) / 2);
  ImGui::SetNextWindowPos({x, y - height});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, height / 2);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(12), ui.px(8)));
  ImGui::PushStyleColor(ImGuiCol_Border, withAlpha(color, 0.6));
  ImGui::Begin(id, nullptr, kPassive & ~ImGuiWindowFlags_NoInputs);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
  markItem(ui, mark, color);  // in the body face, which is ImGui's default
  ImGui::SameLine(0, ui.px(8));
  elided(text, width - ui.px(44), ui.theme.text);
  ImGui::End();
  return height + ui.px(8);
}

}  // namespace

void hoverTooltip(const Context& ui) {
  const model::Entity* entity = ui.in.mirror ? ui.in.mirror->find(ui.in.hovered) : nullptr;
  if (!entity || !entity->info || ImGui::GetIO().WantCaptureMouse) return;
  FontScope font(ui.fonts.body);
  ImGui::BeginTooltip();
  ImGui::TextUnformatted(titleOf(ui, *entity).c_str());
  const std::string value = mainValueOf(ui, *entity);
  if (!value.empty()) {
    ImGui::PushStyleColor(ImGuiCol_Text, ui.theme.text);
    ImGui::TextUnformatted(value.c_str());
    ImGui::PopStyleColor();
  }
  const StateLook origin = lookOf(ui, entity->info->origin);
  std::string line = kindOf(ui, *entity) + " · " + origin.word;
  if (const auto fresh = freshnessOf(ui, *entity)) {
    const model::SourceId source = entity->moving ? entity->latest.source : entity->properties.empty() ? model::kNoSource : entity->properties.front().source;
    if (fresh->health != model::Health::Good) line += std::string(" · ") + lookOf(ui, fresh->health).word;
    line += " · " + ageText(fresh->ageSeconds, ui.words) + " · " + sourceName(ui, source);
  }
  ImGui::PushStyleColor(ImGuiCol_Text, ui.theme.textQuiet);
  ImGui::PushFont(ui.fonts.small);
  ImGui::TextUnformatted(line.c_str());
  ImGui::PopFont();
  ImGui::PopStyleColor();
  ImGui::EndTooltip();
}

void noticeLine(const Context& ui, const Rect& picture) {
  float y = picture.high.y;
  if (!ui.in.notice.empty()) y -= pill(ui, "##notice", Mark::Triangle, ui.theme.warning, ui.in.notice, picture, y);
  const model::Entity* followed = ui.in.mirror && !ui.in.following.empty() ? ui.in.mirror->findById(ui.in.following) : nullptr;
  if (followed && followed->info)
    pill(ui, "##following", Mark::Ring, ui.theme.accent, fill(ui.tr("hint.following"), {titleOf(ui, *followed)}), picture, y);
}

}  // namespace panels
