// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/encode_spat.h"

#include "twin/feeds/json_text.h"

namespace feeds {

std::string spatTopic(std::string_view controller) {
  return "spat/" + std::string(controller);
}

std::string encodeSpat(const SpatMessage& message) {
  JsonText json;
  json.beginObject().key("t").integer(message.time / base::kNsPerMs).key("groups").beginArray();
  for (const SpatGroup& group : message.groups) {
    json.beginObject().key("g").integer(group.group).key("state").text(group.state);
    json.key("remain_ds").integer(group.remainTenths).endObject();
  }
  json.endArray();
  if (!message.source.empty()) json.key("src").text(message.source);
  return json.endObject().take();
}

}  // namespace feeds
