// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/offscreen.h"

#include <cstring>

#include "engine/gpu/readback.h"

namespace gpu {

base::Result<Offscreen> Offscreen::create(Device& device, VkExtent2D extent) {
  constexpr VkImageUsageFlags kUsage =
      VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  ImageDesc desc;
  desc.format = VK_FORMAT_R8G8B8A8_UNORM;
  desc.extent = extent;
  desc.usage = kUsage;
  desc.name = "off-screen target";
  base::Result<Image> image = Image::create(device, desc);
  if (!image) return base::Error{image.error()};
  Offscreen result;
  result.device_ = &device;
  result.image_ = std::move(*image);
  return result;
}

Target Offscreen::target() const {
  Target t;
  t.image = image_.handle();
  t.view = image_.view();
  t.format = image_.format();
  t.extent = image_.extent();
  return t;
}

base::Result<std::vector<uint8_t>> Offscreen::read() const {
  const base::Result<std::vector<std::byte>> bytes = readImage(*device_, image_, 4);
  if (!bytes) return base::Error{bytes.error()};
  std::vector<uint8_t> pixels(bytes->size());
  std::memcpy(pixels.data(), bytes->data(), pixels.size());
  return pixels;
}

}  // namespace gpu
