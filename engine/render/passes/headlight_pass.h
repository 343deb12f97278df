// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// Headlights as light laid over the picture, ahead of each vehicle (see QualitySettings::fieldHeadlights). They are
/// where the vehicle is in every frame, and what stands still need not be drawn again for them.
base::Result<std::unique_ptr<Pass>> makeHeadlightPass(const PassSetup& setup);

}  // namespace render
