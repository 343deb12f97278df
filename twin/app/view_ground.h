// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/scene/view.h"
#include "twin/feeds/transport_state.h"

namespace app {

/// The ground that a view shows, generously: up to 4 km away, at height 0 of the city frame.
feeds::GroundBox groundSeen(const scene::View& view);

}  // namespace app
