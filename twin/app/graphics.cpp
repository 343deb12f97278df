// SPDX-License-Identifier: Apache-2.0
#include "twin/app/graphics.h"

#include <algorithm>

namespace app {

base::Result<std::unique_ptr<Graphics>> Graphics::create(const Options& options) {
  auto graphics = std::unique_ptr<Graphics>(new Graphics);
  if (auto opened = graphics->open(options); !opened) return base::Error{opened.error()};
  return graphics;
}

base::Status Graphics::open(const Options& options) {
  gpu::InstanceOptions instanceOptions{.validation = options.validation};
  if (!options.headless) {
    platform::WindowOptions windowOptions{.title = "Alpha City", .fullScreen = options.mode == panels::Mode::Exhibition && !options.sizeGiven};
    if (options.sizeGiven) {
      windowOptions.width = options.width;
      windowOptions.height = options.height;
    }
    auto window = platform::Window::create(windowOptions);
    if (!window) return base::Error{window.error()};
    window_ = std::move(*window);
    instanceOptions.extensions = platform::Window::requiredInstanceExtensions();
  }
  auto instance = gpu::Instance::create(instanceOptions);
  if (!instance) return base::Error{instance.error()};
  instance_.emplace(std::move(*instance));
  VkSurfaceKHR surface = VK_NULL_HANDLE;
  if (window_) {
    auto made = makeSurface();
    if (!made) return base::Error{made.error()};
    surface = *made;
  }
  auto device = gpu::Device::create(*instance_, {.surface = surface});
  if (!device) return base::Error{device.error()};
  device_ = std::move(*device);
  if (auto target = openTarget(options, surface); !target) return target;
  auto renderer = render::Renderer::create(*device_, {.targetFormat = targetFormat()});
  if (!renderer) return base::Error{renderer.error()};
  renderer_ = std::move(*renderer);
  imgui_ = std::make_unique<ui::ImGuiLayer>();
  return base::okStatus();
}

base::Result<VkSurfaceKHR> Graphics::makeSurface() {
  auto surface = window_->createSurface(instance_->handle());
  if (!surface) return base::Error{surface.error()};
  return reinterpret_cast<VkSurfaceKHR>(*surface);
}

base::Status Graphics::openTarget(const Options& options, VkSurfaceKHR surface) {
  if (window_) {
    // The software device is far below the display's rate: waiting for it would only add to that.
    const bool vsync = device_->type() != VK_PHYSICAL_DEVICE_TYPE_CPU;
    auto swapchain = gpu::Swapchain::create(*device_, surface, vsync);
    if (!swapchain) return base::Error{swapchain.error()};
    swapchain_ = std::move(*swapchain);
    return base::okStatus();
  }
  auto offscreen = gpu::Offscreen::create(*device_, {options.width, options.height});
  if (!offscreen) return base::Error{offscreen.error()};
  offscreen_ = std::move(*offscreen);
  return base::okStatus();
}

VkFormat Graphics::targetFormat() const { return swapchain_ ? swapchain_->format() : VK_FORMAT_R8G8B8A8_UNORM; }

glm::ivec2 Graphics::size() const {
  const VkExtent2D extent = swapchain_ ? swapchain_->extent() : offscreen_.extent();
  return {static_cast<int>(extent.width), static_cast<int>(extent.height)};
}

std::optional<gpu::Target> Graphics::acquire(glm::ivec2 framebuffer) {
  if (!swapchain_) return offscreen_.target();
  if (swapchain_->surfaceLost()) {
    // A lost surface takes its swapchain along; both are made anew.
    swapchain_.reset();
    auto surface = makeSurface();
    if (!surface) return std::nullopt;
    auto swapchain = gpu::Swapchain::create(*device_, *surface, device_->type() != VK_PHYSICAL_DEVICE_TYPE_CPU);
    if (!swapchain) return std::nullopt;
    swapchain_ = std::move(*swapchain);
  }
  return swapchain_->acquire({static_cast<uint32_t>(std::max(0, framebuffer.x)), static_cast<uint32_t>(std::max(0, framebuffer.y))});
}

void Graphics::present(bool drawn) {
  if (!swapchain_) return;
  if (drawn) swapchain_->present();
  else swapchain_->discard();
}

Graphics::~Graphics() {
  // In this order: what draws, then what it draws to, then the device, the surface, the window.
  uiPass_.reset();
  imgui_.reset();
  renderer_.reset();
  swapchain_.reset();
  offscreen_ = {};
  device_.reset();
  instance_.reset();
  window_.reset();
}

base::Status Graphics::startUi() {
  auto pass = ui::UiPass::create(*device_, *instance_, targetFormat());
  if (!pass) return base::Error{pass.error()};
  uiPass_ = std::move(*pass);
  return base::okStatus();
}

}  // namespace app
