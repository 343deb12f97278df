// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// Glow of what is brighter than white (medium and high).
base::Result<std::unique_ptr<Pass>> makeBloomPass(const PassSetup& setup);

}  // namespace render
