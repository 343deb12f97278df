// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>

#include "engine/math/glm.h"

namespace plan {

/// Takes an existing thing out of the picture (a building to be pulled down).
struct HideEntity {
  std::string entity;
  bool operator==(const HideEntity&) const = default;
};

/// A proposed volume: a box on the ground.
struct AddBox {
  std::string id;             ///< unique in the plan, "plan-..." so that it meets no pack id
  glm::dvec2 centre{0};       ///< city frame, metres
  glm::dvec2 size{20, 20};    ///< along its own axes, metres
  double height = 20;         ///< metres
  double heading = 0;         ///< radians clockwise from grid north
  bool operator==(const AddBox&) const = default;
};

using Edit = std::variant<HideEntity, AddBox>;

}  // namespace plan
