// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/shadow_pass.h"

#include "engine/render/position_pipelines.h"

namespace render {
namespace {

class ShadowPass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<ShadowPass>();
    gpu::GraphicsDesc d;
    d.depthClamp = setup.device.hasDepthClamp();
    d.depthBiasSlope = -1.5f;  // reverse-z: away from the sun
    base::Result<PositionPipelines> pipelines = PositionPipelines::make(setup, std::move(d));
    if (!pipelines) return base::Error{pipelines.error()};
    pass->pipelines_ = std::move(*pipelines);
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "shadow"; }
  ResourceSet reads() const override { return {Resource::SceneData}; }
  ResourceSet writes() const override { return {Resource::ShadowMaps}; }
  bool wanted(const PassContext& c) const override { return !c.shadows.empty() && !c.views.empty(); }

  void record(PassContext& c) override {
    for (const ShadowFrame& shadow : c.shadows) {
      const ShadowTask& task = shadow.task;
      Attachment depth{task.maps->subview(0, task.cascade)};
      depth.value.depthStencil = {0.f, 0};
      beginRendering(c.commands, task.area, {}, &depth);
      setViewport(c.commands, {{0, 0}, task.maps->extent()});
      vkCmdSetScissor(c.commands, 0, 1, &task.area);
      pipelines_.draw(c, c.views.front().set, shadow.draws, task.of.worldToClip);
      vkCmdEndRendering(c.commands);
      c.report.shadowMapsDrawn += task.whole();
    }
  }

 private:
  PositionPipelines pipelines_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeShadowPass(const PassSetup& setup) { return ShadowPass::make(setup); }

}  // namespace render
