// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/gpu/device.h"

namespace gpu {

struct PassTime {
  std::string name;
  double ms = 0;  ///< on the device
};

/// Timestamps round named stretches of one command buffer.
class Timers {
 public:
  Timers() = default;
  static base::Result<Timers> create(Device& device, uint32_t capacity);
  Timers(Timers&& other) noexcept { *this = std::move(other); }
  Timers& operator=(Timers&& other) noexcept;
  ~Timers();

  /// First in the command buffer, outside of rendering.
  void reset(VkCommandBuffer commands);
  void start(VkCommandBuffer commands, const char* name);
  void stop(VkCommandBuffer commands);
  /// The measured times, once the work has finished; empty where the device has no timestamps.
  std::vector<PassTime> read() const;

 private:
  Device* device_ = nullptr;
  VkQueryPool pool_ = VK_NULL_HANDLE;
  uint32_t capacity_ = 0;
  double nsPerTick_ = 1;
  std::vector<const char*> names_;
  bool open_ = false;
};

}  // namespace gpu
