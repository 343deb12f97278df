// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/gpu/instance.h"
#include "engine/gpu/memory.h"
#include "engine/gpu/vk.h"

namespace gpu {

struct DeviceOptions {
  VkSurfaceKHR surface = VK_NULL_HANDLE;  ///< null: off screen
  std::string wanted;                     ///< keep only devices with this in their name (ALPHACITY_GPU)
};

/// Semaphores around one submission; null ones are left out.
struct SubmitSync {
  VkSemaphore wait = VK_NULL_HANDLE;
  VkSemaphore signal = VK_NULL_HANDLE;
};

/// The logical device with its one queue. Every submission signals the next value of one timeline; a
/// destroyed object waits in the retired list until the work that may use it has passed.
/// Not thread-safe: one thread renders.
class Device {
 public:
  static base::Result<std::unique_ptr<Device>> create(const Instance& instance, const DeviceOptions& options);
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  ~Device();

  VkInstance instance() const { return instance_; }
  VkPhysicalDevice physical() const { return physical_; }
  VkDevice handle() const { return device_; }
  VkQueue queue() const { return queue_; }
  uint32_t queueFamily() const { return queueFamily_; }
  const std::string& name() const { return properties_.deviceName; }
  VkPhysicalDeviceType type() const { return properties_.type; }
  const VkPhysicalDeviceLimits& limits() const { return properties_.limits; }
  bool hasAnisotropy() const { return anisotropy_; }
  bool hasDepthClamp() const { return depthClamp_; }
  Allocator& memory() { return memory_; }
  VkPipelineCache pipelineCache() const { return pipelineCache_; }

  /// Remembers a lost device; returns its argument.
  VkResult note(VkResult result);
  /// After a loss nothing waits and nothing is destroyed; the program ends and is started anew.
  bool lost() const { return lost_; }

  /// Submits one command buffer. The value that the timeline reaches when it is done.
  base::Result<uint64_t> submit(VkCommandBuffer commands, const SubmitSync& sync = {});
  uint64_t completed() const;
  /// Waits until the timeline reaches `value`; a watchdog of 30 s turns a hang into a lost device.
  base::Status wait(uint64_t value);
  void waitIdle();
  /// Records, submits and waits: for set-up and tests, never in a frame.
  base::Status immediate(const std::function<void(VkCommandBuffer)>& record);

  /// Hands a handle (and its memory) over for destruction once the work recorded so far has passed.
  template <typename Handle>
  void retire(VkObjectType type, Handle handle, VmaAllocation_T* allocation = nullptr) {
    retireRaw(type, reinterpret_cast<uint64_t>(handle), allocation);
  }
  /// Destroys what is retired and no longer in use. `all`: nothing is being recorded or in flight.
  void collect(bool all = false);

  /// Names an object in validation messages and captures.
  template <typename Handle>
  void setName(VkObjectType type, Handle handle, const char* name) {
    setNameRaw(type, reinterpret_cast<uint64_t>(handle), name);
  }
  void beginLabel(VkCommandBuffer commands, const char* name) const;
  void endLabel(VkCommandBuffer commands) const;

  /// Objects made and not yet retired, by the wrappers of this module.
  int64_t liveObjects() const { return live_; }
  void countObject(int64_t by) { live_ += by; }

 private:
  struct Properties {
    std::string deviceName;
    VkPhysicalDeviceType type = VK_PHYSICAL_DEVICE_TYPE_OTHER;
    VkPhysicalDeviceLimits limits{};
  };
  struct Retired {
    uint64_t value;
    VkObjectType type;
    uint64_t handle;
    VmaAllocation_T* allocation;
  };

  Device() = default;
  base::Status open(const Instance& instance, const DeviceOptions& options, int queueFamily);
  base::Status makeParts();
  void loadDebugFunctions();
  void retireRaw(VkObjectType type, uint64_t handle, VmaAllocation_T* allocation);
  void setNameRaw(VkObjectType type, uint64_t handle, const char* name);
  void destroyNow(const Retired& retired);

  VkInstance instance_ = VK_NULL_HANDLE;
  VkPhysicalDevice physical_ = VK_NULL_HANDLE;
  VkDevice device_ = VK_NULL_HANDLE;
  VkQueue queue_ = VK_NULL_HANDLE;
  uint32_t queueFamily_ = 0;
  Properties properties_;
  bool anisotropy_ = false;
  bool depthClamp_ = false;
  bool addresses_ = false;
  bool lost_ = false;
  std::shared_ptr<bool> instanceAbandoned_;
  Allocator memory_;
  VkSemaphore timeline_ = VK_NULL_HANDLE;
  uint64_t submitted_ = 0;
  VkCommandPool immediatePool_ = VK_NULL_HANDLE;
  VkPipelineCache pipelineCache_ = VK_NULL_HANDLE;
  std::deque<Retired> retired_;
  int64_t live_ = 0;
  PFN_vkSetDebugUtilsObjectNameEXT setObjectName_ = nullptr;
  PFN_vkCmdBeginDebugUtilsLabelEXT beginLabel_ = nullptr;
  PFN_vkCmdEndDebugUtilsLabelEXT endLabel_ = nullptr;
};

}  // namespace gpu
