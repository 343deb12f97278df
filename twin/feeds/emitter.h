// SPDX-License-Identifier: Apache-2.0
// Internal to the decoders.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "twin/model/observation.h"

namespace feeds {

/// Adds observations that share entity, kind, time and provenance. What is absent adds nothing.
class Emitter {
 public:
  struct About {
    std::string entity, kind;
    base::UtcNs time = 0;
    model::Provenance provenance = model::Provenance::Measured;
  };
  Emitter(model::Observations& to, About about) : to_(to), about_(std::move(about)) {}

  void value(std::string_view property, model::Value value, std::string_view unit = {}) {
    model::PropertyObservation& seen = to_.properties.emplace_back();
    seen.entity = about_.entity;
    seen.kind = about_.kind;
    seen.property = property;
    seen.value = std::move(value);
    seen.unit = unit;
    seen.eventTime = about_.time;
    seen.provenance = about_.provenance;
  }
  void number(std::string_view property, std::optional<double> number, std::string_view unit = {}) {
    if (number && std::isfinite(*number)) value(property, *number, unit);
  }
  void text(std::string_view property, std::string_view text) {
    if (!text.empty()) value(property, std::string(text));
  }

  model::PoseObservation& pose(const glm::dvec3& position) {
    model::PoseObservation& seen = to_.poses.emplace_back();
    seen.entity = about_.entity;
    seen.kind = about_.kind;
    seen.position = position;
    seen.eventTime = about_.time;
    seen.provenance = about_.provenance;
    return seen;
  }

  model::DescriptionObservation& describe() {
    model::DescriptionObservation& seen = to_.descriptions.emplace_back();
    seen.entity = about_.entity;
    seen.kind = about_.kind;
    seen.eventTime = about_.time;
    seen.provenance = about_.provenance;
    return seen;
  }

  /// An event about the entity.
  model::EventObservation& event(std::string id, std::string_view type) {
    model::EventObservation& seen = to_.events.emplace_back();
    seen.id = std::move(id);
    seen.type = type;
    seen.entity = about_.entity;
    seen.eventTime = about_.time;
    seen.provenance = about_.provenance;
    return seen;
  }

  void depart() { to_.departures.push_back({about_.entity, about_.time}); }

 private:
  model::Observations& to_;
  About about_;
};

/// Adds an attribute of a description unless it is empty.
inline void addAttribute(model::DescriptionObservation& to, std::string_view name, std::string_view text) {
  if (!text.empty()) to.attributes.emplace_back(name, std::string(text));
}
inline void addAttribute(model::DescriptionObservation& to, std::string_view name,
                         std::optional<double> number) {
  if (number && std::isfinite(*number)) to.attributes.emplace_back(name, *number);
}
inline void addDetail(model::EventObservation& to, std::string_view name, std::string_view text) {
  if (!text.empty()) to.details.emplace_back(name, std::string(text));
}

}  // namespace feeds
