// SPDX-License-Identifier: Apache-2.0
#include "twin/app/bookmarks.h"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>

#include "twin/core/time.h"

namespace app {

base::Result<Bookmarks> Bookmarks::load(std::filesystem::path file) {
  Bookmarks bookmarks;
  bookmarks.file_ = std::move(file);
  std::error_code missing;
  if (!std::filesystem::exists(bookmarks.file_, missing)) return bookmarks;
  const toml::parse_result parsed = toml::parse_file(bookmarks.file_.string());
  if (!parsed) return base::Error{bookmarks.file_.string() + ": " + std::string(parsed.error().description())};
  if (const toml::array* list = parsed.table()["bookmark"].as_array())
    for (const toml::node& node : *list) {
      const toml::table* entry = node.as_table();
      if (!entry) continue;
      const auto time = core::parseIso8601((*entry)["time"].value_or(std::string()));
      if (time) bookmarks.all_.push_back({(*entry)["name"].value_or(std::string()), *time});
    }
  std::stable_sort(bookmarks.all_.begin(), bookmarks.all_.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
  return bookmarks;
}

base::Status Bookmarks::add(panels::Bookmark bookmark) {
  const auto place = std::upper_bound(all_.begin(), all_.end(), bookmark.time, [](base::UtcNs time, const auto& known) { return time < known.time; });
  all_.insert(place, std::move(bookmark));
  return save();
}

base::Status Bookmarks::remove(size_t index) {
  if (index >= all_.size()) return base::okStatus();
  all_.erase(all_.begin() + static_cast<std::ptrdiff_t>(index));
  return save();
}

/// Beside it first, so that a crash leaves the old or the new file whole.
base::Status Bookmarks::save() const {
  toml::array list;
  for (const panels::Bookmark& bookmark : all_)
    list.push_back(toml::table{{"name", bookmark.name}, {"time", core::formatIso8601(bookmark.time)}});
  std::error_code failed;
  if (file_.has_parent_path()) std::filesystem::create_directories(file_.parent_path(), failed);
  const std::string fresh = file_.string() + ".new";
  {
    std::ofstream out(fresh, std::ios::trunc);
    out << toml::table{{"bookmark", std::move(list)}} << "\n";
    out.flush();
    if (!out) return base::Error{file_.string() + ": the bookmarks cannot be written"};
  }
  std::filesystem::rename(fresh, file_, failed);
  if (failed) return base::Error{file_.string() + ": " + failed.message()};
  return base::okStatus();
}

}  // namespace app
