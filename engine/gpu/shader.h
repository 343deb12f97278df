// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/gpu/vk.h"

namespace gpu {

/// Where compiled shaders lie: ALPHACITY_SHADERS, else `shaders` beside the program.
std::filesystem::path shaderFolder();

/// The SPIR-V words of `<folder>/<name>.spv`, e.g. "static.vert". Fails with the path and what to do.
base::Result<std::vector<uint32_t>> loadShader(const std::string& name);

}  // namespace gpu
