// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/image.h"

#include <algorithm>
#include <utility>

#include "engine/gpu/barrier.h"

namespace gpu {
namespace {

VkImageAspectFlags aspectOf(VkFormat format) {
  switch (format) {
    case VK_FORMAT_D16_UNORM:
    case VK_FORMAT_X8_D24_UNORM_PACK32:
    case VK_FORMAT_D32_SFLOAT: return VK_IMAGE_ASPECT_DEPTH_BIT;
    default: return VK_IMAGE_ASPECT_COLOR_BIT;
  }
}

}  // namespace

base::Result<Image> Image::create(Device& device, const ImageDesc& desc) {
  VkImageCreateInfo info{VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO};
  info.imageType = VK_IMAGE_TYPE_2D;
  info.format = desc.format;
  info.extent = {std::max(desc.extent.width, 1u), std::max(desc.extent.height, 1u), 1};
  info.mipLevels = desc.mips;
  info.arrayLayers = desc.layers;
  info.samples = VK_SAMPLE_COUNT_1_BIT;
  info.usage = desc.usage;
  Image result;
  const VkResult made = device.memory().makeImage(info, &result.image_, &result.allocation_);
  if (made != VK_SUCCESS) {
    return vkError("no memory for the image " + std::string(desc.name) + " of " + std::to_string(info.extent.width) +
                       " x " + std::to_string(info.extent.height), device.note(made));
  }
  device.countObject(1);
  result.device_ = &device;
  result.format_ = desc.format;
  result.extent_ = {info.extent.width, info.extent.height};
  result.mips_ = desc.mips;
  result.layers_ = desc.layers;
  result.aspect_ = aspectOf(desc.format);
  device.setName(VK_OBJECT_TYPE_IMAGE, result.image_, desc.name);
  if (base::Status s = result.makeViews(desc); !s) return base::Error{s.error()};
  return result;
}

base::Status Image::makeViews(const ImageDesc& desc) {
  VkImageViewCreateInfo info{VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO};
  info.image = image_;
  info.viewType = desc.array || desc.layers > 1 ? VK_IMAGE_VIEW_TYPE_2D_ARRAY : VK_IMAGE_VIEW_TYPE_2D;
  info.format = desc.format;
  info.subresourceRange = {aspect_, 0, desc.mips, 0, desc.layers};
  VkResult made = vkCreateImageView(device_->handle(), &info, nullptr, &view_);
  if (made != VK_SUCCESS) return vkError(std::string("a view of ") + desc.name + " could not be made", made);
  info.viewType = VK_IMAGE_VIEW_TYPE_2D;
  for (uint32_t layer = 0; layer < desc.layers; ++layer) {
    for (uint32_t mip = 0; mip < desc.mips; ++mip) {
      info.subresourceRange = {aspect_, mip, 1, layer, 1};
      VkImageView view = VK_NULL_HANDLE;
      made = vkCreateImageView(device_->handle(), &info, nullptr, &view);
      if (made != VK_SUCCESS) return vkError(std::string("a view of ") + desc.name + " could not be made", made);
      subviews_.push_back(view);
    }
  }
  return base::okStatus();
}

Image& Image::operator=(Image&& other) noexcept {
  if (this == &other) return *this;
  release();
  device_ = std::exchange(other.device_, nullptr);
  image_ = std::exchange(other.image_, VK_NULL_HANDLE);
  allocation_ = std::exchange(other.allocation_, nullptr);
  view_ = std::exchange(other.view_, VK_NULL_HANDLE);
  subviews_ = std::exchange(other.subviews_, {});
  format_ = other.format_;
  extent_ = other.extent_;
  mips_ = other.mips_;
  layers_ = other.layers_;
  aspect_ = other.aspect_;
  return *this;
}

void Image::release() {
  if (image_ == VK_NULL_HANDLE) return;
  for (const VkImageView view : subviews_) device_->retire(VK_OBJECT_TYPE_IMAGE_VIEW, view);
  subviews_.clear();
  if (view_ != VK_NULL_HANDLE) device_->retire(VK_OBJECT_TYPE_IMAGE_VIEW, view_);
  device_->retire(VK_OBJECT_TYPE_IMAGE, image_, allocation_);
  device_->countObject(-1);
  image_ = VK_NULL_HANDLE;
}

VkExtent2D Image::mipExtent(uint32_t mip) const {
  return {std::max(extent_.width >> mip, 1u), std::max(extent_.height >> mip, 1u)};
}

void Image::prepare(VkCommandBuffer commands) const {
  transition(commands, image_, aspect_, VK_IMAGE_LAYOUT_UNDEFINED, VK_IMAGE_LAYOUT_GENERAL);
}

}  // namespace gpu
