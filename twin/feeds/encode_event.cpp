// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/encode_event.h"

#include "twin/feeds/json_text.h"

namespace feeds {

std::string eventTopic(std::string_view type) {
  return "event/" + std::string(type);
}

std::string encodeEvent(const WireEvent& event) {
  JsonText json;
  json.beginObject().key("id").text(event.id).key("t").integer(event.time / base::kNsPerMs);
  if (!event.entity.empty()) json.key("entity").text(event.entity);
  if (event.position) {
    json.key("lon").number(event.position->longitude).key("lat").number(event.position->latitude);
    json.key("z").number(event.position->elevation);
  }
  json.key("severity").integer(event.severity);
  if (!event.details.empty()) {
    json.key("details").beginObject();
    for (const auto& [name, value] : event.details) json.key(name).text(value);
    json.endObject();
  }
  if (!event.source.empty()) json.key("src").text(event.source);
  return json.endObject().take();
}

}  // namespace feeds
