// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "twin/core/time.h"
#include "twin/feeds/decode_kr.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/kma_grid.h"
#include "twin/feeds/kr_common.h"

namespace feeds {
namespace {

using kr::Answer;
using kr::Item;

constexpr std::array<int, 6> kHorizons{1, 2, 3, 6, 12, 24};
constexpr int64_t kHour = 3600 * base::kNsPerSecond;
constexpr double kMissingFrom = 900;  // "+900 or more, -900 or less: missing"

struct Category {
  const char* code;
  const char* property;
};
constexpr Category kNumbers[] = {{"T1H", "temperature"}, {"TMP", "temperature"},   {"REH", "humidity"},
                                 {"WSD", "wind_speed"},  {"VEC", "wind_direction"}, {"UUU", "wind_east"},
                                 {"VVV", "wind_north"},  {"POP", "rain_probability"}, {"LGT", "lightning"},
                                 {"TMN", "temperature_min"}, {"TMX", "temperature_max"}, {"WAV", "wave_height"}};

/// PTY: form of precipitation.
const char* formOf(int code) {
  constexpr const char* kForms[]{"none", "rain", "sleet", "snow", "shower", "drizzle", "drizzle_sleet", "flurry"};
  return code >= 0 && code <= 7 ? kForms[code] : nullptr;
}
const char* skyOf(int code) {
  return code == 1 ? "clear" : code == 3 ? "mostly_cloudy" : code == 4 ? "overcast" : nullptr;
}

/// Amounts come as numbers or in words: "강수없음" none, "1mm 미만" less than 1, "30.0~50.0mm" and "50.0mm
/// 이상" at least; the lower bound is taken.
std::optional<double> amountOf(std::string_view text) {
  if (text == "강수없음" || text == "적설없음") return 0;
  if (text.find("미만") != std::string_view::npos) return 0.5;
  text = text.substr(0, std::min(text.find('~'), text.size()));
  for (const char* unit : {"mm", "cm"}) text = text.substr(0, std::min(text.find(unit), text.size()));
  const auto amount = kr::numberOf(text);
  return amount && *amount >= 0 ? amount : std::nullopt;
}

void value(const model::PropertyObservation& like, std::string_view category, std::string_view text, Answer& answer) {
  model::PropertyObservation p = like;
  const auto number = kr::numberOf(text);
  const bool missing = text.empty() || (number && std::abs(*number) >= kMissingFrom);
  const char* code = nullptr;
  if (category == "RN1" || category == "PCP") {
    p.property = "rain";
    if (const auto amount = amountOf(text)) p.value = *amount;
  } else if (category == "SNO") {
    p.property = "snow";
    if (const auto amount = amountOf(text)) p.value = *amount;
  } else if (category == "PTY" || category == "SKY") {
    p.property = category == "PTY" ? "precipitation" : "sky";
    const int index = number && !missing ? static_cast<int>(*number) : -1;
    code = category == "PTY" ? formOf(index) : skyOf(index);
    if (code) p.value = std::string(code);
  } else {
    for (const Category& known : kNumbers)
      if (category == known.code) p.property = known.property;
    if (p.property.empty()) return answer.flag(reason::kWrongType);  // a category that the guide does not list
    if (number) p.value = *number;
  }
  if (missing) p.value = {};
  if (p.value.index() == 0) {
    p.bad = true;
    answer.flag(missing ? reason::kMissingValue : reason::kNumber);
  }
  answer.seen.properties.push_back(std::move(p));
}

/// Where the numbers are for: the centre of the cell, which stands still.
void describe(const model::PropertyObservation& like, KmaCell cell, int hoursAhead, Answer& answer) {
  model::DescriptionObservation d;
  d.entity = like.entity;
  d.kind = like.kind;
  d.eventTime = like.eventTime;
  d.provenance = like.provenance;
  const std::string where = std::to_string(cell.nx) + ", " + std::to_string(cell.ny);
  d.name.ko = hoursAhead == 0 ? "기상청 초단기실황 (" + where + ")" : "기상청 예보 +" + std::to_string(hoursAhead) + "시간 (" + where + ")";
  d.name.en = hoursAhead == 0 ? "KMA nowcast (" + where + ")" : "KMA forecast +" + std::to_string(hoursAhead) + " h (" + where + ")";
  d.attributes.emplace_back("nx", static_cast<double>(cell.nx));
  d.attributes.emplace_back("ny", static_cast<double>(cell.ny));
  const core::GeoPoint centre = kmaCellCentre(cell);
  d.position = cityPosition({centre.longitude, centre.latitude, answer.context.frame.elevation0()}, answer.context.frame);
  answer.seen.descriptions.push_back(std::move(d));
}

std::optional<KmaCell> cellOf(const Item& item) {
  const auto nx = item.number("nx"), ny = item.number("ny");
  if (!nx || !ny || *nx < 1 || *nx > 149 || *ny < 1 || *ny > 253) return std::nullopt;
  return KmaCell{static_cast<int>(*nx), static_cast<int>(*ny)};
}

void nowcast(const std::vector<Item>& items, Answer& answer) {
  bool described = false;
  for (const Item& item : items) {
    const auto cell = cellOf(item);
    const auto when = kr::timeOf(std::string(item.text("baseDate")) + std::string(item.text("baseTime")), "%Y%m%d%H%M");
    if (!cell || !when) {
      answer.flag(!cell ? reason::kMissingField : reason::kTime);
      continue;
    }
    const auto like = kr::about("kma/" + std::to_string(cell->nx) + "-" + std::to_string(cell->ny), "weather_grid", *when, answer.context.provenance);
    if (!described) describe(like, *cell, 0, answer);
    described = true;
    value(like, item.text("category"), item.text("obsrValue"), answer);
  }
}

/// Only the hours of kHorizons, counted from the hour in which the answer came.
void forecast(const std::vector<Item>& items, Answer& answer) {
  const base::UtcNs thisHour = answer.received / kHour * kHour;
  std::map<int, bool> described;
  for (const Item& item : items) {
    const auto cell = cellOf(item);
    const auto issued = kr::timeOf(std::string(item.text("baseDate")) + std::string(item.text("baseTime")), "%Y%m%d%H%M");
    const auto valid = kr::timeOf(std::string(item.text("fcstDate")) + std::string(item.text("fcstTime")), "%Y%m%d%H%M");
    if (!cell || !issued || !valid) {
      answer.flag(!cell ? reason::kMissingField : reason::kTime);
      continue;
    }
    const int ahead = static_cast<int>((*valid - thisHour) / kHour);
    if (std::find(kHorizons.begin(), kHorizons.end(), ahead) == kHorizons.end()) continue;
    const std::string entity = "kma/" + std::to_string(cell->nx) + "-" + std::to_string(cell->ny) + "/+" + std::to_string(ahead) + "h";
    const model::Provenance origin = answer.context.provenance == model::Provenance::Measured ? model::Provenance::Predicted : answer.context.provenance;
    auto like = kr::about(entity, "weather_forecast", *issued, origin);
    if (!std::exchange(described[ahead], true)) {
      describe(like, *cell, ahead, answer);
      answer.word(like, "valid_time", core::formatDateTime(*valid, core::TimeZone{}));
    }
    value(like, item.text("category"), item.text("fcstValue"), answer);
  }
}

}  // namespace

Decoded decodeKrWeather(const RawMessage& message, const DecodeContext& context) {
  const std::string_view call = topicLevel(message.topic, 2);
  const bool now = call == "getUltraSrtNcst";
  if (!now && call != "getUltraSrtFcst" && call != "getVilageFcst") return base::Error{reason::kTopic};
  const auto items = kr::readItems(message.bytes);
  if (!items) return base::Error{items.error()};
  Answer answer{context, message.received - message.shift, {}, {}};
  if (now) nowcast(*items, answer);
  else forecast(*items, answer);
  return std::move(answer).result();
}

}  // namespace feeds
