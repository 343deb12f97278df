// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "engine/gpu/descriptors.h"
#include "engine/gpu/timers.h"
#include "engine/gpu/upload.h"

namespace gpu {

constexpr uint32_t kFramesInFlight = 2;

/// What one frame in flight owns.
struct Frame {
  uint32_t slot = 0;
  uint64_t number = 0;      ///< of the frame that uses the slot now
  uint64_t finishedAt = 0;  ///< timeline value of its last submission, 0 = none yet
  VkCommandPool pool = VK_NULL_HANDLE;
  VkCommandBuffer commands = VK_NULL_HANDLE;
  UploadArena upload;
  DescriptorPool descriptors;
  Timers timers;
};

/// Two frames in flight: while the device draws one, the next is recorded.
class FrameRing {
 public:
  FrameRing() = default;
  static base::Result<FrameRing> create(Device& device);
  FrameRing(FrameRing&& other) noexcept { *this = std::move(other); }
  FrameRing& operator=(FrameRing&& other) noexcept;
  ~FrameRing();

  /// Waits until the slot is free. Its timers and readbacks of two frames ago may be read before begin().
  base::Result<Frame*> acquire();
  /// Waits until the device has finished every frame so far.
  base::Status drain();
  /// Number of the newest frame that the device is done with; none: no frame is. Not between begin() and end().
  std::optional<uint64_t> newestFinished() const;
  /// Resets what the slot owns and opens its command buffer.
  base::Status begin(Frame& frame);
  /// Closes and submits.
  base::Status end(Frame& frame, const SubmitSync& sync);

 private:
  Device* device_ = nullptr;
  std::array<Frame, kFramesInFlight> frames_;
  uint64_t count_ = 0;
};

}  // namespace gpu
