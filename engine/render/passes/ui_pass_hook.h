// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// Lets the user interface draw over the picture.
base::Result<std::unique_ptr<Pass>> makeUiHookPass(const PassSetup& setup);

}  // namespace render
