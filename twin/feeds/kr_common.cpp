// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/kr_common.h"

#include "twin/core/time.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/time_format.h"

namespace feeds::kr {

std::optional<base::UtcNs> timeOf(std::string_view text, std::string_view pattern) {
  return parseTime(text, pattern, core::TimeZone{}.offsetMinutes);
}

std::optional<glm::dvec3> placeOf(std::string_view longitude, std::string_view latitude, const DecodeContext& context) {
  const auto lon = numberOf(longitude), lat = numberOf(latitude);
  // 0, 0 is how several services write "unknown".
  if (!lon || !lat || (*lon == 0 && *lat == 0)) return std::nullopt;
  return cityPosition({*lon, *lat, context.frame.elevation0()}, context.frame);
}

model::PropertyObservation about(std::string entity, const char* kind, base::UtcNs when, model::Provenance provenance) {
  model::PropertyObservation like;
  like.entity = std::move(entity);
  like.kind = kind;
  like.eventTime = when;
  like.provenance = provenance;
  return like;
}

void Answer::number(const model::PropertyObservation& like, const char* property, std::string_view text, bool bad) {
  model::PropertyObservation p = like;
  p.property = property;
  p.bad = bad;
  if (const auto value = numberOf(text)) {
    p.value = *value;
  } else {
    p.bad = true;
    flag(text.empty() || text == "-" ? reason::kMissingValue : reason::kNumber);
  }
  seen.properties.push_back(std::move(p));
}

void Answer::word(const model::PropertyObservation& like, const char* property, std::string_view text) {
  if (text.empty()) return;
  model::PropertyObservation p = like;
  p.property = property;
  p.value = std::string(text.substr(0, 1024));
  seen.properties.push_back(std::move(p));
}

}  // namespace feeds::kr
