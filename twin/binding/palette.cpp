// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/palette.h"

#include <charconv>
#include <optional>

#include <toml++/toml.h>

#include "engine/math/pack.h"

namespace binding {

std::optional<Color> parseHex(const std::string& text) {
  if (text.size() != 7 || text[0] != '#') return std::nullopt;
  uint32_t rgb = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 7, rgb, 16);
  if (error != std::errc{} || end != text.data() + 7) return std::nullopt;
  return math::packHex(rgb);
}

base::Result<Palette> Palette::load(const std::filesystem::path& file) {
  const toml::parse_result parsed = toml::parse_file(file.string());
  if (!parsed) {
    return base::Error{"cannot read the palette " + file.string() + ": " + std::string(parsed.error().description()) +
                       ": restore it from the repository"};
  }
  Palette p{};
  std::string missing;
  const auto read = [&](const char* path, Color& into) {
    const auto color = parseHex(parsed.table().at_path(path).value_or(std::string()));
    if (color) into = *color; else missing += std::string(missing.empty() ? "" : ", ") + path;
  };
  read("vehicle.shuttle", p.shuttle);
  read("vehicle.taxi", p.taxi);
  read("vehicle.emergency", p.emergency);
  read("vehicle.bus_express", p.busExpress);
  read("vehicle.bus_trunk", p.busTrunk);
  read("vehicle.bus_branch", p.busBranch);
  read("vehicle.truck", p.truck);
  read("vehicle.van", p.van);
  read("vehicle.motorcycle", p.motorcycle);
  read("grade.good", p.gradeGood);
  read("grade.moderate", p.gradeModerate);
  read("grade.bad", p.gradeBad);
  read("grade.very_bad", p.gradeVeryBad);
  read("fill.low", p.fillLow);
  read("fill.middle", p.fillMiddle);
  read("fill.high", p.fillHigh);
  read("signal.red", p.signalRed);
  read("signal.yellow", p.signalYellow);
  read("signal.green", p.signalGreen);
  read("alarm.critical", p.alarm[0]);
  read("alarm.high", p.alarm[1]);
  read("alarm.medium", p.alarm[2]);
  read("alarm.low", p.alarm[3]);
  read("state.selection", p.selection);
  read("state.accent", p.accent);
  read("state.unknown", p.unknown);
  read("state.incident", p.incident);
  read("state.warning", p.warning);
  read("state.boundary", p.boundary);
  if (const toml::array* cars = parsed.table().at_path("vehicle.car").as_array()) {
    for (const toml::node& node : *cars)
      if (const auto color = parseHex(node.value_or(std::string()))) p.cars.push_back(*color);
  }
  if (p.cars.empty()) missing += std::string(missing.empty() ? "" : ", ") + "vehicle.car";
  if (!missing.empty()) return base::Error{"the palette " + file.string() + " lacks or garbles " + missing + ": write each as \"#RRGGBB\""};
  return p;
}

}  // namespace binding
