// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/render/pass.h"

namespace render {

/// The bench's limit: the same geometry in one colour, straight into the target.
base::Result<std::unique_ptr<Pass>> makeConstantPass(const PassSetup& setup);

}  // namespace render
