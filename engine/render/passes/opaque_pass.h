// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// The fixed city and all instances: colour, pick id, depth.
base::Result<std::unique_ptr<Pass>> makeOpaquePass(const PassSetup& setup);

}  // namespace render
