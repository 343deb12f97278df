// SPDX-License-Identifier: Apache-2.0
#include "engine/import/confined_io.h"

#include <algorithm>

namespace importing {

namespace fs = std::filesystem;

ConfinedIo::ConfinedIo(const fs::path& folder, uint64_t sizeLimit) : sizeLimit_(sizeLimit) {
  std::error_code failed;
  folder_ = fs::weakly_canonical(folder.empty() ? fs::path(".") : folder, failed);
}

bool ConfinedIo::allowed(const char* file) const {
  std::error_code failed;
  const fs::path path = fs::weakly_canonical(file, failed);
  if (failed) return false;
  if (std::mismatch(folder_.begin(), folder_.end(), path.begin(), path.end()).first != folder_.end()) return false;
  if (!fs::is_regular_file(path, failed)) return false;
  const auto size = fs::file_size(path, failed);
  return !failed && size <= sizeLimit_;
}

bool ConfinedIo::Exists(const char* file) const { return allowed(file) && DefaultIOSystem::Exists(file); }

Assimp::IOStream* ConfinedIo::Open(const char* file, const char* mode) {
  const bool reads = mode != nullptr && mode[0] == 'r';
  if (reads && allowed(file)) return DefaultIOSystem::Open(file, mode);
  if (refused_.empty()) refused_ = file;
  return nullptr;
}

}  // namespace importing
