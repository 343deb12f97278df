// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace importing {

/// A look at a model file before Assimp sees it: its readers recurse over nested nodes without a limit,
/// so a small hostile file could end the program. Says why the file is refused, empty when it may be
/// read. `ending` is the lower-case file ending with its dot.
/// glTF: version 2 only, valid JSON, no unknown required extension, nodes at most 256 deep and each with
/// one parent, accessors of at most 50 million elements. Collada: elements at most 512 deep. Others:
/// nothing to check.
std::string refusalOfContent(const std::filesystem::path& file, const std::string& ending);

}  // namespace importing
