// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/alarm_list.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "twin/panels/entity_text.h"
#include "twin/panels/format.h"

namespace panels {
namespace {

constexpr double kLookDistance = 300;  // metres
constexpr uint32_t kInk = 0xff1d1610u;
constexpr uint32_t kPaper = 0xffffffffu;

void symbol(ImDrawList& list, ImFont* font, uint32_t color, alarms::Priority priority, const ImVec2& c, float r, bool lit) {
  const uint32_t fill = lit ? color : kInk;
  float low = 0;
  switch (priority) {
    case alarms::Priority::Critical:
      list.AddRectFilled({c.x - r, c.y - r}, {c.x + r, c.y + r}, fill);
      list.AddRect({c.x - r, c.y - r}, {c.x + r, c.y + r}, color, 0, 0, 2);
      break;
    case alarms::Priority::High: {
      const ImVec2 p[3] = {{c.x, c.y - r * 1.2f}, {c.x + r * 1.2f, c.y + r}, {c.x - r * 1.2f, c.y + r}};
      list.AddTriangleFilled(p[0], p[1], p[2], fill);
      list.AddTriangle(p[0], p[1], p[2], color, 2);
      low = r * 0.28f;
      break;
    }
    case alarms::Priority::Medium: {
      const float d = r * 1.25f;
      list.AddQuadFilled({c.x, c.y - d}, {c.x + d, c.y}, {c.x, c.y + d}, {c.x - d, c.y}, fill);
      list.AddQuad({c.x, c.y - d}, {c.x + d, c.y}, {c.x, c.y + d}, {c.x - d, c.y}, color, 2);
      break;
    }
    case alarms::Priority::Low:
      list.AddCircleFilled(c, r * 1.08f, fill);
      list.AddCircle(c, r * 1.08f, color, 0, 2);
      break;
  }
  // Red and violet are dark: white reads better on them.
  const bool dark = priority == alarms::Priority::Critical || priority == alarms::Priority::Low;
  const char letter[2] = {alarms::letterOf(priority), 0};
  const float size = r * 1.45f;
  const ImVec2 extent = font->CalcTextSizeA(size, FLT_MAX, 0, letter);
  list.AddText(font, size, {std::round(c.x - extent.x / 2), std::round(c.y + low - extent.y / 2)}, lit ? (dark ? kPaper : kInk) : color, letter);
}

bool isOn(const alarms::AlarmRow& row, AlarmTab tab) {
  const bool put = row.alarm.condition.inhibited();
  return tab == AlarmTab::Inhibited ? put : !put;
}

}  // namespace

std::vector<const alarms::AlarmRow*> alarmRows(const PanelInput& in, AlarmTab tab) {
  std::vector<const alarms::AlarmRow*> rows;
  if (!in.alarms) return rows;
  for (const alarms::AlarmRow& row : in.alarms->rows)
    if (isOn(row, tab)) rows.push_back(&row);
  return rows;
}

const alarms::AlarmRow* currentAlarm(const PanelInput& in, const Shown& shown) {
  if (!in.alarms) return nullptr;
  if (const alarms::AlarmRow* row = in.alarms->find(shown.alarm)) return row;
  const auto rows = alarmRows(in, shown.alarmTab);
  return rows.empty() ? nullptr : rows.front();
}

const model::Entity* thingOf(const PanelInput& in, const alarms::AlarmRow& row) {
  const bool known = row.alarm.about == alarms::SubjectKind::Thing || row.alarm.about == alarms::SubjectKind::Link;
  return known && in.mirror ? in.mirror->findById(row.alarm.subject) : nullptr;
}

std::optional<glm::dvec3> placeOf(const PanelInput& in, const alarms::AlarmRow& row) {
  if (const model::Entity* entity = thingOf(in, row); entity && row.alarm.about == alarms::SubjectKind::Thing)
    return entity->moving ? entity->latest.position : entity->info->position;
  return row.alarm.position;
}

std::optional<Command> flyTo(const PanelInput& in, const alarms::AlarmRow& row) {
  const alarms::Rule& rule = in.alarms->ruleOf(row);
  if (!rule.view.empty()) return FlyToView{rule.view};
  if (thingOf(in, row)) return FlyToEntity{row.alarm.subject};
  if (row.alarm.position) return FlyToPoint{*row.alarm.position, kLookDistance};
  return std::nullopt;
}

void alarmSymbol(const Context& ui, ImDrawList& list, alarms::Priority priority, const ImVec2& centre, float r, bool lit) {
  const uint32_t color = ui.in.palette ? ui.in.palette->alarm[static_cast<size_t>(priority) - 1] : ui.theme.text;
  symbol(list, ui.fonts.small, color, priority, centre, r, lit);
}

void alarmSymbols(const ui::Fonts& fonts, const binding::Palette& palette, const binding::Binding& binding, const std::vector<scene::PlacedLabel>& placed,
                  double scale, base::UtcNs shown) {
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  const auto px = [scale](double v) { return static_cast<float>(v * scale); };
  for (const scene::PlacedLabel& label : placed) {
    const binding::AlarmSymbol* alarm = binding.alarmAt(label.id);
    if (alarm == nullptr) continue;
    // In the room that the label keeps for its icon (ui::drawLabels).
    const ImVec2 centre{label.low.x + px(12.5), (label.low.y + label.high.y) / 2};
    symbol(list, fonts.small, palette.alarm[static_cast<size_t>(alarm->priority) - 1], alarm->priority, centre, px(8), !alarm->flashes || binding::flashLit(shown));
  }
}

bool symbolLit(const Context& ui, const alarms::AlarmRow& row) {
  return !row.wantsAttention || binding::flashLit(ui.in.wall);
}

std::string alarmWhere(const Context& ui, const alarms::AlarmRow& row) {
  if (const model::Entity* entity = thingOf(ui.in, row)) return titleOf(ui, *entity);
  switch (row.alarm.about) {
    case alarms::SubjectKind::Group: {
      // Sections of road are named after their road.
      const model::Entity* road = ui.in.mirror ? ui.in.mirror->findById(row.alarm.subject) : nullptr;
      return fill(ui.tr("alarm.where_group"), {road ? titleOf(ui, *road) : row.alarm.subject});
    }
    case alarms::SubjectKind::Source: return fill(ui.tr("alarm.where_source"), {row.alarm.subject});
    case alarms::SubjectKind::System: return ui.tr("alarm.where_system");
    default: return row.alarm.subject;
  }
}

std::string alarmValue(const Context& ui, const alarms::AlarmRow& row) {
  const alarms::Rule& rule = ui.in.alarms->ruleOf(row);
  const alarms::Alarm& alarm = row.alarm;
  if (!alarm.text.empty()) {
    if (const char* word = ui.words.find("event." + alarm.text)) return word;
    if (rule.property.empty() || !ui.in.catalogue) return alarm.text;
    return valueText(alarm.text, ui.in.catalogue->property(rule.property), {}, ui.words);
  }
  if (!std::isfinite(alarm.number)) return {};
  switch (rule.kind) {
    case alarms::RuleKind::OffRoute: return withUnit(numberText(alarm.number, 0), "m");
    case alarms::RuleKind::AirGrade: return "CAI " + numberText(alarm.number, 0);
    case alarms::RuleKind::GroupSilent: return fill(ui.tr("alarm.devices"), {numberText(alarm.number, 0)});
    default: break;
  }
  if (rule.property.empty() || !ui.in.catalogue) return numberText(alarm.number, 0);
  const core::PropertyInfo& info = ui.in.catalogue->property(rule.property);
  return withUnit(numberText(alarm.number, info.decimals), info.unit);
}

std::string alarmStateText(const Context& ui, const alarms::AlarmRow& row) {
  const alarms::Condition& c = row.alarm.condition;
  std::string text = ui.tr((std::string("alarm_state.") + alarms::nameOf(row.state)).c_str());
  const core::TimeZone zone = ui.in.city ? ui.in.city->data.zone : core::TimeZone{};
  if (row.state == alarms::AlarmState::Shelved) text += " " + fill(ui.tr("alarm.until"), {core::formatClock(c.shelvedUntil, zone).substr(0, 5)});
  if (c.quality != alarms::SourceQuality::Good && c.active) text += std::string(" · ") + ui.tr(c.quality == alarms::SourceQuality::NoData ? "alarm.quality_nodata" : "alarm.quality_error");
  return text;
}

double shelveSeconds(const alarms::Rule& rule, double wanted) { return std::min(wanted, rule.maxShelve); }

}  // namespace panels
