// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/base/result.h"
#include "engine/gpu/device.h"
#include "engine/render/frame.h"

namespace ui {

/// Draws the Dear ImGui lists over the finished picture. ImGui 1.86 wants a VkRenderPass; this is the
/// only place of the program that has one.
class UiPass final : public render::UiHook {
 public:
  /// Needs a current ImGui context with fonts added; builds and uploads the font atlas.
  static base::Result<std::unique_ptr<UiPass>> create(gpu::Device& device, const gpu::Instance& instance, VkFormat targetFormat);
  ~UiPass() override;
  UiPass(const UiPass&) = delete;
  UiPass& operator=(const UiPass&) = delete;

  /// Once a frame before ImGui::NewFrame().
  void newFrame();
  /// Uploads the atlas again after fonts were added or scaled. Waits for the device: rare.
  base::Status rebuildFonts();
  void record(VkCommandBuffer commands, const gpu::Target& target) override;

 private:
  explicit UiPass(gpu::Device& device) : device_(device) {}
  base::Status makeRenderPass(VkFormat format);
  base::Status makeDescriptorPool();

  gpu::Device& device_;
  VkRenderPass renderPass_ = VK_NULL_HANDLE;
  VkDescriptorPool descriptorPool_ = VK_NULL_HANDLE;
  bool started_ = false;
};

}  // namespace ui
