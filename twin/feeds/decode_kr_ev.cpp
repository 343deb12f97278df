// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_kr.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/kr_common.h"

namespace feeds {
namespace {

using kr::Answer;
using kr::Item;

/// The code table of the guide. 0 and 9 both mean that nobody knows.
const char* statusOf(std::string_view code, bool& bad) {
  bad = code == "1" || code == "9" || code == "0";
  if (code == "1") return "offline";
  if (code == "2") return "idle";
  if (code == "3") return "charging";
  if (code == "4") return "stopped";
  if (code == "5") return "maintenance";
  return code == "9" || code == "0" ? "unknown" : nullptr;
}

void describe(const Item& item, const std::string& entity, Answer& answer) {
  const auto place = kr::placeOf(item.text("lng"), item.text("lat"), answer.context);
  if (!place) return answer.flag(reason::kPosition);
  model::DescriptionObservation d;
  d.entity = entity;
  d.kind = "ev_charger";
  d.name.ko = item.text("statNm");
  d.position = place;
  for (const auto& [field, attribute] :
       {std::pair{"addr", "address"}, {"busiNm", "operator"}, {"chgerType", "connector_code"}, {"output", "output_kw"}, {"useTime", "opening_hours"}, {"parkingFree", "free_parking"}, {"limitYn", "restricted"}})
    if (const auto text = item.text(field); !text.empty()) d.attributes.emplace_back(attribute, std::string(text));
  d.eventTime = answer.received;
  d.provenance = answer.context.provenance;
  answer.seen.descriptions.push_back(std::move(d));
}

}  // namespace

Decoded decodeKrEv(const RawMessage& message, const DecodeContext& context) {
  const std::string_view call = topicLevel(message.topic, 2);
  if (call != "getChargerInfo" && call != "getChargerStatus") return base::Error{reason::kTopic};
  const auto items = kr::readItems(message.bytes);
  if (!items) return base::Error{items.error()};
  Answer answer{context, message.received - message.shift, {}, {}};
  for (const Item& item : *items) {
    const std::string station(item.text("statId")), charger(item.text("chgerId"));
    if (!validId(station) || !validId(charger)) {
      answer.flag(reason::kMissingField);
      continue;
    }
    const std::string entity = "ev/" + station + "-" + charger;
    if (call == "getChargerInfo") describe(item, entity, answer);
    bool bad = false;
    const char* status = statusOf(item.text("stat"), bad);
    if (!status) {
      answer.flag(reason::kWrongType);
      continue;
    }
    const auto when = kr::timeOf(item.text("statUpdDt"), "%Y%m%d%H%M%S");
    auto like = kr::about(entity, "ev_charger", when.value_or(answer.received), context.provenance);
    like.bad = bad;
    answer.word(like, "status", status);
  }
  return std::move(answer).result();
}

}  // namespace feeds
