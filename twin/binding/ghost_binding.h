// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "twin/binding/bind_context.h"

namespace binding {

/// Where a vehicle is expected to be within one second. City frame, metres; heading in radians clockwise from
/// grid north. Without elevation it stands on the ground.
struct Ghost {
  std::string_view id;
  std::string_view kind;
  glm::dvec3 from{0}, to{0};
  double fromHeading = 0, toHeading = 0;
  bool hasElevation = false;
};

/// Vehicles that have not happened: pale, seen through, without lights, not to be picked.
class GhostBinding {
 public:
  explicit GhostBinding(const BindContext& context) : context_(context) {}

  /// All ghosts there are, driving `from` .. `to` in the second that begins at scene time `startMs`. Who is not
  /// among them any more is gone.
  void show(std::span<const Ghost> ghosts, uint32_t startMs);
  size_t size() const { return instances_.size(); }

 private:
  struct Shown {
    scene::InstanceId instance;
    uint64_t round = 0;  ///< of show() that last named it
  };
  scene::InstanceId add(const Ghost& ghost);

  BindContext context_;
  std::unordered_map<std::string, Shown> instances_;
  uint64_t round_ = 0;
};

}  // namespace binding
