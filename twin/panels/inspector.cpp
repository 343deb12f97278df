// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/inspector.h"

#include <algorithm>

#include <imgui.h>

#include "twin/panels/entity_text.h"
#include "twin/panels/format.h"
#include "twin/panels/health.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

/// How far back the small curves reach at most, and at least.
constexpr int64_t kHistorySpan = 10 * 60 * base::kNsPerSecond;
constexpr int64_t kShortestSpan = 60 * base::kNsPerSecond;

/// Where a curve begins: a thing that is watched for a minute fills the width with that minute.
base::UtcNs curveStart(const Context& ui, const PropertyHistory& history) {
  return std::clamp(history.samples.front().first, ui.in.shown - kHistorySpan, ui.in.shown - kShortestSpan);
}

const PropertyHistory* historyOf(const Context& ui, const std::string& property) {
  for (const PropertyHistory& history : ui.in.history)
    if (history.property == property && history.samples.size() > 1) return &history;
  return nullptr;
}

void badges(const Context& ui, const model::Entity& entity) {
  const StateLook origin = lookOf(ui, entity.info->origin);
  badge(ui, origin.mark, origin.color, origin.word);
  tooltip(ui, ui.tr("inspector.origin_hint"));
  const auto fresh = freshnessOf(ui, entity);
  if (!fresh) return;
  const StateLook look = lookOf(ui, fresh->health);
  const std::string word = std::string(look.word) + " · " + ageText(fresh->ageSeconds, ui.words);
  const float next = ImGui::GetItemRectMax().x + ui.px(8) + badgeWidth(ui, word.c_str());
  if (next < ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x) ImGui::SameLine(0, ui.px(8));
  badge(ui, look.mark, look.color, word.c_str());
}

/// Says in words what the dashed and hollow marks mean for this thing.
void silence(const Context& ui, const model::Entity& entity) {
  const auto fresh = freshnessOf(ui, entity);
  if (!fresh || (fresh->health != model::Health::Stale && fresh->health != model::Health::Dead)) return;
  const StateLook look = lookOf(ui, fresh->health);
  const char* key = fresh->health == model::Health::Dead ? "inspector.dead" : "inspector.stale";
  wrapped(ui, fill(ui.tr(key), {ageText(fresh->ageSeconds, ui.words), numberText(fresh->periodSeconds, 0)}), look.color);
}

void buttons(const Context& ui, const model::Entity& entity, float width) {
  const std::string& id = entity.info->id;
  const bool following = ui.in.following == id;
  const bool canHide = entity.info->kind == "building";
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float copy = ImGui::GetFrameHeight() + ui.px(2);
  const int words = 1 + (entity.moving ? 1 : 0) + (canHide ? 1 : 0);
  const float each = std::floor((width - copy - gap * static_cast<float>(words)) / static_cast<float>(words));
  if (wordButton(ui, Icon::Fly, ui.tr("inspector.fly"), each)) ui.ask(FlyToEntity{id});
  if (entity.moving) {
    ImGui::SameLine();
    if (wordButton(ui, Icon::Follow, ui.tr(following ? "inspector.stop" : "inspector.follow"), each, following)) ui.ask(FollowEntity{following ? "" : id});
  }
  if (canHide) {
    ImGui::SameLine();
    if (wordButton(ui, Icon::Hide, ui.tr("inspector.hide"), each)) ui.ask(AddPlanEdit{plan::HideEntity{id}});
  }
  ImGui::SameLine();
  if (iconButton(ui, "copy", Icon::Copy, ui.tr("inspector.copy"), false, copy)) ImGui::SetClipboardText(id.c_str());
}

/// One line of label and value.
void plainRow(const Context& ui, const std::string& label, const std::string& value, float width, uint32_t ink) {
  const float left = ImGui::GetCursorPosX();
  const float valueWidth = std::min(ImGui::CalcTextSize(value.c_str()).x, width * 0.62f);
  elided(label, width - valueWidth - ui.px(12), ui.theme.textQuiet);
  ImGui::SameLine(0, 0);
  ImGui::SetCursorPosX(left + width - valueWidth);
  elided(value, valueWidth + 1, ink);
}

/// Below a value: its curve, its age, where it came from, and a mark when it is not good.
void valueFoot(const Context& ui, const model::PropertyRow& row, const model::Freshness& fresh, float width) {
  FontScope font(ui.fonts.small);
  const float left = ImGui::GetCursorPosX();
  const float top = ImGui::GetCursorPosY();
  const PropertyHistory* history = historyOf(ui, row.name);
  const float curve = history ? std::floor(width * 0.36f) : 0;
  if (history) sparkline(ui, history->samples, curveStart(ui, *history), ui.in.shown, curve, ImGui::GetTextLineHeight());
  const float bottom = ImGui::GetCursorPosY();
  std::string foot = ageText(fresh.ageSeconds, ui.words) + " · " + sourceName(ui, row.source);
  if (row.provenance != model::Provenance::Measured) foot += " · " + std::string(lookOf(ui, row.provenance).word);
  const bool good = fresh.health == model::Health::Good;
  const StateLook look = lookOf(ui, fresh.health);
  if (!good) foot = std::string(look.word) + " · " + foot;
  const float mark = good ? 0 : ui.px(16);
  const float room = width - curve - (history ? ui.px(10) : 0) - mark;
  const float textWidth = std::min(ImGui::CalcTextSize(foot.c_str()).x, room);
  ImGui::SetCursorPos({left + width - textWidth, top});
  elided(foot, textWidth + 1, good ? ui.theme.textQuiet : look.color);
  if (!good) {
    const ImVec2 at = ImGui::GetItemRectMin();
    drawMark(*ImGui::GetWindowDrawList(), look.mark, {at.x - ui.px(9), at.y + ImGui::GetTextLineHeight() / 2}, ui.px(5.5), look.color);
  }
  ImGui::SetCursorPos({left, std::max(bottom, ImGui::GetCursorPosY())});
}

void valueRow(const Context& ui, const model::Entity& entity, const model::PropertyRow& row, float width) {
  const model::Freshness fresh = freshnessOf(ui, entity, row);
  const std::string label = ui.in.catalogue ? ui.text(ui.in.catalogue->property(row.name).label) : row.name;
  const bool old = fresh.health == model::Health::Stale || fresh.health == model::Health::Dead;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(1)));
  plainRow(ui, label, valueOf(ui, row), width, old ? ui.theme.textQuiet : ui.theme.text);
  valueFoot(ui, row, fresh, width);
  ImGui::PopStyleVar();
  ImGui::Dummy({0, ui.px(1)});
}

void motion(const Context& ui, const model::Entity& entity, float width) {
  if (!entity.moving) return;
  heading(ui, ui.tr("inspector.motion"));
  const double metresPerSecond = entity.latest.speed;
  const PropertyHistory* history = historyOf(ui, "speed");
  plainRow(ui, ui.tr("inspector.speed"), withUnit(numberText(metresPerSecond * 3.6, 0), "km/h"), width, ui.theme.text);
  if (history) sparkline(ui, history->samples, curveStart(ui, *history), ui.in.shown, width, ui.px(28));
  const double azimuth = ui.in.city ? ui.in.city->data.frame.trueFromGrid(entity.latest.heading) : entity.latest.heading;
  double degrees = std::fmod(azimuth * 57.29577951308232 + 360.0, 360.0);
  if (degrees >= 359.5) degrees = 0;
  plainRow(ui, ui.tr("inspector.heading"), std::string(compassWord(azimuth, ui.words)) + "  " + withUnit(numberText(degrees, 0), "°"), width, ui.theme.text);
}

void values(const Context& ui, const model::Entity& entity, float width) {
  const bool onlySpeed = entity.moving && entity.properties.size() == 1 && entity.properties.front().name == "speed";
  if (entity.properties.empty() || onlySpeed) return;
  heading(ui, ui.tr("inspector.values"));
  for (const model::PropertyRow& row : entity.properties)
    if (!(entity.moving && row.name == "speed")) valueRow(ui, entity, row, width);
}

/// A head shows what its groups of the controller's SPaT say: one row for each lens that has its own light.
void signalRows(const Context& ui, const model::Entity& head, float width) {
  if (head.info->kind != "signal" || !ui.in.mirror) return;
  const auto attribute = [&](const char* name) -> const model::Value* {
    for (const auto& [known, value] : head.info->attributes) if (known == name) return &value;
    return nullptr;
  };
  const auto group = [&](const char* name) {
    const model::Value* value = attribute(name);
    const double* number = value ? std::get_if<double>(value) : nullptr;
    return number ? static_cast<int>(*number) : 0;
  };
  const model::Value* owner = attribute("controller");
  const std::string* id = owner ? std::get_if<std::string>(owner) : nullptr;
  const model::Entity* controller = id ? ui.in.mirror->findById(*id) : nullptr;
  if (!controller) return;
  heading(ui, ui.tr("inspector.values"));
  const model::Value* walker = attribute("pedestrian");
  const bool* walk = walker ? std::get_if<bool>(walker) : nullptr;
  const int round = group("group"), arrow = group("arrow_group");
  const auto row = [&](int number, const char* label) {
    const model::PropertyRow* state = controller->property("group_" + std::to_string(number));
    if (number <= 0 || !state) return;
    const model::PropertyRow* left = controller->property("remain_" + std::to_string(number));
    const bool timed = left && std::holds_alternative<double>(left->value);
    const std::string word = valueOf(ui, *state);
    plainRow(ui, ui.tr(label), timed ? fill(ui.tr("signal.remaining"), {word, valueOf(ui, *left)}) : word, width, ui.theme.text);
    valueFoot(ui, *state, freshnessOf(ui, *controller, *state), width);
  };
  if (round != arrow) row(round, walk && *walk ? "signal.walk" : "signal.round");
  row(arrow, "signal.arrow");
}

/// The thing whose id a fact gives (the lot of a building, the controller of a signal), or null. Only facts that point:
/// in a foreign feed any short word may be the id of something else.
const model::Entity* pointedAt(const Context& ui, std::string_view name, const model::Value& value) {
  static constexpr std::string_view kPointers[] = {"lot", "host", "road", "controller", "signal", "crosswalk", "building", "gateway"};
  const std::string* id = std::get_if<std::string>(&value);
  const bool points = std::find(std::begin(kPointers), std::end(kPointers), name) != std::end(kPointers);
  return id && points && ui.in.mirror ? ui.in.mirror->findById(*id) : nullptr;
}

void facts(const Context& ui, const model::Entity& entity, float width) {
  static constexpr const char* kFirst[] = {"use", "height", "storeys", "basements", "households"};
  static constexpr const char* kTechnical[] = {"id", "origin", "source", "name_ko", "name_en", "datastreams", "service_en", "service_ko", "landmark"};
  if (entity.info->attributes.empty() && entity.info->source.empty()) return;
  heading(ui, ui.tr("inspector.facts"));
  const auto contains = [](const auto& list, const std::string& name) { return std::find(std::begin(list), std::end(list), name) != std::end(list); };
  const auto& attributes = entity.info->attributes;
  const auto row = [&](const std::string& name, const model::Value& value) {
    const model::Entity* other = pointedAt(ui, name, value);
    plainRow(ui, attributeLabel(ui, name), other ? titleOf(ui, *other) : attributeValue(ui, name, value), width, other ? ui.theme.accent : ui.theme.text);
    if (!other) return;
    if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (ImGui::IsItemClicked()) ui.ask(SelectEntity{other->info->id});
  };
  for (const char* first : kFirst)
    for (const auto& [name, value] : attributes) if (name == first) row(name, value);
  for (const auto& [name, value] : attributes) {
    const bool localized = name == (ui.in.language == core::Language::Korean ? "service_ko" : "service_en");
    if (localized) row("service", value);
    else if (!contains(kFirst, name) && !contains(kTechnical, name) && name != "service") row(name, value);
  }
  const auto known = [&]() -> const city::SourceInfo* {
    if (ui.in.city)
      for (const city::SourceInfo& s : ui.in.city->data.sources) if (s.key == entity.info->source) return &s;
    return nullptr;
  }();
  if (!entity.info->source.empty()) plainRow(ui, ui.tr("inspector.source"), known ? known->title : entity.info->source, width, ui.theme.text);
  if (known && !known->licence.empty()) plainRow(ui, ui.tr("inspector.licence"), known->licence, width, ui.theme.text);
}

}  // namespace

void inspector(const Context& ui, const Rect& place, PanelWindows& windows) {
  const model::Entity* entity = ui.in.mirror ? ui.in.mirror->find(ui.in.selected) : nullptr;
  if (!entity || !entity->info) return;
  const float width = windows.begin(ui, PanelId::Inspector, place, titleOf(ui, *entity).c_str(), true);
  quiet(ui, kindOf(ui, *entity) + " · " + entity->info->id);
  badges(ui, *entity);
  silence(ui, *entity);
  ImGui::Dummy({0, ui.px(1)});
  buttons(ui, *entity, width);
  motion(ui, *entity, width);
  values(ui, *entity, width);
  signalRows(ui, *entity, width);
  facts(ui, *entity, width);
  windows.end();
}

}  // namespace panels
