// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/frame_ring.h"

#include <utility>

namespace gpu {
namespace {

constexpr VkDeviceSize kUploadBytes = 1 << 20;
constexpr uint32_t kSetsPerFrame = 96;
constexpr uint32_t kTimers = 32;

base::Status makeCommands(Device& device, Frame& frame) {
  VkCommandPoolCreateInfo pool{VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO};
  pool.flags = VK_COMMAND_POOL_CREATE_TRANSIENT_BIT;
  pool.queueFamilyIndex = device.queueFamily();
  VkResult made = vkCreateCommandPool(device.handle(), &pool, nullptr, &frame.pool);
  if (made != VK_SUCCESS) return vkError("a command pool could not be made", made);
  device.countObject(1);
  VkCommandBufferAllocateInfo info{VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO};
  info.commandPool = frame.pool;
  info.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY;
  info.commandBufferCount = 1;
  made = vkAllocateCommandBuffers(device.handle(), &info, &frame.commands);
  if (made != VK_SUCCESS) return vkError("a command buffer could not be made", made);
  return base::okStatus();
}

template <typename T>
bool take(base::Result<T> made, T& into, std::string& error) {
  if (made) into = std::move(*made);
  else error = made.error();
  return made.ok();
}

}  // namespace

base::Result<FrameRing> FrameRing::create(Device& device) {
  FrameRing ring;
  ring.device_ = &device;
  for (uint32_t i = 0; i < kFramesInFlight; ++i) {
    Frame& f = ring.frames_[i];
    f.slot = i;
    if (base::Status s = makeCommands(device, f); !s) return base::Error{s.error()};
    std::string error;
    const bool ok = take(UploadArena::create(device, kUploadBytes), f.upload, error) &&
                    take(DescriptorPool::create(device, kSetsPerFrame), f.descriptors, error) &&
                    take(Timers::create(device, kTimers), f.timers, error);
    if (!ok) return base::Error{error};
  }
  return ring;
}

FrameRing& FrameRing::operator=(FrameRing&& other) noexcept {
  std::swap(device_, other.device_);
  std::swap(frames_, other.frames_);
  std::swap(count_, other.count_);
  return *this;
}

FrameRing::~FrameRing() {
  if (device_ == nullptr) return;
  for (Frame& f : frames_) {
    if (f.pool == VK_NULL_HANDLE) continue;
    device_->retire(VK_OBJECT_TYPE_COMMAND_POOL, f.pool);
    device_->countObject(-1);
  }
}

base::Result<Frame*> FrameRing::acquire() {
  Frame& f = frames_[count_ % kFramesInFlight];
  if (f.finishedAt != 0)
    if (base::Status s = device_->wait(f.finishedAt); !s) return base::Error{s.error()};
  device_->collect();
  return &f;
}

base::Status FrameRing::drain() {
  for (const Frame& f : frames_)
    if (f.finishedAt != 0)
      if (base::Status s = device_->wait(f.finishedAt); !s) return s;
  return base::okStatus();
}

std::optional<uint64_t> FrameRing::newestFinished() const {
  const uint64_t done = device_->completed();
  std::optional<uint64_t> newest;
  for (const Frame& f : frames_)
    if (f.finishedAt != 0 && f.finishedAt <= done && (!newest || f.number > *newest)) newest = f.number;
  return newest;
}

base::Status FrameRing::begin(Frame& f) {
  f.number = count_++;
  f.upload.reset();
  f.descriptors.reset();
  vkResetCommandPool(device_->handle(), f.pool, 0);
  VkCommandBufferBeginInfo info{VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO};
  info.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
  const VkResult begun = device_->note(vkBeginCommandBuffer(f.commands, &info));
  if (begun != VK_SUCCESS) return vkError("a frame could not be begun", begun);
  f.timers.reset(f.commands);
  return base::okStatus();
}

base::Status FrameRing::end(Frame& f, const SubmitSync& sync) {
  f.upload.flush();
  f.timers.finish(f.commands);
  const VkResult ended = device_->note(vkEndCommandBuffer(f.commands));
  if (ended != VK_SUCCESS) return vkError("a frame could not be recorded", ended);
  const base::Result<uint64_t> value = device_->submit(f.commands, sync);
  if (!value) return base::Error{value.error()};
  f.finishedAt = *value;
  return base::okStatus();
}

}  // namespace gpu
