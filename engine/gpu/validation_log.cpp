// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/validation_log.h"

#include <algorithm>

#include "engine/base/log.h"

namespace gpu {

void ValidationLog::add(const std::string& id, const std::string& text) {
  const std::lock_guard lock(mutex_);
  ++count_;
  if (std::find(ids_.begin(), ids_.end(), id) != ids_.end()) return;
  ids_.push_back(id);
  messages_.push_back(text);
  base::logError("Vulkan validation: " + text);
}

uint64_t ValidationLog::count() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

std::vector<std::string> ValidationLog::messages() const {
  const std::lock_guard lock(mutex_);
  return messages_;
}

}  // namespace gpu
