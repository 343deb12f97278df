// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// Lamp light and headlights into the ground field, at night.
base::Result<std::unique_ptr<Pass>> makeFieldPass(const PassSetup& setup);

}  // namespace render
