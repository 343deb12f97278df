// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/entity_text.h"

#include "twin/panels/format.h"

namespace panels {

std::string kindOf(const Context& ui, const model::Entity& entity) {
  return ui.in.catalogue ? ui.text(ui.in.catalogue->kind(entity.info->kind).label) : entity.info->kind;
}

std::string titleOf(const Context& ui, const model::Entity& entity) {
  const std::string& name = ui.text(entity.info->name);
  if (!name.empty()) return name;
  // A nameless building is called by what it is for.
  for (const auto& [attribute, value] : entity.info->attributes)
    if (attribute == "use" && entity.info->kind == "building") return attributeValue(ui, attribute, value);
  // "dev_street_light_0042" reads as "Smart street light 42".
  const std::string& id = entity.info->id;
  size_t digits = id.size();
  while (digits > 0 && id[digits - 1] >= '0' && id[digits - 1] <= '9') --digits;
  std::string number = id.substr(digits);
  number.erase(0, std::min(number.find_first_not_of('0'), number.size()));
  const std::string kind = kindOf(ui, entity);
  return number.empty() ? kind : kind + " " + number;
}

std::optional<model::Freshness> freshnessOf(const Context& ui, const model::Entity& entity) {
  if (!ui.in.catalogue || entity.lastEvent() == 0) return std::nullopt;
  const core::KindInfo& kind = ui.in.catalogue->kind(entity.info->kind);
  return model::freshnessOf(entity, kind, ui.in.shown);
}

model::Freshness freshnessOf(const Context& ui, const model::Entity& entity, const model::PropertyRow& row) {
  double period = 0;
  if (ui.in.catalogue) {
    period = ui.in.catalogue->property(row.name).period;
    if (period <= 0) period = ui.in.catalogue->kind(entity.info->kind).period;
  }
  return model::freshnessOf(row.eventTime, ui.in.shown, period, row.bad);
}

std::string valueOf(const Context& ui, const model::PropertyRow& row) {
  static const core::PropertyInfo kUnknown{};
  const core::PropertyInfo& info = ui.in.catalogue ? ui.in.catalogue->property(row.name) : kUnknown;
  return valueText(row.value, info, row.unit, ui.words);
}

std::string mainValueOf(const Context& ui, const model::Entity& entity) {
  if (!ui.in.catalogue) return {};
  const core::KindInfo& kind = ui.in.catalogue->kind(entity.info->kind);
  if (const model::PropertyRow* row = entity.property(kind.mainProperty))
    return ui.text(ui.in.catalogue->property(row->name).label) + "  " + valueOf(ui, *row);
  if (!entity.moving) return {};
  const core::PropertyInfo& speed = ui.in.catalogue->property("speed");
  return ui.text(speed.label) + "  " + withUnit(numberText(entity.latest.speed * 3.6, 0), "km/h");
}

std::string attributeLabel(const Context& ui, const std::string& name) {
  if (const char* word = ui.words.find("attr." + name)) return word;
  if (ui.in.catalogue && ui.in.catalogue->properties().contains(name)) return ui.text(ui.in.catalogue->property(name).label);
  return name;
}

std::string attributeValue(const Context& ui, const std::string& name, const model::Value& value) {
  core::PropertyInfo info;
  info.name = name;
  if (const char* unit = ui.words.find("attr_unit." + name)) info.unit = unit;
  if (const double* number = std::get_if<double>(&value)) {
    // Years are counted, not measured.
    if (name == "year") return numberText(*number, 0).substr(0, 4);
    const bool whole = std::abs(*number - std::round(*number)) < 1e-9;
    return withUnit(numberText(*number, whole ? 0 : 1), info.unit);
  }
  return valueText(value, info, {}, ui.words);
}

}  // namespace panels
