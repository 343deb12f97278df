// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/device_appearance.h"

#include "twin/binding/style_rules.h"

namespace binding {
namespace {

/// Alpha of an instance's colour is its emission.
Color glowing(Color color, uint32_t emission) { return (color & 0x00ffffffu) | emission << 24; }

}  // namespace

Appearance appearanceOf(const Palette& palette, const model::Entity& entity, bool alive) {
  const std::string& kind = entity.info->kind;
  Appearance look{.state = 0, .color = glowing(palette.unknown, 0)};
  if (!alive) return look;
  if (kind == "street_light") {
    const bool on = numberOf(entity, "power_state", 0) > 0.5;
    look.state = (on ? gpu_types::kStateLampOn : 0u) | levelBits(on ? numberOf(entity, "dimming", 100) / 100 : 0);
  } else if (kind == "waste_bin") {
    const double fill = numberOf(entity, "fill", 0) / 100;
    look = {levelBits(fill), glowing(fillColor(palette, fill), 160)};
  } else if (kind == "air_station") {
    look = {levelBits(1), glowing(gradeColor(palette, dustGrade(numberOf(entity, "pm10", -1), numberOf(entity, "pm25", -1))), 200)};
  } else if (kind == "media_wall") {
    look = {levelBits(numberOf(entity, "brightness", 0) / 100), glowing(palette.accent, 255)};
  } else if (kind == "ev_charger") {
    const bool charging = numberOf(entity, "power", 0) > 0.1;
    look = {levelBits(charging ? 1 : 0.4), glowing(charging ? palette.accent : palette.fillLow, 180)};
  } else if (kind == "parking_lot") {
    const double share = numberOf(entity, "occupancy", 0) / 100;
    look = {levelBits(share), glowing(fillColor(palette, share), 160)};
  } else {
    const bool fault = textOf(entity, "status") == "fault";
    look = {levelBits(1), glowing(fault ? palette.incident : palette.accent, fault ? 255 : 140)};
  }
  return look;
}

}  // namespace binding
