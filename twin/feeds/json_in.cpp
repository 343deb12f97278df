// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/json_in.h"

#include <charconv>
#include <cmath>
#include <memory>
#include <numbers>

#include "twin/core/time.h"

namespace feeds::json {
namespace {

constexpr size_t kMaxDepth = 64;
constexpr base::UtcNs kYear2200 = 7'258'118'400 * base::kNsPerSecond;

/// Small messages keep their parser; the large one's buffers are given back when they were really large.
struct Parsers {
  simdjson::dom::parser small{kSmall};
  std::unique_ptr<simdjson::dom::parser> large;
  bool ready = small.allocate(kSmall, kMaxDepth) == simdjson::SUCCESS;
};

simdjson::dom::parser& parserFor(size_t bytes) {
  thread_local Parsers parsers;
  if (bytes <= kSmall) {
    parsers.large.reset();
    return parsers.small;
  }
  if (!parsers.large || parsers.large->capacity() < bytes) {
    parsers.large = std::make_unique<simdjson::dom::parser>(kLarge);
    const bool ready = parsers.large->allocate(bytes, kMaxDepth) == simdjson::SUCCESS;
    (void)ready;  // without memory parse() says so
  }
  return *parsers.large;
}

}  // namespace

base::Result<element> parse(std::string_view bytes, size_t limit) {
  if (bytes.size() > limit) return base::Error{reason::kTooLarge};
  element root;
  if (parserFor(bytes.size()).parse(bytes.data(), bytes.size()).get(root)) return base::Error{reason::kJson};
  return root;
}

base::Result<object> parseObject(std::string_view bytes) {
  const auto root = parse(bytes, kSmall);
  if (!root) return base::Error{root.error()};
  object result;
  if (root->get(result)) return base::Error{reason::kWrongType};
  return result;
}

std::optional<base::UtcNs> instantOrEnd(std::string_view text, bool zoneless) {
  const auto instant = [&](std::string_view part) -> std::optional<base::UtcNs> {
    auto parsed = core::parseIso8601(part);
    if (!parsed && zoneless) parsed = core::parseIso8601(std::string(part) + (part.find('T') == part.npos ? "T00:00:00Z" : "Z"));
    if (!parsed || *parsed <= 0 || *parsed >= kYear2200) return std::nullopt;
    return *parsed;
  };
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return instant(text);
  const auto from = instant(text.substr(0, slash)), to = instant(text.substr(slash + 1));
  if (!from || !to || *to < *from) return std::nullopt;
  return to;
}

std::optional<element> member(const object& from, std::string_view key) {
  element value;
  if (from.at_key(key).get(value) || value.is_null()) return std::nullopt;
  return value;
}

std::optional<double> number(const element& value) {
  double result;
  if (!value.is_number() || value.get(result) || !std::isfinite(result)) return std::nullopt;
  return result;
}

std::optional<base::UtcNs> time(const element& value) {
  base::UtcNs result = 0;
  if (const auto ms = number(value)) {
    if (!(*ms > 0 && *ms * 1e6 < static_cast<double>(kYear2200))) return std::nullopt;
    int64_t whole;
    result = value.get(whole) ? static_cast<base::UtcNs>(*ms * 1e6) : whole * base::kNsPerMs;
  } else if (const auto iso = text(value)) {
    const auto parsed = core::parseIso8601(*iso);
    if (!parsed) return std::nullopt;
    result = *parsed;
  } else {
    return std::nullopt;
  }
  if (result <= 0 || result >= kYear2200) return std::nullopt;
  return result;
}

std::optional<std::string_view> text(const element& value) {
  std::string_view result;
  if (value.get(result)) return std::nullopt;
  return result;
}

std::optional<model::Value> scalar(const element& value) {
  if (value.is_null()) return model::Value{};
  bool flag;
  if (!value.get(flag)) return model::Value{flag};
  if (const auto n = number(value)) return model::Value{*n};
  if (const auto string = text(value)) return model::Value{std::string(*string)};
  return std::nullopt;
}

std::string asText(const element& value) {
  bool flag;
  if (!value.get(flag)) return flag ? "true" : "false";
  if (const auto n = number(value)) {
    char buffer[32];
    return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, *n).ptr);
  }
  return std::string(text(value).value_or(std::string_view()));
}

model::Provenance provenance(const object& from, const DecodeContext& context) {
  const auto source = member(from, "src");
  return source && text(*source) == std::string_view("sim") ? model::Provenance::Simulated
                                                            : context.provenance;
}

base::Result<Place> place(const object& from, const core::CityFrame& frame) {
  const auto lon = member(from, "lon"), lat = member(from, "lat"), z = member(from, "z");
  if (!lon || !lat) return base::Error{reason::kMissingField};
  const auto longitude = number(*lon), latitude = number(*lat);
  const auto elevation = z ? number(*z) : std::optional<double>(frame.elevation0());
  if (!longitude || !latitude || !elevation) return base::Error{reason::kNumber};
  const auto position = cityPosition({*longitude, *latitude, *elevation}, frame);
  if (!position) return base::Error{reason::kPosition};
  return Place{*position, z.has_value()};
}

}  // namespace feeds::json

namespace feeds {

bool validId(std::string_view id) {
  if (id.empty() || id.size() > 128) return false;
  for (const char c : id)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
  return true;
}

std::string_view topicLevel(std::string_view topic, int index) {
  for (; index > 0; --index) {
    const size_t slash = topic.find('/');
    if (slash == std::string_view::npos) return {};
    topic.remove_prefix(slash + 1);
  }
  return topic.substr(0, topic.find('/'));
}

double gridHeading(double trueDegrees, const core::CityFrame& frame) {
  constexpr double kTurn = 2 * std::numbers::pi;
  const double heading = std::fmod(frame.gridFromTrue(trueDegrees * std::numbers::pi / 180), kTurn);
  return heading < 0 ? heading + kTurn : heading;
}

std::optional<glm::dvec3> cityPosition(const core::GeoPoint& point, const core::CityFrame& frame) {
  // Written so that NaN fails.
  if (!(std::abs(point.latitude) <= 90) || !(std::abs(point.longitude) <= 180) ||
      !(point.elevation >= -1000 && point.elevation <= 20000)) {
    return std::nullopt;
  }
  const glm::dvec3 position = frame.toCity(point);
  if (!std::isfinite(position.x) || !std::isfinite(position.y)) return std::nullopt;
  return position;
}

}  // namespace feeds
