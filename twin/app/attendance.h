// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/platform/input.h"

namespace app {

struct App;

/// Exhibition only: tours the views while nobody is there, asks whoever has left, puts everything back.
/// Once a frame, before the camera moves.
void attend(App& app, const platform::Input& input, double deltaSeconds);

}  // namespace app
