// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/encode_telemetry.h"

#include <cmath>

#include "twin/feeds/json_text.h"

namespace feeds {
namespace {

double rounded(double value, double steps) {
  return std::round(value * steps) / steps;
}

}  // namespace

std::string telemetryTopic(std::string_view kind, std::string_view id) {
  return "telemetry/" + std::string(kind) + "/" + std::string(id);
}

std::string encodeTelemetry(const TelemetryMessage& m) {
  JsonText json;
  json.beginObject().key("t").integer(m.time / base::kNsPerMs);
  if (m.gone) return json.key("gone").boolean(true).endObject().take();
  json.key("lon")
      .number(rounded(m.position.longitude, 1e8))
      .key("lat")
      .number(rounded(m.position.latitude, 1e8));
  if (m.hasElevation) json.key("z").number(rounded(m.position.elevation, 1e2));
  json.key("h").number(rounded(m.headingDegrees, 1e2)).key("v").number(rounded(m.speed, 1e2));
  if (m.pitchDegrees) json.key("pitch").number(rounded(*m.pitchDegrees, 1e2));
  if (!m.properties.empty()) {
    json.key("p").beginObject();
    for (const auto& [name, value] : m.properties) json.key(name).value(value);
    json.endObject();
  }
  if (!m.source.empty()) json.key("src").text(m.source);
  return json.endObject().take();
}

}  // namespace feeds
