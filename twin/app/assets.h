// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "engine/base/result.h"

namespace app {

/// The assets folder: $ALPHACITY_ASSETS, or the one beside the program's build folder, or the installed
/// one. The error lists where it was looked for.
base::Result<std::filesystem::path> findAssets();

}  // namespace app
