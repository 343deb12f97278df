// SPDX-License-Identifier: Apache-2.0
#include "engine/base/hash.h"
#include "twin/feeds/decode_kr.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/kr_common.h"

namespace feeds {
namespace {

using kr::Answer;
using kr::Item;

constexpr const char* kStamp = "%Y%m%d%H%M%S";
constexpr int64_t kListedFor = 15 * 60 * base::kNsPerSecond;  // without an end, as long as it is listed

void link(const Item& item, Answer& answer) {
  const std::string id(item.text("linkId"));
  const auto when = kr::timeOf(item.text("createdDate"), kStamp);
  if (!validId(id)) return answer.flag(reason::kMissingField);
  if (!when) return answer.flag(reason::kTime);
  const auto like = kr::about("link/" + id, "road_link", *when, answer.context.provenance);
  answer.number(like, "speed", item.text("speed"));
  if (!item.text("travelTime").empty()) answer.number(like, "travel_time", item.text("travelTime"));
  model::DescriptionObservation d;
  d.entity = like.entity;
  d.kind = like.kind;
  d.name.ko = item.text("roadName");
  d.eventTime = *when;
  d.provenance = like.provenance;
  d.attributes.emplace_back("link_id", id);
  for (const auto& [field, attribute] : {std::pair{"startNodeId", "start_node"}, {"endNodeId", "end_node"}, {"roadDrcType", "direction"}})
    if (const auto text = item.text(field); !text.empty()) d.attributes.emplace_back(attribute, std::string(text));
  answer.seen.descriptions.push_back(std::move(d));
}

/// eventType as its.go.kr writes it, and how grave that is: 0 note .. 3 critical.
int severityOf(std::string_view type) {
  if (type.find("사고") != std::string_view::npos || type.find("재난") != std::string_view::npos) return 2;
  return type.find("공사") != std::string_view::npos || type.find("기상") != std::string_view::npos ? 1 : 0;
}

void incident(const Item& item, Answer& answer) {
  const auto when = kr::timeOf(item.text("startDate"), kStamp);
  if (!when) return answer.flag(reason::kTime);
  const auto place = kr::placeOf(item.text("coordX"), item.text("coordY"), answer.context);
  if (!place) return answer.flag(reason::kPosition);
  // The service gives no id: what and where and since when make one that stays while it is listed.
  std::string what;
  for (const char* field : {"linkId", "startDate", "eventType", "eventDetailType", "coordX", "coordY"}) {
    what += item.text(field);
    what += '|';
  }
  model::EventObservation event;
  event.id = "its/" + std::to_string(base::hashBytes(what));
  event.type = "incident";
  event.position = place;
  event.eventTime = *when;
  event.severity = severityOf(item.text("eventType"));
  event.provenance = answer.context.provenance;
  for (const char* field : {"eventType", "eventDetailType", "roadName", "roadNo", "roadDrcType", "lanesBlocked", "message", "linkId"})
    if (const auto text = item.text(field); !text.empty()) event.details.emplace_back(field, std::string(text));

  model::DescriptionObservation d;
  d.entity = "road-event/" + event.id;
  d.kind = "road_event";
  const std::string_view detail = item.text("eventDetailType");
  d.name.ko = std::string(detail.empty() ? item.text("eventType") : detail);
  d.position = place;
  for (const auto& [key, value] : event.details) d.attributes.emplace_back(key, value);
  d.eventTime = answer.received;  // still listed now
  const auto end = kr::timeOf(item.text("endDate"), kStamp);
  d.expires = end && *end > answer.received ? *end : answer.received + kListedFor;
  d.provenance = event.provenance;
  answer.seen.descriptions.push_back(std::move(d));
  answer.seen.events.push_back(std::move(event));
}

void camera(const Item& item, Answer& answer) {
  const auto place = kr::placeOf(item.text("coordx"), item.text("coordy"), answer.context);
  const std::string name(item.text("cctvname"));
  if (!place) return answer.flag(reason::kPosition);
  if (name.empty()) return answer.flag(reason::kMissingField);
  model::DescriptionObservation d;
  d.entity = "its-cctv/" + std::to_string(base::hashBytes(name + "|" + std::string(item.text("coordx")) + "|" + std::string(item.text("coordy"))));
  d.kind = "traffic_cctv";
  d.name.ko = name;
  d.position = place;
  for (const auto& [field, attribute] : {std::pair{"cctvurl", "stream_url"}, {"cctvformat", "stream_format"}, {"cctvresolution", "resolution"}})
    if (const auto text = item.text(field); !text.empty()) d.attributes.emplace_back(attribute, std::string(text));
  d.eventTime = answer.received;
  d.provenance = answer.context.provenance;
  answer.seen.descriptions.push_back(std::move(d));
}

}  // namespace

Decoded decodeKrIts(const RawMessage& message, const DecodeContext& context) {
  const std::string_view call = topicLevel(message.topic, 2);
  void (*row)(const Item&, Answer&) = call == "trafficInfo" ? link : call == "eventInfo" ? incident : call == "cctvInfo" ? camera : nullptr;
  if (!row) return base::Error{reason::kTopic};
  const auto items = kr::readItems(message.bytes);
  if (!items) return base::Error{items.error()};
  Answer answer{context, message.received - message.shift, {}, {}};
  for (const Item& item : *items) row(item, answer);
  return std::move(answer).result();
}

}  // namespace feeds
