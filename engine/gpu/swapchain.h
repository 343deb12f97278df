// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "engine/gpu/device.h"
#include "engine/gpu/frame_ring.h"
#include "engine/gpu/target.h"

namespace gpu {

/// The images that a window shows. Made again whenever the window changes; skips while it has no area.
class Swapchain {
 public:
  /// Takes the surface over (it is destroyed here). `vsync`: FIFO, else MAILBOX where there is one.
  static base::Result<std::unique_ptr<Swapchain>> create(Device& device, VkSurfaceKHR surface, bool vsync);
  Swapchain(const Swapchain&) = delete;
  Swapchain& operator=(const Swapchain&) = delete;
  ~Swapchain();

  /// The next image for a window of this many pixels; nothing when there is none to draw to now (no
  /// area, or surfaceLost()). Draw, then present().
  std::optional<Target> acquire(VkExtent2D framebuffer);
  void present();
  /// Instead of present() when nothing was drawn into the image: it goes back unshown.
  void discard();

  VkFormat format() const { return format_.format; }
  VkExtent2D extent() const { return extent_; }
  uint32_t imageCount() const { return static_cast<uint32_t>(images_.size()); }
  /// The surface is gone: destroy this and make another from a new surface.
  bool surfaceLost() const { return surfaceLost_; }
  /// How often the images were made anew.
  uint64_t generation() const { return generation_; }

 private:
  struct Shown {
    VkImage image = VK_NULL_HANDLE;
    VkImageView view = VK_NULL_HANDLE;
    VkSemaphore rendered = VK_NULL_HANDLE;
  };
  static constexpr uint32_t kSemaphores = kFramesInFlight + 1;

  explicit Swapchain(Device& device) : device_(device) {}
  base::Status chooseFormat();
  VkPresentModeKHR presentMode() const;
  VkResult recreate(VkExtent2D framebuffer);
  VkResult makeImages();
  void dropImages();

  Device& device_;
  VkSurfaceKHR surface_ = VK_NULL_HANDLE;
  VkSwapchainKHR swapchain_ = VK_NULL_HANDLE;
  VkSurfaceFormatKHR format_{};
  VkExtent2D extent_{};
  bool vsync_ = true;
  bool copyable_ = false;
  bool stale_ = true;
  bool surfaceLost_ = false;
  std::vector<Shown> images_;
  std::array<VkSemaphore, kSemaphores> acquired_{};
  uint64_t acquires_ = 0;
  uint32_t current_ = 0;
  uint64_t generation_ = 0;
};

}  // namespace gpu
