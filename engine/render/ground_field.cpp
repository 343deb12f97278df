// SPDX-License-Identifier: Apache-2.0
#include "engine/render/ground_field.h"

#include <algorithm>
#include <cstring>

#include "engine/gpu/barrier.h"

namespace render {

base::Status GroundFieldImages::sync(gpu::Device& device, VkCommandBuffer commands, gpu::UploadArena& upload,
                                     const scene::GroundField& field, bool lampsChanged) {
  lampsDirty_ = lampsDirty_ || lampsChanged;
  if (base_ && revision_ == field.revision) return base::okStatus();
  const bool given = field.width > 0 && field.height > 0 && field.openness.size() >= size_t{field.width} * field.height;
  const VkExtent2D extent = given ? VkExtent2D{field.width, field.height} : VkExtent2D{1, 1};
  if (base::Status s = remake(device, commands, extent); !s) return s;
  const size_t texels = size_t{extent.width} * extent.height;
  const gpu::UploadSlice slice = upload.allocate(texels * sizeof(uint32_t));
  if (slice.data == nullptr) return base::Error{"no memory to upload the ground field"};
  for (size_t i = 0; i < texels; ++i) {
    const float open = given ? static_cast<float>(field.openness[i]) / 255.f : 1.f;
    const uint32_t texel = glm::packHalf2x16({0.f, open});
    std::memcpy(slice.data + i * sizeof(uint32_t), &texel, sizeof(uint32_t));
  }
  VkBufferImageCopy region{};
  region.bufferOffset = slice.offset;
  region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.imageExtent = {extent.width, extent.height, 1};
  vkCmdCopyBufferToImage(commands, slice.buffer, base_.handle(), VK_IMAGE_LAYOUT_GENERAL, 1, &region);
  gpu::fullBarrier(commands);
  origin = field.origin;
  inverseSize = 1.f / glm::max(field.size, glm::vec2(1e-3f));
  revision_ = field.revision;
  lampsDirty_ = true;
  return base::okStatus();
}

base::Status GroundFieldImages::remake(gpu::Device& device, VkCommandBuffer commands, VkExtent2D extent) {
  constexpr VkImageUsageFlags kUsage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT |
                                       VK_IMAGE_USAGE_TRANSFER_SRC_BIT | VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT;
  if (base_ && base_.extent().width == extent.width && base_.extent().height == extent.height) return base::okStatus();
  gpu::Image* images[] = {&base_, &lamps_, &lit_};
  const char* names[] = {"ground field", "ground field with lamps", "ground field with headlights"};
  for (int i = 0; i < 3; ++i) {
    base::Result<gpu::Image> made = gpu::Image::create(device, {kFormat, extent, kUsage, 1, 1, false, names[i]});
    if (!made) return base::Error{made.error()};
    *images[i] = std::move(*made);
    images[i]->prepare(commands);
  }
  return base::okStatus();
}

}  // namespace render
