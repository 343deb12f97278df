// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/platform/input.h"
#include "twin/app/app.h"

namespace app {

/// One frame from input to picture; the list of DESIGN's first data path, top to bottom. The same in a
/// window and off screen. `wait`: return when the picture is finished (headless).
void runFrame(App& app, const platform::Input& input, const gpu::Target& target, bool wait);

/// The window's loop until the user or --seconds ends it; the exit code.
int runWindow(App& app);

/// Draws --frames pictures (or --seconds long) off screen and writes the last; the exit code.
int runHeadless(App& app);

}  // namespace app
