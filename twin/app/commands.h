// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/app/app.h"

namespace app {

/// Does what a panel, a key or a click asked for.
void carryOut(App& app, const panels::Command& command);

/// The camera of a named view, or none.
const city::NamedView* findView(const App& app, std::string_view id);
scene::Camera cameraOf(const city::NamedView& view);

/// Selects an entity by id; empty or unknown: nothing.
void selectEntity(App& app, const std::string& id);

}  // namespace app
