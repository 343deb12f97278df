// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/resolve_pass.h"

#include "engine/render/draw.h"
#include "engine/render/post.h"

namespace render {
namespace {

class ResolvePass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<ResolvePass>();
    const QualitySettings settings = settingsOf(setup.quality);
    pass->readsAo_ = settings.ambientOcclusion;
    pass->readsBloom_ = settings.bloom;
    gpu::GraphicsDesc d;
    d.vertexShader = "resolve.vert";
    d.fragmentShader = "resolve.frag";
    d.layout = setup.layouts.postPipeline.handle();
    d.colors = {{setup.targetFormat}};
    d.constants = {{0, static_cast<uint32_t>(setup.quality)}};
    base::Result<gpu::Pipeline> full = gpu::Pipeline::graphics(setup.device, d);
    if (!full) return base::Error{full.error()};
    d.constants.push_back({1, 0});
    base::Result<gpu::Pipeline> plain = gpu::Pipeline::graphics(setup.device, d);
    if (!plain) return base::Error{plain.error()};
    pass->full_ = std::move(*full);
    pass->plain_ = std::move(*plain);
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
    // Views that fill the target leave nothing to clear; black shows between others.
    const Attachment color{c.input.target.view};
    beginRendering(c.commands, c.input.target.extent, std::span(&color, 1), nullptr);
    bindPipeline(c, hasExtras(c) ? full_ : plain_);
    for (const ViewFrame& view : c.views) {
      setViewport(c.commands, view.targetRect);
      bindPost(c, VK_PIPELINE_BIND_POINT_GRAPHICS, view, set);
      const Push push;
      vkCmdPushConstants(c.commands, c.layouts.postPipeline.handle(), VK_SHADER_STAGE_ALL, 0, sizeof(Push), &push);
      vkCmdDraw(c.commands, 3, 1, 0, 0);
    }
    vkCmdEndRendering(c.commands);
  }

 private:
  /// A software device runs every branch, so what is not in the picture is not in the shader either.
  static bool hasExtras(const PassContext& c) {
    const scene::Scene& s = c.input.scene;
    return s.selectedPick != 0 || s.hoveredPick != 0 || s.environment.rain > 0.f;
  }

  gpu::Pipeline full_;   ///< with outlines and rain
  gpu::Pipeline plain_;
  bool readsAo_ = false;
  bool readsBloom_ = false;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeResolvePass(const PassSetup& setup) { return ResolvePass::make(setup); }

}  // namespace render
