// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/gpu/image.h"
#include "engine/gpu/target.h"

namespace gpu {

/// A target without a window, R8G8B8A8 with sRGB-encoded values.
class Offscreen {
 public:
  Offscreen() = default;
  static base::Result<Offscreen> create(Device& device, VkExtent2D extent);

  Target target() const;
  VkExtent2D extent() const { return image_.extent(); }
  /// The finished picture, rows top down, R, G, B, A bytes. Waits for the device.
  base::Result<std::vector<uint8_t>> read() const;

 private:
  Device* device_ = nullptr;
  Image image_;
};

}  // namespace gpu
