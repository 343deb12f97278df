// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace app {

/// Where the device is what a frame waits for, gathering the next frame at once only makes it older when it is shown:
/// it would lie ready until the device comes to it. This holds the gathering back by most of that time, so that the
/// device is not kept waiting.
class FramePace {
 public:
  /// How long to hold back now, given that the program has just waited `waited` nanoseconds for the device.
  int64_t holdBack(int64_t waited);

 private:
  static constexpr size_t kFrames = 8;
  std::array<int64_t, kFrames> spare_{};  ///< that the last frames had: waited for the device, or held back
  size_t next_ = 0;
  int64_t held_ = 0;
};

}  // namespace app
