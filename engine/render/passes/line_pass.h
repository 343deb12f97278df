// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// Ribbons: routes, trails, pipes; those that shine through walls once more, dimmed.
base::Result<std::unique_ptr<Pass>> makeLinePass(const PassSetup& setup);

}  // namespace render
