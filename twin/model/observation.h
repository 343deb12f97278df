// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/clock.h"
#include "engine/math/glm.h"
#include "twin/core/catalogue.h"

namespace model {

/// Where a value comes from; shown with every value.
enum class Provenance : uint8_t { Measured, Predicted, Simulated, Reconstructed, Surveyed };

/// What may be said of a value now, from its age and its own word.
enum class Health : uint8_t { Good, Stale, Dead, Bad };

using Value = std::variant<std::monostate, double, bool, std::string>;

/// One value of one property of one thing at one time.
struct PropertyObservation {
  std::string entity;
  std::string kind;  ///< empty: keep what is known
  std::string property;
  Value value;
  std::string unit;  ///< empty: the catalogue's
  base::UtcNs eventTime = 0;
  Provenance provenance = Provenance::Measured;
  bool bad = false;  ///< the source or a range check says so
  base::UtcNs received = 0;  ///< when another machine got it; 0: when its message arrived here
};

/// Where a moving thing was.
struct PoseObservation {
  std::string entity;
  std::string kind;
  glm::dvec3 position{0};     ///< city frame; z is the road surface
  bool hasElevation = false;  ///< false: the reader drapes it on the ground
  double heading = 0;         ///< radians, clockwise from grid north
  double pitch = 0;           ///< radians, nose up
  double speed = 0;           ///< m/s
  base::UtcNs eventTime = 0;
  Provenance provenance = Provenance::Measured;
  base::UtcNs received = 0;  ///< as in PropertyObservation
};

/// Something that happened: an ADAS warning, an incident, a take-over. Never conflated, never dropped.
struct EventObservation {
  std::string id;      ///< unique per source; duplicates are dropped by it
  std::string type;    ///< "adas.FCW", "takeover", "incident"
  std::string entity;  ///< may be empty
  std::optional<glm::dvec3> position;
  base::UtcNs eventTime = 0;
  int severity = 0;                                          ///< 0 note .. 3 critical
  std::vector<std::pair<std::string, std::string>> details;  ///< shown as they are
  Provenance provenance = Provenance::Measured;
  base::UtcNs received = 0;  ///< as in PropertyObservation
};

/// A shape on the ground. Lines: each part is a path. Areas: each part is a ring without its first point
/// repeated; a point is inside when an odd number of rings hold it, so holes are just further rings.
struct Geometry {
  enum class Shape : uint8_t { Lines, Area } shape = Shape::Lines;
  std::vector<std::vector<glm::dvec3>> parts;  ///< city frame
  bool hasElevation = false;                   ///< false: the reader drapes it on the ground
};

/// What a source says a thing is, rather than how it is now: a sensor's place, a lane's course, the area
/// of a warning. What is left empty keeps what is known.
struct DescriptionObservation {
  std::string entity;
  std::string kind;  ///< catalogue name; one that no catalogue knows still appears, generically
  core::BilingualText name;
  std::optional<glm::dvec3> position;  ///< city frame; z counts only with hasElevation
  bool hasElevation = false;
  double heading = 0;  ///< radians, clockwise from grid north
  std::shared_ptr<const Geometry> geometry;
  std::vector<std::pair<std::string, Value>> attributes;  ///< fixed facts; one of the same name is replaced
  base::UtcNs eventTime = 0;
  base::UtcNs expires = 0;  ///< no longer shown from then on; 0: stays
  Provenance provenance = Provenance::Measured;
};

/// A thing that has left: a vehicle out of range, a warning withdrawn.
struct Departure {
  std::string entity;
  base::UtcNs eventTime = 0;
};

/// Says that the message names every thing of a list: what the list's last census had and this one has
/// not, has left.
struct Census {
  std::string list;  ///< unique within the source
  base::UtcNs eventTime = 0;
};

/// What one message said.
struct Observations {
  std::vector<PropertyObservation> properties;
  std::vector<PoseObservation> poses;
  std::vector<EventObservation> events;
  std::vector<Departure> departures;
  std::vector<DescriptionObservation> descriptions;
  std::optional<Census> census;
  /// From another machine's store: put in order, checked and clamped there. Only repeats are dropped here.
  bool settled = false;

  bool empty() const { return count() == 0; }
  size_t count() const {
    return properties.size() + poses.size() + events.size() + departures.size() + descriptions.size();
  }
};

}  // namespace model
