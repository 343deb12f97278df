// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "engine/base/result.h"
#include "engine/scene/scene.h"

namespace importing {

/// Adds every model that `folder`/models.toml lists to `scene` (meshes and instance models, found again
/// with scene.instances.findModel("taxi")). Levels, shadow, blob and headlights follow from the model's
/// group (vehicle, tree, device, mark). Returns how many were added; a model that cannot be read is left
/// out with a warning. Error: the list itself cannot be read, or nothing in it.
base::Result<int> loadModelLibrary(const std::filesystem::path& folder, scene::Scene& scene);

}  // namespace importing
