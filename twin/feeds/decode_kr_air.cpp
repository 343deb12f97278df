// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "twin/feeds/decode_kr.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/kr_common.h"

namespace feeds {
namespace {

using kr::Answer;
using kr::Item;

struct Pollutant {
  const char* property;
  const char* value;
  const char* flag;
};
constexpr Pollutant kPollutants[] = {{"pm10", "pm10Value", "pm10Flag"}, {"pm25", "pm25Value", "pm25Flag"},
                                     {"o3", "o3Value", "o3Flag"},       {"no2", "no2Value", "no2Flag"},
                                     {"so2", "so2Value", "so2Flag"},    {"co", "coValue", "coFlag"}};

/// Grades of the comprehensive air-quality index (통합대기환경지수): 1 좋음, 2 보통, 3 나쁨, 4 매우나쁨.
const char* gradeOf(std::string_view text) {
  constexpr const char* kGrades[]{"good", "moderate", "unhealthy", "very_unhealthy"};
  const auto number = kr::numberOf(text);
  return number && *number >= 1 && *number <= 4 ? kGrades[static_cast<int>(*number) - 1] : nullptr;
}

/// A flag says why there is no number, or why not to trust it.
bool flagged(std::string_view flag) {
  return !flag.empty() && flag != "-" && flag != "null";
}

bool holds(const Item& item, const char* field) {
  return std::any_of(item.fields().begin(), item.fields().end(), [&](const auto& f) { return f.first == field; });
}

void measured(const Item& item, const std::string& subject, Answer& answer) {
  const std::string_view named = item.text("stationName");
  const std::string station = named.empty() ? subject : std::string(named);
  // "2026-11-22 24:00" is midnight at the end of that day.
  const auto when = kr::timeOf(item.text("dataTime"), "%Y-%m-%d %H:%M");
  if (!validId(station)) return answer.flag(reason::kMissingField);
  if (!when) return answer.flag(reason::kTime);
  const auto like = kr::about("air/" + station, "air_station", *when, answer.context.provenance);
  for (const Pollutant& p : kPollutants) {
    // A station that does not measure something names neither value nor flag.
    const bool bad = flagged(item.text(p.flag));
    if (bad || holds(item, p.value)) answer.number(like, p.property, item.text(p.value), bad);
  }
  if (holds(item, "khaiValue")) answer.number(like, "cai", item.text("khaiValue"));
  if (const char* grade = gradeOf(item.text("khaiGrade"))) answer.word(like, "cai_grade", grade);
}

void listed(const Item& item, Answer& answer) {
  const std::string station(item.text("stationName"));
  if (!validId(station)) return answer.flag(reason::kMissingField);
  const auto place = kr::placeOf(item.text("dmY"), item.text("dmX"), answer.context);
  if (!place) return answer.flag(reason::kPosition);
  model::DescriptionObservation d;
  d.entity = "air/" + station;
  d.kind = "air_station";
  d.name.ko = station + " 측정소";
  d.position = place;
  for (const auto& [field, attribute] : {std::pair{"addr", "address"}, {"mangName", "network"}, {"item", "measures"}, {"year", "since"}})
    if (const auto text = item.text(field); !text.empty()) d.attributes.emplace_back(attribute, std::string(text));
  d.eventTime = answer.received;
  d.provenance = answer.context.provenance;
  answer.seen.descriptions.push_back(std::move(d));
}

}  // namespace

Decoded decodeKrAir(const RawMessage& message, const DecodeContext& context) {
  const std::string_view call = topicLevel(message.topic, 2);
  const bool list = call == "getMsrstnList";
  if (!list && call != "getMsrstnAcctoRltmMesureDnsty" && call != "getCtprvnRltmMesureDnsty") return base::Error{reason::kTopic};
  auto items = kr::readItems(message.bytes);
  if (!items) return base::Error{items.error()};
  const std::string subject(topicLevel(message.topic, 3));
  Answer answer{context, message.received - message.shift, {}, {}};
  // Newest first on the wire; the store wants them in order of time.
  std::reverse(items->begin(), items->end());
  for (const Item& item : *items) {
    if (list) listed(item, answer);
    else measured(item, subject, answer);
  }
  return std::move(answer).result();
}

}  // namespace feeds
