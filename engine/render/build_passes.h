// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/render/pass_list.h"

namespace render {

/// The picture's passes for one quality, in order; or the single pass of the bench's limit.
base::Result<PassList> buildPasses(const PassSetup& setup, bool constantShading);

}  // namespace render
