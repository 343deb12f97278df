// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/gpu/device.h"

namespace gpu {

struct ImageDesc {
  VkFormat format = VK_FORMAT_UNDEFINED;
  VkExtent2D extent{1, 1};
  VkImageUsageFlags usage = 0;
  uint32_t mips = 1;
  uint32_t layers = 1;
  bool array = false;  ///< the whole view is a 2D array even with one layer
  const char* name = "";
};

/// A 2D image, its memory and its views. Images live in VK_IMAGE_LAYOUT_GENERAL from prepare() on: one
/// layout, coarse barriers.
class Image {
 public:
  Image() = default;
  static base::Result<Image> create(Device& device, const ImageDesc& desc);
  Image(Image&& other) noexcept { *this = std::move(other); }
  Image& operator=(Image&& other) noexcept;
  ~Image() { release(); }

  explicit operator bool() const { return image_ != VK_NULL_HANDLE; }
  VkImage handle() const { return image_; }
  VkFormat format() const { return format_; }
  VkExtent2D extent() const { return extent_; }
  uint32_t mips() const { return mips_; }
  uint32_t layers() const { return layers_; }
  VkImageAspectFlags aspect() const { return aspect_; }
  /// All mips and layers.
  VkImageView view() const { return view_; }
  /// One mip of one layer, as a plain 2D view: attachments and storage.
  VkImageView subview(uint32_t mip, uint32_t layer) const { return subviews_[layer * mips_ + mip]; }
  VkExtent2D mipExtent(uint32_t mip) const;
  /// Brings the image into its layout; the contents are undefined after it.
  void prepare(VkCommandBuffer commands) const;

 private:
  base::Status makeViews(const ImageDesc& desc);
  void release();

  Device* device_ = nullptr;
  VkImage image_ = VK_NULL_HANDLE;
  VmaAllocation_T* allocation_ = nullptr;
  VkImageView view_ = VK_NULL_HANDLE;
  std::vector<VkImageView> subviews_;
  VkFormat format_ = VK_FORMAT_UNDEFINED;
  VkExtent2D extent_{};
  uint32_t mips_ = 1;
  uint32_t layers_ = 1;
  VkImageAspectFlags aspect_ = 0;
};

}  // namespace gpu
