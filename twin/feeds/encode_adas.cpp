// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/encode_adas.h"

#include "twin/core/time.h"
#include "twin/feeds/json_text.h"

namespace feeds {

std::string adasTopic(std::string_view vehicle) {
  return "fleet/" + std::string(vehicle) + "/event";
}

std::string encodeAdasEvent(const AdasEvent& e) {
  JsonText json;
  const auto optional = [&](std::string_view key, const std::optional<double>& value) {
    json.key(key);
    value ? json.number(*value) : json.null();
  };
  json.beginObject()
      .key("ts")
      .text(core::formatIso8601(e.time))
      .key("veh")
      .text(e.vehicle)
      .key("type")
      .text(e.type);
  json.key("lat").number(e.latitude).key("lon").number(e.longitude).key("speedKmh").number(e.speedKmh);
  json.key("headingDeg").number(e.headingDegrees);
  optional("headwayS", e.headwaySeconds);
  optional("ttcS", e.timeToCollisionSeconds);
  optional("leadDistM", e.leadDistance);
  optional("speedLimitKmh", e.speedLimitKmh);
  json.key("light").text(e.light).key("wiper").integer(e.wiper).key("src").text(e.source);
  return json.endObject().take();
}

}  // namespace feeds
