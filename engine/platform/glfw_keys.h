// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/platform/input.h"

namespace platform {

/// GLFW's key code as our key; Unknown for those without a name here.
Key keyFromGlfw(int code);

}  // namespace platform
