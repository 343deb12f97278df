// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/swapchain.h"

#include <algorithm>

#include "engine/base/log.h"

namespace gpu {
namespace {

VkSemaphore makeSemaphore(Device& device) {
  VkSemaphoreCreateInfo info{VK_STRUCTURE_TYPE_SEMAPHORE_CREATE_INFO};
  VkSemaphore semaphore = VK_NULL_HANDLE;
  device.note(vkCreateSemaphore(device.handle(), &info, nullptr, &semaphore));
  return semaphore;
}

}  // namespace

base::Result<std::unique_ptr<Swapchain>> Swapchain::create(Device& device, VkSurfaceKHR surface, bool vsync) {
  std::unique_ptr<Swapchain> s(new Swapchain(device));
  s->surface_ = surface;
  s->vsync_ = vsync;
  if (base::Status st = s->chooseFormat(); !st) return base::Error{st.error()};
  VkSurfaceCapabilitiesKHR caps;
  const VkResult got = vkGetPhysicalDeviceSurfaceCapabilitiesKHR(device.physical(), surface, &caps);
  if (got == VK_SUCCESS && caps.currentExtent.width != UINT32_MAX) s->extent_ = caps.currentExtent;  // until the first image
  for (VkSemaphore& semaphore : s->acquired_) {
    semaphore = makeSemaphore(device);
    if (semaphore == VK_NULL_HANDLE) return base::Error{"a semaphore could not be made"};
  }
  device.countObject(1);
  return s;
}

Swapchain::~Swapchain() {
  if (device_.lost()) return;
  device_.waitIdle();
  if (device_.lost()) return;
  dropImages();
  for (const VkSemaphore s : acquired_) vkDestroySemaphore(device_.handle(), s, nullptr);
  vkDestroySwapchainKHR(device_.handle(), swapchain_, nullptr);
  vkDestroySurfaceKHR(device_.instance(), surface_, nullptr);
  device_.countObject(-1);
}

base::Status Swapchain::chooseFormat() {
  uint32_t count = 0;
  vkGetPhysicalDeviceSurfaceFormatsKHR(device_.physical(), surface_, &count, nullptr);
  std::vector<VkSurfaceFormatKHR> formats(count);
  vkGetPhysicalDeviceSurfaceFormatsKHR(device_.physical(), surface_, &count, formats.data());
  // The shaders encode sRGB themselves, so the images must not do it again.
  for (const VkFormat wanted : {VK_FORMAT_B8G8R8A8_UNORM, VK_FORMAT_R8G8B8A8_UNORM}) {
    for (const VkSurfaceFormatKHR& f : formats) {
      if (f.format != wanted || f.colorSpace != VK_COLOR_SPACE_SRGB_NONLINEAR_KHR) continue;
      format_ = f;
      return base::okStatus();
    }
  }
  return base::Error{"the window offers no 8-bit colour format without sRGB encoding"};
}

VkPresentModeKHR Swapchain::presentMode() const {
  if (vsync_) return VK_PRESENT_MODE_FIFO_KHR;
  uint32_t count = 0;
  vkGetPhysicalDeviceSurfacePresentModesKHR(device_.physical(), surface_, &count, nullptr);
  std::vector<VkPresentModeKHR> modes(count);
  vkGetPhysicalDeviceSurfacePresentModesKHR(device_.physical(), surface_, &count, modes.data());
  for (const VkPresentModeKHR wanted : {VK_PRESENT_MODE_MAILBOX_KHR, VK_PRESENT_MODE_IMMEDIATE_KHR})
    if (std::find(modes.begin(), modes.end(), wanted) != modes.end()) return wanted;
  return VK_PRESENT_MODE_FIFO_KHR;
}

VkResult Swapchain::recreate(VkExtent2D framebuffer) {
  VkSurfaceCapabilitiesKHR caps;
  VkResult got = device_.note(vkGetPhysicalDeviceSurfaceCapabilitiesKHR(device_.physical(), surface_, &caps));
  if (got != VK_SUCCESS) return got;
  VkExtent2D extent = caps.currentExtent;
  if (extent.width == UINT32_MAX) {
    extent.width = std::clamp(framebuffer.width, caps.minImageExtent.width, caps.maxImageExtent.width);
    extent.height = std::clamp(framebuffer.height, caps.minImageExtent.height, caps.maxImageExtent.height);
  }
  if (extent.width == 0 || extent.height == 0) return VK_NOT_READY;
  device_.waitIdle();
  dropImages();
  VkSwapchainCreateInfoKHR info{VK_STRUCTURE_TYPE_SWAPCHAIN_CREATE_INFO_KHR};
  info.surface = surface_;
  info.minImageCount = std::max(caps.minImageCount, 3u);
  if (caps.maxImageCount != 0) info.minImageCount = std::min(info.minImageCount, caps.maxImageCount);
  info.imageFormat = format_.format;
  info.imageColorSpace = format_.colorSpace;
  info.imageExtent = extent;
  info.imageArrayLayers = 1;
  copyable_ = caps.supportedUsageFlags & VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  info.imageUsage = VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | (caps.supportedUsageFlags & VK_IMAGE_USAGE_TRANSFER_DST_BIT);
  info.imageSharingMode = VK_SHARING_MODE_EXCLUSIVE;
  info.preTransform = caps.currentTransform;
  info.compositeAlpha = VK_COMPOSITE_ALPHA_OPAQUE_BIT_KHR;
  info.presentMode = presentMode();
  info.clipped = VK_TRUE;
  info.oldSwapchain = swapchain_;
  VkSwapchainKHR made = VK_NULL_HANDLE;
  got = device_.note(vkCreateSwapchainKHR(device_.handle(), &info, nullptr, &made));
  if (got != VK_SUCCESS) return got;
  vkDestroySwapchainKHR(device_.handle(), swapchain_, nullptr);
  swapchain_ = made;
  extent_ = extent;
  ++generation_;
  return makeImages();
}

VkResult Swapchain::makeImages() {
  uint32_t count = 0;
  vkGetSwapchainImagesKHR(device_.handle(), swapchain_, &count, nullptr);
  std::vector<VkImage> images(count);
  vkGetSwapchainImagesKHR(device_.handle(), swapchain_, &count, images.data());
  for (const VkImage image : images) {
    VkImageViewCreateInfo info{VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO};
    info.image = image;
    info.viewType = VK_IMAGE_VIEW_TYPE_2D;
    info.format = format_.format;
    info.subresourceRange = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
    Shown shown;
    shown.image = image;
    const VkResult made = device_.note(vkCreateImageView(device_.handle(), &info, nullptr, &shown.view));
    shown.rendered = makeSemaphore(device_);
    images_.push_back(shown);
    if (made != VK_SUCCESS) return made;
  }
  return VK_SUCCESS;
}

void Swapchain::dropImages() {
  if (device_.lost()) return;
  for (const Shown& s : images_) {
    vkDestroyImageView(device_.handle(), s.view, nullptr);
    vkDestroySemaphore(device_.handle(), s.rendered, nullptr);
  }
  images_.clear();
}

std::optional<Target> Swapchain::acquire(VkExtent2D framebuffer) {
  if (framebuffer.width == 0 || framebuffer.height == 0 || surfaceLost_) return std::nullopt;
  // A window in the middle of a resize may outdate several swapchains in a row.
  for (int attempt = 0; attempt < 8 && !device_.lost(); ++attempt) {
    const bool resized = extent_.width != framebuffer.width || extent_.height != framebuffer.height;
    if (stale_ || (resized && attempt == 0)) {
      const VkResult made = recreate(framebuffer);
      surfaceLost_ = made == VK_ERROR_SURFACE_LOST_KHR;
      if (made != VK_SUCCESS) {
        stale_ = true;
        return std::nullopt;
      }
      stale_ = false;
    }
    const VkSemaphore semaphore = acquired_[acquires_ % kSemaphores];
    const VkResult got = device_.note(
        vkAcquireNextImageKHR(device_.handle(), swapchain_, 1'000'000'000ULL, semaphore, VK_NULL_HANDLE, &current_));
    if (got == VK_SUCCESS || got == VK_SUBOPTIMAL_KHR) {
      stale_ = got == VK_SUBOPTIMAL_KHR;  // this image is good; the next one is made to fit
      ++acquires_;
      const Shown& s = images_[current_];
      return Target{s.image, s.view, format_.format, extent_, VK_IMAGE_LAYOUT_PRESENT_SRC_KHR, copyable_, semaphore, s.rendered};
    }
    surfaceLost_ = got == VK_ERROR_SURFACE_LOST_KHR;
    stale_ = got == VK_ERROR_OUT_OF_DATE_KHR;
    if (!stale_) {
      if (got != VK_TIMEOUT && got != VK_NOT_READY) base::logWarning(std::string("no picture to draw into: ") + toString(got));
      return std::nullopt;
    }
  }
  return std::nullopt;
}

void Swapchain::discard() {
  if (device_.lost()) return;
  // Nobody will wait for the semaphore of that acquire, so it cannot be used again.
  device_.waitIdle();
  VkSemaphore& used = acquired_[(acquires_ - 1) % kSemaphores];
  vkDestroySemaphore(device_.handle(), used, nullptr);
  used = makeSemaphore(device_);
  stale_ = true;
}

void Swapchain::present() {
  if (device_.lost()) return;
  VkPresentInfoKHR info{VK_STRUCTURE_TYPE_PRESENT_INFO_KHR};
  info.waitSemaphoreCount = 1;
  info.pWaitSemaphores = &images_[current_].rendered;
  info.swapchainCount = 1;
  info.pSwapchains = &swapchain_;
  info.pImageIndices = &current_;
  const VkResult shown = device_.note(vkQueuePresentKHR(device_.queue(), &info));
  if (shown == VK_ERROR_OUT_OF_DATE_KHR || shown == VK_SUBOPTIMAL_KHR) stale_ = true;
  if (shown == VK_ERROR_SURFACE_LOST_KHR) surfaceLost_ = true;
}

}  // namespace gpu
