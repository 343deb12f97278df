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

  /// `bytes` is a hash of what it was read from: the same again changes nothing.
  void set(const std::string& name, uint64_t bytes, std::shared_ptr<const GtfsIndex> index) {
    std::unique_lock lock(mutex_);
    Known& known = feeds_[name];
    if (known.index && known.bytes == bytes) return;
    known = {bytes, std::move(index)};
    ++additions_;
  }
  bool has(std::string_view name, uint64_t bytes) const {
    std::shared_lock lock(mutex_);
    const auto it = feeds_.find(name);
    return it != feeds_.end() && it->second.bytes == bytes;
  }
  /// Counts what was added or replaced.
  uint64_t additions() const {
    std::shared_lock lock(mutex_);
    return additions_;
  }
  void clear() {
    std::unique_lock lock(mutex_);
    feeds_.clear();
  }
  /// The feed of that name, else the only one, else none.
  Entry find(std::string_view name) const {
    std::shared_lock lock(mutex_);
    auto it = feeds_.find(name);
    if (it == feeds_.end() && feeds_.size() == 1) it = feeds_.begin();
    return it == feeds_.end() ? Entry{} : Entry{it->first, it->second.index};
  }

 private:
  struct Known {
    uint64_t bytes = 0;
    std::shared_ptr<const GtfsIndex> index;
  };
  mutable std::shared_mutex mutex_;
  std::map<std::string, Known, std::less<>> feeds_;
  uint64_t additions_ = 0;
};

}  // namespace feeds
