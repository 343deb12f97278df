// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace feeds {

/// Which signal controller of the city an intersection number of SAE J2735 (DF_IntersectionReferenceID)
/// means. Filled from the pack before feeding starts; constant from then on.
class IntersectionRegistry {
 public:
  /// `region` is 0 where the number is given without one. The first entry of a number stays.
  void add(int64_t region, int64_t id, std::string controller) {
    controllers_.emplace(std::pair(region, id), std::move(controller));
  }
  const std::string* find(int64_t region, int64_t id) const {
    const auto it = controllers_.find({region, id});
    return it != controllers_.end() ? &it->second : nullptr;
  }
  size_t size() const { return controllers_.size(); }

 private:
  std::map<std::pair<int64_t, int64_t>, std::string> controllers_;
};

}  // namespace feeds
