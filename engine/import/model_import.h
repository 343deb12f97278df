// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/scene/mesh_store.h"

namespace importing {

/// A model as it comes out of a file: metres, x forward, y left, z up, packed vertices.
struct ImportedModel {
  std::string name;
  std::vector<scene::Mesh> levels;  ///< finest first
  std::optional<scene::Mesh> blob;  ///< contact shadow (kSurfaceBlob)
  float radius = 0;                 ///< bounding sphere about the origin
  float height = 0;                 ///< top of the finest level
};

/// Reads .glb, .gltf, .obj, .stl or .dae. Nodes named <model>_lod<n> and <model>_blob become the levels
/// and the contact shadow of <model>; a file without such nodes is one model of one level, named after
/// the file. Material names choose the surface (the part before a dot: `glass`, `lens2`, `plain.dark`),
/// unknown ones are plain; base colours become albedo. Vertex colours that are all grey are openness,
/// others tint the albedo. y-up formats are turned from (y, z, x); .stl is taken as z up.
/// Refuses files above 200 MB, more than 50 million vertices, other endings and files that reach
/// outside their own folder, with one line that says so. Never throws. Warnings name what was left out.
base::Result<std::vector<ImportedModel>> importModels(const std::filesystem::path& file);

}  // namespace importing
