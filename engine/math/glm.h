// SPDX-License-Identifier: Apache-2.0
// The one place that configures glm: radians, depth 0..1. Include this, never <glm/...> directly.
#pragma once

#define GLM_FORCE_DEPTH_ZERO_TO_ONE
#define GLM_FORCE_RADIANS
#include <glm/glm.hpp>
#include <glm/gtc/matrix_transform.hpp>
#include <glm/gtc/packing.hpp>
#include <glm/gtc/quaternion.hpp>
