// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_online.h"

#include "twin/feeds/json_in.h"

namespace feeds {
namespace {

std::optional<bool> onlineOf(std::string_view bytes) {
  if (bytes.empty() || bytes == "offline" || bytes == "OFFLINE") return false;
  if (bytes == "online" || bytes == "ONLINE") return true;
  const auto root = json::parse(bytes, json::kSmall);
  if (!root) return std::nullopt;
  json::element value = *root;
  json::object members;
  if (!value.get(members) && members.at_key("online").get(value)) return std::nullopt;
  bool flag;
  if (!value.get(flag)) return flag;
  if (const auto number = json::number(value)) return *number != 0;
  if (const auto text = json::text(value)) {
    if (*text == "online") return true;
    if (*text == "offline") return false;
  }
  return std::nullopt;
}

}  // namespace

Decoded decodeOnline(const RawMessage& message, const DecodeContext& context) {
  const std::string_view gateway = topicLevel(message.topic, 1);
  if (!validId(gateway) || gateway.size() > 100) return base::Error{reason::kTopic};
  const auto online = onlineOf(message.bytes);
  if (!online) return base::Error{reason::kJson};
  model::Observations seen;
  seen.properties.push_back({"gateway/" + std::string(gateway), "gateway", "online", *online, "", message.received,
                             context.provenance, false});
  return seen;
}

}  // namespace feeds
