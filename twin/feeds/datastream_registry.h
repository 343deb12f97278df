// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

namespace feeds {

/// What a SensorThings Datastream number means here: which property of which thing. Filled from the
/// city pack's `datastreams`; mapping is configuration, not code.
class DatastreamRegistry {
 public:
  struct Target {
    std::string entity;
    std::string property;
    std::string kind;  ///< may be empty: keep what is known
    std::string unit;  ///< may be empty: the catalogue's
  };

  /// False when the number is already taken by something else; the first stays.
  bool add(int64_t datastream, Target target) {
    return targets_.emplace(datastream, std::move(target)).second;
  }
  const Target* find(int64_t datastream) const {
    const auto it = targets_.find(datastream);
    return it != targets_.end() ? &it->second : nullptr;
  }
  size_t size() const { return targets_.size(); }

 private:
  std::unordered_map<int64_t, Target> targets_;
};

}  // namespace feeds
