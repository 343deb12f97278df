// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "engine/math/glm.h"
#include "twin/core/catalogue.h"
#include "twin/model/entity.h"

namespace alarms {

/// A thing as alarms know it; constant once made.
struct Thing {
  std::string id;
  std::string kind;
};

enum class ReadingKind : uint8_t { Seen, Property, Pose, Event, Described, Departed };

/// The part of an applied observation that some rule looks at.
struct Reading {
  ReadingKind what = ReadingKind::Seen;
  bool bad = false;     ///< the source or a range check says so
  bool isNumber = false;
  model::SourceId source = model::kNoSource;
  base::UtcNs received = 0;
  base::UtcNs eventTime = 0;
  std::shared_ptr<const Thing> thing;  ///< null: an event of no thing
  std::string name;              ///< property, or type of event
  double number = 0;
  std::string text;
  glm::dvec3 position{0};
  bool hasPosition = false;
  std::vector<std::pair<std::string, model::Value>> attributes;  ///< Described only

  /// What the silence of its thing counts from: when it was so. A broker's retained value that arrives now is
  /// as old as it is, as the display has it.
  base::UtcNs spoke() const { return eventTime != 0 && eventTime < received ? eventTime : received; }
};

}  // namespace alarms
