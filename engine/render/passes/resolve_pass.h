// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// The finished picture: occlusion, bloom, outline, tone, anti-aliasing, into the target.
base::Result<std::unique_ptr<Pass>> makeResolvePass(const PassSetup& setup);

}  // namespace render
