// SPDX-License-Identifier: Apache-2.0
#include "twin/app/assets.h"

#include <cstdlib>
#include <string>
#include <vector>

namespace app {

base::Result<std::filesystem::path> findAssets() {
  namespace fs = std::filesystem;
  std::vector<fs::path> places;
  if (const char* given = std::getenv("ALPHACITY_ASSETS"); given && *given) places.emplace_back(given);
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  // <root>/build/<preset>/alphacity, and one deeper for tests in sub-folders.
  for (fs::path up = program.parent_path(); up.has_relative_path(); up = up.parent_path()) {
    places.push_back(up / "assets");
    if (places.size() > 5) break;
  }
  places.emplace_back("/usr/share/alphacity/assets");
  std::string looked;
  for (const fs::path& place : places) {
    if (fs::is_regular_file(place / "styles" / "palette.toml", ignored)) return place;
    looked += (looked.empty() ? "" : ", ") + place.string();
  }
  return base::Error{"the assets folder was not found (looked in " + looked + "): set ALPHACITY_ASSETS to it"};
}

}  // namespace app
