// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/gpu/buffer.h"
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
  /// A software device gathers the triangles of a rendering scope and fills them all at its end; a timestamp
  /// makes it hand over what it has, and its other threads fill that while it goes on with the vertices. One
  /// that nobody reads, then: a tenth of a frame on two cores. Nothing elsewhere.
  void nudge(VkCommandBuffer commands);
  /// Last in the command buffer: the device hands the times over itself. Asking it for them from outside makes
  /// lavapipe wait for all that it has been given, the next frame too.
  void finish(VkCommandBuffer commands);
  /// The measured times, once the work has finished; empty where the device has no timestamps.
  std::vector<PassTime> read();

 private:
  Device* device_ = nullptr;
  VkQueryPool pool_ = VK_NULL_HANDLE;
  Buffer ticks_;
  uint32_t capacity_ = 0;
  double nsPerTick_ = 1;
  std::vector<const char*> names_;
  bool open_ = false;
  bool nudgeable_ = false;
  uint32_t nudges_ = 0;
};

}  // namespace gpu
