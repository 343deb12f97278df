// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// Depth of what casts shadows, into the shadow maps that are out of date.
base::Result<std::unique_ptr<Pass>> makeShadowPass(const PassSetup& setup);

}  // namespace render
