// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/timers.h"

#include <cstring>
#include <utility>

namespace gpu {
namespace {

constexpr uint32_t kNudges = 48;  // a frame

/// Vulkan's fences and semaphores make nothing visible to the host by themselves.
void hostBarrier(VkCommandBuffer commands) {
  VkMemoryBarrier2 barrier{VK_STRUCTURE_TYPE_MEMORY_BARRIER_2};
  barrier.srcStageMask = VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT;
  barrier.srcAccessMask = VK_ACCESS_2_TRANSFER_WRITE_BIT;
  barrier.dstStageMask = VK_PIPELINE_STAGE_2_HOST_BIT;
  barrier.dstAccessMask = VK_ACCESS_2_HOST_READ_BIT;
  VkDependencyInfo info{VK_STRUCTURE_TYPE_DEPENDENCY_INFO};
  info.memoryBarrierCount = 1;
  info.pMemoryBarriers = &barrier;
  vkCmdPipelineBarrier2(commands, &info);
}

}  // namespace

base::Result<Timers> Timers::create(Device& device, uint32_t capacity) {
  Timers result;
  result.device_ = &device;
  if (device.limits().timestampComputeAndGraphics == VK_FALSE) return result;
  VkQueryPoolCreateInfo info{VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO};
  info.queryType = VK_QUERY_TYPE_TIMESTAMP;
  info.queryCount = capacity * 2 + kNudges;
  const VkResult made = vkCreateQueryPool(device.handle(), &info, nullptr, &result.pool_);
  if (made != VK_SUCCESS) return vkError("timestamp queries could not be made", made);
  result.capacity_ = capacity;
  result.nudgeable_ = device.type() == VK_PHYSICAL_DEVICE_TYPE_CPU;
  result.nsPerTick_ = static_cast<double>(device.limits().timestampPeriod);
  device.countObject(1);
  auto ticks = Buffer::create(device, {VkDeviceSize{capacity} * 2 * sizeof(uint64_t), VK_BUFFER_USAGE_TRANSFER_DST_BIT, MemoryKind::Readback, "timestamps"});
  if (!ticks) return base::Error{ticks.error()};
  result.ticks_ = std::move(*ticks);
  return result;
}

Timers& Timers::operator=(Timers&& other) noexcept {
  std::swap(device_, other.device_);
  std::swap(pool_, other.pool_);
  std::swap(capacity_, other.capacity_);
  std::swap(nsPerTick_, other.nsPerTick_);
  std::swap(ticks_, other.ticks_);
  std::swap(names_, other.names_);
  std::swap(open_, other.open_);
  std::swap(nudgeable_, other.nudgeable_);
  std::swap(nudges_, other.nudges_);
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
  nudges_ = 0;
  if (pool_ != VK_NULL_HANDLE) vkCmdResetQueryPool(commands, pool_, 0, capacity_ * 2 + kNudges);
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

void Timers::nudge(VkCommandBuffer commands) {
  if (!nudgeable_ || nudges_ == kNudges) return;
  vkCmdWriteTimestamp2(commands, VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT, pool_, capacity_ * 2 + nudges_++);
}

void Timers::finish(VkCommandBuffer commands) {
  if (pool_ == VK_NULL_HANDLE || names_.empty()) return;
  vkCmdCopyQueryPoolResults(commands, pool_, 0, static_cast<uint32_t>(names_.size()) * 2, ticks_.handle(), 0, sizeof(uint64_t),
                            VK_QUERY_RESULT_64_BIT | VK_QUERY_RESULT_WAIT_BIT);
  hostBarrier(commands);
}

std::vector<PassTime> Timers::read() {
  std::vector<PassTime> times;
  if (pool_ == VK_NULL_HANDLE || names_.empty()) return times;
  ticks_.invalidate();
  std::vector<int64_t> ticks(names_.size() * 2);
  std::memcpy(ticks.data(), ticks_.mapped(), ticks.size() * sizeof(int64_t));
  for (size_t i = 0; i < names_.size(); ++i)
    times.push_back({names_[i], static_cast<double>(ticks[2 * i + 1] - ticks[2 * i]) * nsPerTick_ * 1e-6});
  return times;
}

}  // namespace gpu
