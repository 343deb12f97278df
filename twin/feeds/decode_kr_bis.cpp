// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "twin/feeds/decode_kr.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/kr_common.h"

namespace feeds {
namespace {

using kr::Answer;
using kr::Item;

/// The first of several names under which the same thing comes.
std::string_view firstOf(const Item& item, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const auto text = item.text(name); !text.empty()) return text;
  return {};
}

/// A bus of getPos02 (xPos is the longitude) or of TAGO's list. The services give no moment: the answer is
/// as of its arrival.
void bus(const Item& item, Answer& answer) {
  const std::string plate(firstOf(item, {"vhcNo2", "vhcNo", "vehicleno", "busId"}));
  if (!validId(plate)) return answer.flag(reason::kMissingField);
  const auto like = kr::about("bus/" + plate, "bus", answer.received, answer.context.provenance);
  const auto place = kr::placeOf(firstOf(item, {"xPos", "gpslong"}), firstOf(item, {"yPos", "gpslati"}), answer.context);
  if (place) {
    model::PoseObservation pose;
    pose.entity = like.entity;
    pose.kind = like.kind;
    pose.position = *place;
    pose.eventTime = like.eventTime;
    pose.provenance = like.provenance;
    answer.seen.poses.push_back(std::move(pose));
  } else {
    answer.flag(reason::kPosition);
  }
  answer.word(like, "route", firstOf(item, {"routeNo", "routenm", "routeId"}));
  answer.word(like, "current_stop", firstOf(item, {"bsNm", "nodenm"}));
  answer.word(like, "plate", plate);
  if (const auto direction = item.text("moveDir"); !direction.empty()) answer.word(like, "direction", direction);
  if (const auto seq = firstOf(item, {"seq", "nodeord"}); !seq.empty()) answer.number(like, "stop_sequence", seq);
}

/// Minutes until arrival from arrState: "3분", "전" (one stop before), "전전" (two), "도착" and "도착예정".
/// Nothing for "차고지대기" (waiting at the depot), "운행종료" and the like.
std::optional<double> minutesOf(std::string_view state) {
  if (state.starts_with("도착") || state == "진입") return 0;
  if (state == "전") return 1;
  if (state == "전전") return 2;
  const size_t unit = state.find("분");
  if (unit == std::string_view::npos) return std::nullopt;
  const auto minutes = kr::numberOf(state.substr(0, unit));
  if (!minutes || *minutes < 0 || *minutes > 24 * 60) return std::nullopt;
  return minutes;
}

/// All arrivals of a stop: the soonest as a number, the list as text, soonest first.
void arrivals(const std::vector<Item>& items, const std::string& stop, Answer& answer) {
  std::multimap<double, std::string> soonest;
  std::vector<std::string> waiting;
  for (const Item& item : items) {
    const std::string_view route = item.text("routeNo"), state = item.text("arrState");
    if (route.empty() || state.empty()) {
      answer.flag(reason::kMissingField);
      continue;
    }
    std::string words = std::string(route) + " " + std::string(state);
    if (const auto minutes = minutesOf(state)) soonest.emplace(*minutes, std::move(words));
    else waiting.push_back(std::move(words));
  }
  const auto like = kr::about("stop/" + stop, "bus_stop", answer.received, answer.context.provenance);
  std::string list;
  for (const auto& [minutes, words] : soonest) list += (list.empty() ? "" : ", ") + words;
  for (const std::string& words : waiting) list += (list.empty() ? "" : ", ") + words;
  model::PropertyObservation next = like;
  next.property = "next_arrival";
  if (!soonest.empty()) next.value = soonest.begin()->first;  // else nothing is on its way: no value, and sound
  answer.seen.properties.push_back(std::move(next));
  answer.word(like, "arrivals", list.empty() ? "-" : list);
}

}  // namespace

Decoded decodeKrBis(const RawMessage& message, const DecodeContext& context) {
  const std::string_view call = topicLevel(message.topic, 2);
  const std::string subject(topicLevel(message.topic, 3));
  const bool atStop = call == "getRealtime02";
  if (!atStop && call != "getPos02" && call != "getRouteAcctoBusLcList") return base::Error{reason::kTopic};
  if (atStop && !validId(subject)) return base::Error{reason::kTopic};
  const auto items = kr::readItems(message.bytes);
  if (!items) return base::Error{items.error()};
  Answer answer{context, message.received - message.shift, {}, {}};
  if (atStop) {
    arrivals(*items, subject, answer);
  } else {
    for (const Item& item : *items) bus(item, answer);
  }
  return std::move(answer).result();
}

}  // namespace feeds
