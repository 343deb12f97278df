// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// Copies the picked pixel's id and depth to where the CPU reads it.
base::Result<std::unique_ptr<Pass>> makePickPass(const PassSetup& setup);

}  // namespace render
