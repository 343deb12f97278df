// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/encode_sensorthings.h"

#include "twin/core/time.h"
#include "twin/feeds/json_text.h"

namespace feeds {

std::string sensorThingsTopic(int64_t datastream) {
  return "v1.1/Datastreams(" + std::to_string(datastream) + ")/Observations";
}

std::string encodeObservation(base::UtcNs phenomenonTime, const model::Value& result,
                              std::string_view quality, bool simulated) {
  JsonText json;
  json.beginObject()
      .key("phenomenonTime")
      .text(core::formatIso8601(phenomenonTime))
      .key("result")
      .value(result);
  if (!quality.empty()) json.key("resultQuality").text(quality);
  if (simulated) json.key("parameters").beginObject().key("provenance").text("simulated").endObject();
  return json.endObject().take();
}

}  // namespace feeds
