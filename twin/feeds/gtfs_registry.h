// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>

#include "twin/feeds/gtfs_index.h"

namespace feeds {

/// Static feeds by name (the level after "gtfs/" of their topic). Any thread may read while another adds.
class GtfsRegistry {
 public:
  struct Entry {
    std::string name;
    std::shared_ptr<const GtfsIndex> index;
  };

  void set(const std::string& name, std::shared_ptr<const GtfsIndex> index) {
    std::unique_lock lock(mutex_);
    feeds_[name] = std::move(index);
    ++additions_;
  }
  /// How often a feed was set: whether a message taught something.
  uint64_t additions() const {
    std::shared_lock lock(mutex_);
    return additions_;
  }
  /// The feed of that name, else the only one, else none.
  Entry find(std::string_view name) const {
    std::shared_lock lock(mutex_);
    auto it = feeds_.find(name);
    if (it == feeds_.end() && feeds_.size() == 1) it = feeds_.begin();
    return it == feeds_.end() ? Entry{} : Entry{it->first, it->second};
  }

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::shared_ptr<const GtfsIndex>, std::less<>> feeds_;
  uint64_t additions_ = 0;
};

}  // namespace feeds
