// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "engine/gpu/device.h"
#include "engine/gpu/offscreen.h"
#include "engine/gpu/swapchain.h"
#include "engine/platform/window.h"
#include "engine/render/renderer.h"
#include "engine/ui/imgui_layer.h"
#include "engine/ui/ui_pass.h"
#include "twin/app/options.h"

namespace app {

/// Window or off-screen target, device, renderer and the ImGui layer: the two ways to a picture are one
/// from here on.
class Graphics {
 public:
  /// Opens what the options ask for. Without a display a window is not an error: `headless()` is then
  /// true and the caller says so.
  static base::Result<std::unique_ptr<Graphics>> create(const Options& options);
  ~Graphics();

  bool headless() const { return window_ == nullptr; }
  platform::Window* window() { return window_.get(); }
  gpu::Device& device() { return *device_; }
  render::Renderer& renderer() { return *renderer_; }
  ui::ImGuiLayer& imgui() { return *imgui_; }
  ui::UiPass& uiPass() { return *uiPass_; }
  bool hasUi() const { return uiPass_ != nullptr; }
  /// After the fonts are in the atlas.
  base::Status startUi();
  const std::shared_ptr<gpu::ValidationLog>& validation() const { return instance_->validation(); }

  VkFormat targetFormat() const;
  glm::ivec2 size() const;
  /// The target of the next frame; none when the window has no area or was just made anew.
  std::optional<gpu::Target> acquire(glm::ivec2 framebuffer);
  /// Shows the target, or gives it back when nothing was drawn into it (window only).
  void present(bool drawn);
  /// The finished picture (off screen only).
  base::Result<std::vector<uint8_t>> readPicture() const { return offscreen_.read(); }

 private:
  Graphics() = default;
  base::Status open(const Options& options);
  base::Status openTarget(const Options& options, VkSurfaceKHR surface);
  base::Result<VkSurfaceKHR> makeSurface();

  std::unique_ptr<platform::Window> window_;
  std::optional<gpu::Instance> instance_;
  std::unique_ptr<gpu::Device> device_;
  gpu::Offscreen offscreen_;
  std::unique_ptr<gpu::Swapchain> swapchain_;
  std::unique_ptr<render::Renderer> renderer_;
  std::unique_ptr<ui::ImGuiLayer> imgui_;
  std::unique_ptr<ui::UiPass> uiPass_;
};

}  // namespace app
