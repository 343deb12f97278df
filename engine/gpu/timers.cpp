// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/timers.h"

#include <utility>

namespace gpu {

base::Result<Timers> Timers::create(Device& device, uint32_t capacity) {
  Timers result;
  result.device_ = &device;
  if (device.limits().timestampComputeAndGraphics == VK_FALSE) return result;
  VkQueryPoolCreateInfo info{VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO};
  info.queryType = VK_QUERY_TYPE_TIMESTAMP;
  info.queryCount = capacity * 2;
  const VkResult made = vkCreateQueryPool(device.handle(), &info, nullptr, &result.pool_);
  if (made != VK_SUCCESS) return vkError("timestamp queries could not be made", made);
  result.capacity_ = capacity;
  result.nsPerTick_ = static_cast<double>(device.limits().timestampPeriod);
  device.countObject(1);
  return result;
}

Timers& Timers::operator=(Timers&& other) noexcept {
  std::swap(device_, other.device_);
  std::swap(pool_, other.pool_);
  std::swap(capacity_, other.capacity_);
  std::swap(nsPerTick_, other.nsPerTick_);
  std::swap(names_, other.names_);
  std::swap(open_, other.open_);
  return *this;
}

Timers::~Timers() {
  if (pool_ == VK_NULL_HANDLE) return;
  device_->retire(VK_OBJECT_TYPE_QUERY_POOL, pool_);
  device_->countObject(-1);
}

void Timers::reset(VkCommandBuffer commands) {
  names_.clear();
  open_ = false;
  if (pool_ != VK_NULL_HANDLE) vkCmdResetQueryPool(commands, pool_, 0, capacity_ * 2);
}

void Timers::start(VkCommandBuffer commands, const char* name) {
  if (pool_ == VK_NULL_HANDLE || names_.size() >= capacity_) return;
  vkCmdWriteTimestamp2(commands, VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT, pool_, static_cast<uint32_t>(names_.size()) * 2);
  names_.push_back(name);
  open_ = true;
}

void Timers::stop(VkCommandBuffer commands) {
  if (!open_) return;
  open_ = false;
  vkCmdWriteTimestamp2(commands, VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT, pool_,
                       static_cast<uint32_t>(names_.size()) * 2 - 1);
}

std::vector<PassTime> Timers::read() const {
  std::vector<PassTime> times;
  if (pool_ == VK_NULL_HANDLE || names_.empty()) return times;
  std::vector<uint64_t> ticks(names_.size() * 2);
  const VkResult got = vkGetQueryPoolResults(device_->handle(), pool_, 0, static_cast<uint32_t>(ticks.size()),
                                             ticks.size() * sizeof(uint64_t), ticks.data(), sizeof(uint64_t),
                                             VK_QUERY_RESULT_64_BIT);
  if (got != VK_SUCCESS) return times;
  for (size_t i = 0; i < names_.size(); ++i) {
    const auto span = static_cast<double>(static_cast<int64_t>(ticks[2 * i + 1] - ticks[2 * i]));
    times.push_back({names_[i], span * nsPerTick_ * 1e-6});
  }
  return times;
}

}  // namespace gpu
