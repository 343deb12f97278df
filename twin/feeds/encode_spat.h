// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"

namespace feeds {

/// Tenths of a second that mean "unknown" in SAE J2735 TimeMark.
constexpr int kSpatUnknown = 36001;

/// State of one signal group; `state` is a J2735 MovementPhaseState: "stop-And-Remain" (red),
/// "protected-Movement-Allowed" or "permissive-Movement-Allowed" (green), "protected-clearance" or
/// "permissive-clearance" (yellow), "caution-Conflicting-Traffic" (flashing yellow), "dark".
struct SpatGroup {
  int group = 0;  ///< signal group number, 0..255
  std::string state;
  int remainTenths = kSpatUnknown;  ///< tenths of a second until the state ends
};

/// JSON on topic spat/<controller>:
/// {"t":1795338000250,"groups":[{"g":1,"state":"stop-And-Remain","remain_ds":153}],"src":"sim"}. Becomes the
/// properties group_<n> and remain_<n> (seconds) of the entity <controller>, kind signal_controller.
struct SpatMessage {
  std::string controller;
  base::UtcNs time = 0;
  std::vector<SpatGroup> groups;
  std::string source = "sim";  ///< "src" of the message; "sim" marks it as simulated
};

std::string spatTopic(std::string_view controller);
std::string encodeSpat(const SpatMessage& message);

}  // namespace feeds
