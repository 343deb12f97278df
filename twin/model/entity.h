// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/handle.h"
#include "twin/core/catalogue.h"
#include "twin/model/observation.h"

namespace model {

/// Index into the list of sources that ingest keeps (name, standard, endpoint).
using SourceId = uint16_t;
constexpr SourceId kNoSource = 0xffff;

/// What does not change from message to message. Shared between store and mirror.
struct EntityInfo {
  std::string id;            ///< unique: pack id, or the source's own
  std::string kind;          ///< catalogue name
  core::BilingualText name;  ///< may be empty
  Provenance origin = Provenance::Measured;
  std::string source;                                     ///< key of the pack's sources.toml, or the feed
  glm::dvec3 position{0};                                 ///< city frame; start position for movers
  double heading = 0;                                     ///< radians clockwise from grid north
  std::vector<std::pair<std::string, Value>> attributes;  ///< fixed facts: storeys, capacity, lot ...
  bool fromPack = false;
  std::shared_ptr<const Geometry> geometry;  ///< of things that a feed described; may be null
  bool hasElevation = false;                 ///< of a described position: false = stands on the ground
  base::UtcNs described = 0;                 ///< event time of the newest description, 0 = never
  base::UtcNs expires = 0;                   ///< no longer shown from then on; 0: stays
};

/// The latest value of one property.
struct PropertyRow {
  std::string name;
  Value value;
  std::string unit;
  base::UtcNs eventTime = 0;
  base::UtcNs received = 0;
  SourceId source = kNoSource;
  Provenance provenance = Provenance::Measured;
  bool bad = false;
};

struct Pose {
  glm::dvec3 position{0};
  bool hasElevation = false;
  double heading = 0;
  double pitch = 0;
  double speed = 0;
  base::UtcNs eventTime = 0;
  base::UtcNs received = 0;
  SourceId source = kNoSource;
  Provenance provenance = Provenance::Measured;
};

struct Entity;
using EntityHandle = base::Handle<Entity>;

/// One thing or mover as it is known now. Copied whole from store to mirror when anything changed.
struct Entity {
  std::shared_ptr<const EntityInfo> info;
  std::vector<PropertyRow> properties;  ///< in order of first appearance
  bool moving = false;                  ///< has poses
  Pose previous;                        ///< the pose before `latest`, equal to it at first
  Pose latest;

  const PropertyRow* property(std::string_view name) const {
    for (const PropertyRow& row : properties)
      if (row.name == name) return &row;
    return nullptr;
  }
  /// The most recent event time of any value or pose, 0 = never reported.
  base::UtcNs lastEvent() const;
  base::UtcNs lastReceived() const;
};

}  // namespace model
