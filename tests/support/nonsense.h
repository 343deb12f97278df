// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "twin/model/observation.h"

namespace support {

/// What no decoder may let pass, whatever the message: a number that is not finite, a thing without a name, a
/// time before 1970, an outline too short to be one. Names the first that it finds; null when all is well.
inline const char* nonsenseIn(const model::Observations& seen) {
  const auto placed = [](const glm::dvec3& p) { return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z); };
  const auto sound = [](const model::Value& value) {
    const auto* number = std::get_if<double>(&value);
    return !number || std::isfinite(*number);
  };
  for (const model::PoseObservation& pose : seen.poses) {
    if (!placed(pose.position)) return "pose: position";
    if (!std::isfinite(pose.heading) || !std::isfinite(pose.speed) || !std::isfinite(pose.pitch)) return "pose: motion";
    if (pose.entity.empty() || pose.eventTime <= 0) return "pose: name or time";
  }
  for (const model::PropertyObservation& property : seen.properties) {
    if (property.entity.empty() || property.property.empty() || property.eventTime <= 0) return "property: name or time";
    if (!sound(property.value)) return "property: value";
  }
  for (const model::EventObservation& event : seen.events) {
    if (event.id.empty() || event.type.empty() || event.eventTime <= 0) return "event: name or time";
    if (event.position && !placed(*event.position)) return "event: position";
  }
  for (const model::DescriptionObservation& about : seen.descriptions) {
    if (about.entity.empty() || about.eventTime <= 0) return "description: name or time";
    if (!std::isfinite(about.heading) || (about.position && !placed(*about.position))) return "description: position";
    for (const auto& [name, value] : about.attributes)
      if (name.empty() || !sound(value)) return "description: attribute";
    if (!about.geometry) continue;
    for (const auto& part : about.geometry->parts) {
      if (part.size() < (about.geometry->shape == model::Geometry::Shape::Area ? 3u : 2u)) return "geometry: too short";
      for (const glm::dvec3& corner : part)
        if (!placed(corner)) return "geometry: corner";
    }
  }
  for (const model::Departure& gone : seen.departures)
    if (gone.entity.empty() || gone.eventTime <= 0) return "departure: name or time";
  return nullptr;
}

}  // namespace support
