// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "engine/base/result.h"

namespace app {

struct App;

/// F12: the city as it is seen now, without panels, as a PNG named after the shown time. Returns its path;
/// the error names the file and why it could not be written.
base::Result<std::filesystem::path> takeScreenshot(App& app, const std::filesystem::path& folder);

}  // namespace app
