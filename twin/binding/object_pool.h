// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/scene/static_store.h"

namespace binding {

/// Rows of the object table for things that come and go: a row that one has left serves the next.
class ObjectPool {
 public:
  explicit ObjectPool(scene::StaticStore& statics) : statics_(statics) {}

  uint32_t take(gpu_types::Object object) {
    if (free_.empty()) return statics_.addObject(object);
    const uint32_t row = free_.back();
    free_.pop_back();
    statics_.setObject(row, object);
    return row;
  }
  void give(uint32_t row) { free_.push_back(row); }

 private:
  scene::StaticStore& statics_;
  std::vector<uint32_t> free_;
};

}  // namespace binding
