// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// The sky behind everything.
base::Result<std::unique_ptr<Pass>> makeSkyPass(const PassSetup& setup);

}  // namespace render
