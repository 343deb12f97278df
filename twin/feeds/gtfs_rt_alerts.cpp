// SPDX-License-Identifier: Apache-2.0
// GTFS-Realtime Alert: what riders should know, where and when it holds.
#include <algorithm>
#include <array>

#include "engine/base/hash.h"
#include "twin/core/time.h"
#include "twin/feeds/area_shape.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/emitter.h"
#include "twin/feeds/gtfs_rt_parts.h"
#include "twin/feeds/json_in.h"

namespace feeds::gtfs_rt {
namespace {

constexpr int kMaxSelectors = 1000;
constexpr int64_t kDay = 86'400 * base::kNsPerSecond;

std::string_view causeName(rt::Alert::Cause cause) {
  constexpr std::array<std::string_view, 13> kNames{
      "",        "unknown", "other",       "technical_problem", "strike",          "demonstration",    "accident",
      "holiday", "weather", "maintenance", "construction",      "police_activity", "medical_emergency"};
  return kNames[static_cast<size_t>(cause)];
}

std::string_view effectName(rt::Alert::Effect effect) {
  constexpr std::array<std::string_view, 12> kNames{
      "",       "no_service",         "reduced_service",  "significant_delays",
      "detour", "additional_service", "modified_service", "other",
      "unknown", "stop_moved",        "no_effect",        "accessibility_issue"};
  return kNames[static_cast<size_t>(effect)];
}

/// Korean and English, where they are; else the first text stands for both.
core::BilingualText textOf(const rt::TranslatedString& text) {
  core::BilingualText both;
  for (const auto& translation : text.translation()) {
    const std::string& language = translation.language();
    if (language.starts_with("ko") && both.ko.empty()) both.ko = translation.text();
    if (language.starts_with("en") && both.en.empty()) both.en = translation.text();
  }
  if (text.translation_size() == 0) return both;
  const std::string& first = text.translation(0).text();
  if (both.en.empty()) both.en = both.ko.empty() ? first : both.ko;
  if (both.ko.empty()) both.ko = both.en;
  return both;
}

std::string periodText(const rt::TimeRange& range) {
  const auto end = [](bool present, uint64_t seconds) {
    const base::UtcNs time = moment(present, seconds, 0);
    return time == 0 ? std::string() : core::formatIso8601(time);
  };
  return end(range.has_start(), range.start()) + '/' + end(range.has_end(), range.end());
}

/// When nobody need see it any more: the last end, or a day after the feed's time when there is none (a later
/// message says it again).
base::UtcNs expiryOf(const rt::Alert& alert, const Feed& feed) {
  base::UtcNs last = 0;
  for (const rt::TimeRange& range : alert.active_period()) {
    const base::UtcNs end = moment(range.has_end(), range.end(), 0);
    if (end == 0) return feed.time + kDay;
    last = std::max(last, end);
  }
  return last == 0 ? feed.time + kDay : last;
}

std::string selectorText(const rt::EntitySelector& selector) {
  std::string text;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += (text.empty() ? "" : " ") + std::string(name) + '=' + value;
  };
  add("agency", selector.agency_id());
  add("route", selector.route_id());
  add("trip", selector.trip().trip_id());
  add("stop", selector.stop_id());
  if (selector.has_route_type()) add("route_type", std::to_string(selector.route_type()));
  if (selector.has_direction_id()) add("direction", std::to_string(selector.direction_id()));
  return text;
}

/// The informed stop as a place, or the informed route's course as a shape.
void placeAlert(const rt::Alert& alert, const Feed& feed, model::DescriptionObservation& about) {
  if (!feed.index) return;
  std::vector<std::vector<glm::dvec3>> courses;
  for (const rt::EntitySelector& selector : alert.informed_entity()) {
    const GtfsStop* stop = selector.has_stop_id() ? feed.index->stop(selector.stop_id()) : nullptr;
    if (stop && stop->place && !about.position) about.position = cityPosition(*stop->place, feed.context.frame);
    const GtfsRoute* route = selector.has_route_id() ? feed.index->route(selector.route_id()) : nullptr;
    if (!route || !courses.empty()) continue;
    for (const GtfsTrip& trip : feed.index->trips()) {
      const auto* shape = &feed.index->routes()[trip.route] == route ? feed.index->shape(trip.shape) : nullptr;
      auto path = shape ? cityPath(*shape, feed.context.frame) : std::nullopt;
      if (!path) continue;
      courses.push_back(std::move(*path));
      break;
    }
  }
  about.geometry = makeGeometry(model::Geometry::Shape::Lines, std::move(courses));
  if (about.geometry && !about.position) about.position = about.geometry->parts[0][about.geometry->parts[0].size() / 2];
}

}  // namespace

const char* readAlert(const rt::FeedEntity& entity, Feed& feed) {
  const rt::Alert& alert = entity.alert();
  if (!validId(entity.id()) || !validId(alertEntity(feed, entity.id()))) return reason::kWrongType;
  if (alert.informed_entity_size() > kMaxSelectors) return reason::kTooLarge;
  const core::BilingualText header = textOf(alert.header_text()), description = textOf(alert.description_text());
  Emitter emit(feed.seen, {alertEntity(feed, entity.id()), "transit_alert", feed.time, feed.provenance});
  model::DescriptionObservation& about = emit.describe();
  about.name = header;
  about.expires = expiryOf(alert, feed);
  placeAlert(alert, feed, about);
  const std::optional<glm::dvec3> place = about.position;
  std::string periods, informed;
  for (const rt::TimeRange& range : alert.active_period()) periods += (periods.empty() ? "" : ", ") + periodText(range);
  for (const rt::EntitySelector& selector : alert.informed_entity())
    informed += (informed.empty() ? "" : "; ") + selectorText(selector);
  addAttribute(about, "cause", causeName(alert.cause()));
  addAttribute(about, "effect", effectName(alert.effect()));
  addAttribute(about, "active", periods);
  addAttribute(about, "informed", informed);
  addAttribute(about, "description", description.en);
  if (alert.url().translation_size() > 0) addAttribute(about, "url", alert.url().translation(0).text());

  // A changed text is a new event; the same alert in the next poll is a duplicate.
  const uint64_t hash = base::hashBytes(header.en + '\n' + description.en + '\n' + header.ko + '\n' + description.ko);
  model::EventObservation& event = emit.event("alert/" + entity.id() + '/' + std::to_string(hash), "gtfs.alert");
  event.position = place;
  event.severity = alert.severity_level() == rt::Alert::SEVERE    ? 3
                   : alert.severity_level() == rt::Alert::WARNING ? 2
                                                                  : 1;
  event.details = {{"header", header.en}, {"description", description.en}};
  if (header.ko != header.en) event.details.emplace_back("header.ko", header.ko);
  if (description.ko != description.en) event.details.emplace_back("description.ko", description.ko);
  addDetail(event, "cause", causeName(alert.cause()));
  addDetail(event, "effect", effectName(alert.effect()));
  addDetail(event, "informed", informed);
  return nullptr;
}

}  // namespace feeds::gtfs_rt
