// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/math/glm.h"

namespace math {

/// The points of a line that are worth drawing, as indices, first and last among them: those left out lie within
/// `tolerance` of the piece that spans them, and no piece that spans others is longer than `longest` (metres).
std::vector<size_t> worthDrawing(std::span<const glm::vec3> line, float tolerance, float longest);

}  // namespace math
