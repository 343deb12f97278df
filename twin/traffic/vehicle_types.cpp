// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "twin/traffic/sumo_demand.h"

namespace traffic {
namespace {

struct Type {
  const char* kind;
  const char* vehicleClass;
  double length, width, acceleration, deceleration, maxSpeed;
  const char* more;
};

// Lengths of common Korean vehicles; the shuttle is a Navya Autonom (4.75 x 2.1 m, 0.8 and 1.2 m/s2).
constexpr Type kTypes[] = {
    {"car", "passenger", 4.6, 1.85, 2.4, 4.5, 50, "sigma=\"0.4\" speedFactor=\"normc(1.0,0.1,0.75,1.25)\""},
    {"taxi", "taxi", 4.8, 1.86, 2.4, 4.5, 50, "sigma=\"0.4\" speedFactor=\"normc(1.05,0.1,0.8,1.3)\""},
    {"van", "passenger", 5.2, 1.95, 2.0, 4.2, 45, "sigma=\"0.4\" speedFactor=\"normc(0.98,0.1,0.75,1.2)\""},
    {"truck", "truck", 8.6, 2.45, 1.2, 3.8, 27, "sigma=\"0.4\" speedFactor=\"normc(0.92,0.08,0.7,1.1)\""},
    {"motorcycle", "motorcycle", 2.1, 0.8, 3.0, 5.0, 40,
     "sigma=\"0.5\" speedFactor=\"normc(1.0,0.12,0.7,1.3)\""},
    {"emergency", "emergency", 6.4, 2.2, 2.4, 4.8, 40, "sigma=\"0.2\" speedFactor=\"1.2\""},
    {"bus", "bus", 11.0, 2.5, 1.1, 3.5, 22, "sigma=\"0.4\" speedFactor=\"normc(0.9,0.05,0.75,1.0)\""},
};

}  // namespace

std::string vehicleTypesXml(const DemandTable& table) {
  std::string out;
  char text[512];
  for (const Type& t : kTypes) {
    const bool fixedRoute = std::string_view(t.kind) == "bus";
    std::snprintf(
        text, sizeof text,
        "  <vType id=\"%s\" vClass=\"%s\" length=\"%.2f\" width=\"%.2f\" accel=\"%.1f\" decel=\"%.1f\" "
        "maxSpeed=\"%.1f\" minGap=\"2.2\" %s>%s</vType>\n",
        t.kind, t.vehicleClass, t.length, t.width, t.acceleration, t.deceleration, t.maxSpeed, t.more,
        fixedRoute ? "<param key=\"has.rerouting.device\" value=\"false\"/>" : "");
    out += text;
  }
  std::snprintf(
      text, sizeof text,
      "  <vType id=\"shuttle\" vClass=\"bus\" length=\"4.75\" width=\"2.1\" accel=\"0.8\" decel=\"1.2\" "
      "emergencyDecel=\"6\" maxSpeed=\"%.2f\" speedFactor=\"1\" speedDev=\"0\" sigma=\"0.1\" minGap=\"3\" "
      "lcStrategic=\"5\" lcSpeedGain=\"0\" lcKeepRight=\"5\"><param key=\"has.rerouting.device\" "
      "value=\"false\"/></vType>\n",
      table.shuttleSpeed);
  return out + text;
}

double vehicleLength(std::string_view kind) {
  if (kind == "shuttle") return 4.75;
  for (const Type& t : kTypes)
    if (kind == t.kind) return t.length;
  return 4.6;
}

}  // namespace traffic
