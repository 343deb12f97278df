// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/style_rules.h"

#include <algorithm>
#include <array>

#include "engine/base/hash.h"

namespace binding {

std::string vehicleModel(std::string_view kind, std::string_view id) {
  if (kind == "car") {
    static constexpr std::array<const char*, 8> kCars{"car_sedan", "car_suv", "car_sedan", "car_hatch",
                                                      "car_suv", "car_sedan", "car_hatch", "van"};
    return kCars[base::hashBytes(id) >> 7 & 7];
  }
  if (kind == "emergency") {
    static constexpr std::array<const char*, 3> kEmergency{"ambulance", "police", "fire_engine"};
    return kEmergency[base::hashBytes(id) % 3];
  }
  if (kind == "pedestrian") return "person";
  return std::string(kind);
}

Color vehicleColor(const Palette& p, std::string_view kind, std::string_view id, std::string_view route) {
  if (kind == "shuttle") return p.shuttle;
  if (kind == "taxi") return p.taxi;
  if (kind == "emergency") return p.emergency;
  if (kind == "bus") {
    // Daegu's livery: express (급행) red, branch lines (district name first) green, the others blue.
    if (route.starts_with("급행")) return p.busExpress;
    if (!route.empty() && static_cast<unsigned char>(route[0]) >= 0x80) return p.busBranch;
    return p.busTrunk;
  }
  if (kind == "truck") return p.truck;
  if (kind == "van") return p.van;
  if (kind == "motorcycle") return p.motorcycle;
  return p.cars[base::hashBytes(id) % p.cars.size()];
}

int dustGrade(double pm10, double pm25) {
  const auto grade = [](double value, double good, double moderate, double bad) {
    if (value < 0) return 0;
    return value <= good ? 1 : value <= moderate ? 2 : value <= bad ? 3 : 4;
  };
  return std::max(grade(pm10, 30, 80, 150), grade(pm25, 15, 35, 75));
}

Color gradeColor(const Palette& p, int grade) {
  switch (grade) {
    case 1: return p.gradeGood;
    case 2: return p.gradeModerate;
    case 3: return p.gradeBad;
    case 4: return p.gradeVeryBad;
    default: return p.unknown;
  }
}

Color fillColor(const Palette& p, double share) {
  return share < 0.7 ? p.fillLow : share <= 0.9 ? p.fillMiddle : p.fillHigh;
}

uint32_t vehicleLenses(std::string_view movement, std::string_view arrow) {
  constexpr uint32_t kRed = 1, kYellow = 2, kArrow = 4, kGreen = 8;
  const auto allowed = [](std::string_view s) { return s.ends_with("Movement-Allowed"); };
  const auto ending = [](std::string_view s) { return s.ends_with("clearance") || s.starts_with("caution"); };
  const auto stop = [](std::string_view s) { return s.starts_with("stop") || s == "pre-Movement"; };
  const uint32_t turn = allowed(arrow) ? kArrow : 0;
  if (allowed(movement)) return kGreen | turn;
  if (ending(movement)) return kYellow | turn;
  if (stop(movement)) return ending(arrow) ? kYellow : kRed | turn;
  if (!movement.empty()) return 0;
  return ending(arrow) ? kYellow : stop(arrow) ? kRed : turn;
}

uint32_t pedestrianLenses(std::string_view state) {
  if (state.find("Allowed") != std::string_view::npos || state.find("clearance") != std::string_view::npos) return 1u << 1;
  if (state.starts_with("stop")) return 1u << 0;
  return 0;
}

}  // namespace binding
