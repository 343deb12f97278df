// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/platform/input.h"
#include "twin/app/app.h"

namespace app {

/// Map preset: left drag pans, right or Ctrl+left orbits about the point under the cursor, middle tilts,
/// wheel zooms to the cursor, WASD and QE fly. Nothing while a panel has the mouse or the keys.
CameraInput cameraInputOf(const PointerState& pointer, const platform::Input& input, glm::ivec2 size, bool mouseTaken, bool keysTaken);

/// Once a frame, before anything reads it: movement and double clicks from positions and presses.
void trackPointer(PointerState& pointer, const platform::Input& input, base::MonoNs now);

/// The pixel to ask the renderer about this frame: under the cursor, when no panel is there.
std::optional<render::PixelPosition> pickPixel(const App& app, const platform::Input& input, glm::ivec2 size);

/// The thing that has been under a resting cursor for 120 ms.
model::EntityHandle hoveredEntity(App& app, const base::Tick& time);

/// Click selects, double click flies there, a click on nothing deselects.
std::vector<panels::Command> pointerCommands(App& app, const platform::Input& input, const base::Tick& time);

}  // namespace app
