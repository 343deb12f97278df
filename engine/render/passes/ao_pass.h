// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// Ambient occlusion in screen space (medium and high).
base::Result<std::unique_ptr<Pass>> makeAoPass(const PassSetup& setup);

}  // namespace render
