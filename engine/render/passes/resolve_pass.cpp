// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/resolve_pass.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "engine/gpu/barrier.h"
#include "engine/gpu/copy.h"
#include "engine/render/draw.h"
#include "engine/render/outline_rect.h"
#include "engine/render/post.h"

namespace render {
namespace {

class ResolvePass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<ResolvePass>();
    const QualitySettings settings = settingsOf(setup.quality);
    pass->readsAo_ = settings.ambientOcclusion;
    pass->drawsRain_ = setup.quality != Quality::Low;
    pass->readsBloom_ = settings.bloom;
    gpu::GraphicsDesc d;
    d.vertexShader = "resolve.vert";
    d.fragmentShader = "resolve.frag";
    d.layout = setup.layouts.postPipeline.handle();
    d.colors = {{setup.targetFormat}};
    d.constants = {{0, static_cast<uint32_t>(setup.quality)}};
    for (uint32_t i = 0; i < pass->variants_.size(); ++i) {
      gpu::GraphicsDesc variant = d;
      variant.constants.push_back({1, i & kExtras});
      variant.constants.push_back({2, (i & kScaled) >> 1});
      base::Result<gpu::Pipeline> made = gpu::Pipeline::graphics(setup.device, variant);
      if (!made) return base::Error{made.error()};
      pass->variants_[i] = std::move(*made);
    }
    gpu::GraphicsDesc tiles = d;
    tiles.vertexShader = "resolve_tiles.vert";
    tiles.instanceStride = sizeof(VkRect2D);
    tiles.attributes = {{0, kRowBinding, VK_FORMAT_R32G32B32A32_SINT, 0}};
    tiles.constants.push_back({1, 0});
    tiles.constants.push_back({2, 0});
    base::Result<gpu::Pipeline> made = gpu::Pipeline::graphics(setup.device, tiles);
    if (!made) return base::Error{made.error()};
    pass->tiles_ = std::move(*made);
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "resolve"; }
  ResourceSet reads() const override {
    ResourceSet set{Resource::Color, Resource::Ids, Resource::Depth};
    if (readsAo_) set.bits |= static_cast<uint32_t>(Resource::Ao);
    if (readsBloom_) set.bits |= static_cast<uint32_t>(Resource::Bloom);
    return set;
  }
  ResourceSet writes() const override { return {Resource::Target}; }

  void record(PassContext& c) override {
    PostImages images;
    images.ao = c.targets.ao ? c.targets.ao.view() : VK_NULL_HANDLE;
    images.bloom = c.targets.bloom ? c.targets.bloom.view() : VK_NULL_HANDLE;
    const VkDescriptorSet set = makePostSet(c, images);
    if (set == VK_NULL_HANDLE) return;
    const bool overShown = c.still.keepsShown() && layShown(c);
    // Views that fill the target leave nothing to clear; black shows between others.
    const Attachment color{c.input.target.view, !overShown};
    beginRendering(c.commands, c.input.target.extent, std::span(&color, 1), nullptr);
    const bool scaled = c.targets.extent.width != c.input.target.extent.width ||
                        c.targets.extent.height != c.input.target.extent.height;
    const uint32_t size = scaled ? kScaled : 0u;
    const scene::Scene& scene = c.input.scene;
    // A software device runs every branch, so what is not in the picture is not in the shader either: rain is all
    // over it, an outline around its thing.
    const bool rain = drawsRain_ && scene.environment.rain > 0.f;
    for (const ViewFrame& view : c.views) {
      setViewport(c.commands, view.targetRect);
      bindPost(c, VK_PIPELINE_BIND_POINT_GRAPHICS, view, set);
      Push push;
      push.shadowMatrix[0] = toInternal(view);
      vkCmdPushConstants(c.commands, c.layouts.postPipeline.handle(), VK_SHADER_STAGE_ALL, 0, sizeof(Push), &push);
      if (overShown) drawTiles(c, view);
      else drawIn(c, view.targetRect, rain ? size | kExtras : size);
      for (const uint32_t pick : {scene.hoveredPick, scene.selectedPick})
        if (pick != 0 && !rain) drawIn(c, outlineRect(pick, scene, view.matrices.viewProjection, view.targetRect, c.input.timeMs), size | kExtras);
    }
    vkCmdEndRendering(c.commands);
  }

 private:
  /// Copies the still layer, as it is shown, into the target. False: no memory.
  bool layShown(PassContext& c) {
    const VkRect2D band = c.still.shownBand();
    if (band.extent.width > 0 && !renewShown(c, band)) return false;
    gpu::copyImage(c.commands, c.still.shown(), c.input.target.image);
    gpu::fullBarrier(c.commands);
    return true;
  }

  bool renewShown(PassContext& c, const VkRect2D& band) {
    PostImages images;
    images.color = c.still.color().view();
    const VkDescriptorSet set = makePostSet(c, images);
    if (set == VK_NULL_HANDLE) return false;
    const ViewFrame& view = c.views.front();
    const Attachment shown{c.still.shown().view(), false};
    beginRendering(c.commands, band, std::span(&shown, 1), nullptr);
    setViewport(c.commands, view.targetRect);
    bindPost(c, VK_PIPELINE_BIND_POINT_GRAPHICS, view, set);
    drawIn(c, band, 0);
    vkCmdEndRendering(c.commands);
    gpu::fullBarrier(c.commands);
    return true;
  }

  /// What is live goes over it.
  void drawTiles(PassContext& c, const ViewFrame& view) const {
    const gpu::UploadSlice rects = c.frame.upload.allocate(std::max<size_t>(view.liveTiles.size(), 1) * sizeof(VkRect2D));
    if (view.liveTiles.empty() || rects.data == nullptr) return;
    std::memcpy(rects.data, view.liveTiles.data(), view.liveTiles.size() * sizeof(VkRect2D));
    vkCmdBindVertexBuffers(c.commands, kRowBinding, 1, &rects.buffer, &rects.offset);
    bindPipeline(c, tiles_);
    vkCmdDraw(c.commands, 6, static_cast<uint32_t>(view.liveTiles.size()), 0, 0);
  }

  void drawIn(PassContext& c, const VkRect2D& area, uint32_t variant) const {
    if (area.extent.width == 0 || area.extent.height == 0) return;
    bindPipeline(c, variants_[variant]);
    vkCmdSetScissor(c.commands, 0, 1, &area);
    vkCmdDraw(c.commands, 3, 1, 0, 0);
  }

  /// Pixels of the target to pixels of the internal images: factor and offset.
  static glm::vec4 toInternal(const ViewFrame& v) {
    const glm::vec2 factor(static_cast<float>(v.rect.extent.width) / static_cast<float>(v.targetRect.extent.width),
                           static_cast<float>(v.rect.extent.height) / static_cast<float>(v.targetRect.extent.height));
    const glm::vec2 to(v.rect.offset.x, v.rect.offset.y);
    const glm::vec2 from(v.targetRect.offset.x, v.targetRect.offset.y);
    return {factor, to - from * factor};
  }

  static constexpr uint32_t kExtras = 1;  ///< outlines and rain
  static constexpr uint32_t kScaled = 2;  ///< fewer pixels than the target
  std::array<gpu::Pipeline, 4> variants_;
  gpu::Pipeline tiles_;  ///< no extras, not scaled, in given rectangles
  bool readsAo_ = false;
  bool readsBloom_ = false;
  bool drawsRain_ = false;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeResolvePass(const PassSetup& setup) { return ResolvePass::make(setup); }

}  // namespace render
