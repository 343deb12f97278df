// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "twin/alarms/alarm_state.h"
#include "twin/alarms/evaluator.h"

namespace alarms {

struct Comment {
  base::UtcNs time = 0;
  std::string who;
  std::string text;
};

/// One rule and one thing: "bin_fire:dev_waste_bin_0007".
struct Alarm {
  std::string rule;
  std::string subject;
  SubjectKind about = SubjectKind::Thing;
  Condition condition;
  double number = kUnset;  ///< what raised it, in the property's unit
  std::string text;
  std::optional<glm::dvec3> position;
  std::string ackedBy;
  std::string inhibitedBy;  ///< who shelved it or took it out of service; the explaining alarm when suppressed
  std::vector<Comment> comments;  ///< the last ten

  std::string key() const { return rule + ":" + subject; }
};

}  // namespace alarms
