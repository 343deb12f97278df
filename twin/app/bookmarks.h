// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "engine/base/result.h"
#include "twin/panels/panel_input.h"

namespace app {

/// Named moments in a TOML file that the user may edit:  [[bookmark]] name = "...", time = "2026-11-22T09:00:00Z"
class Bookmarks {
 public:
  /// A missing file holds none. One that cannot be read is an error and is not written over.
  static base::Result<Bookmarks> load(std::filesystem::path file);
  const std::vector<panels::Bookmark>& all() const { return all_; }
  base::Status add(panels::Bookmark bookmark);
  base::Status remove(size_t index);

 private:
  base::Status save() const;
  std::filesystem::path file_;
  std::vector<panels::Bookmark> all_;  // oldest moment first
};

}  // namespace app
