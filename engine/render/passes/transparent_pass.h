// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// Water, ghosts and contact shadows, blended over the opaque picture.
base::Result<std::unique_ptr<Pass>> makeTransparentPass(const PassSetup& setup);

}  // namespace render
