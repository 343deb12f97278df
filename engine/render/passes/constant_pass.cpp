// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/constant_pass.h"

#include "engine/render/position_pipelines.h"

namespace render {
namespace {

class ConstantPass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<ConstantPass>();
    gpu::GraphicsDesc d;
    d.fragmentShader = "constant.frag";
    d.colors = {{setup.targetFormat}};
    d.cull = VK_CULL_MODE_BACK_BIT;
    base::Result<PositionPipelines> pipelines = PositionPipelines::make(setup, std::move(d));
    if (!pipelines) return base::Error{pipelines.error()};
    pass->pipelines_ = std::move(*pipelines);
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "constant"; }
  ResourceSet reads() const override { return {Resource::SceneData}; }
  ResourceSet writes() const override { return {Resource::Target, Resource::Depth}; }

  void record(PassContext& c) override {
    const Attachment color{c.input.target.view};
    Attachment depth{c.targets.depth.view(), true, false};
    depth.value.depthStencil = {0.f, 0};
    beginRendering(c.commands, c.input.target.extent, std::span(&color, 1), &depth);
    for (const ViewFrame& view : c.views) {
      setViewport(c.commands, view.targetRect);
      pipelines_.draw(c, view.set, view.draws, view.matrices.viewProjection);
    }
    vkCmdEndRendering(c.commands);
  }

 private:
  PositionPipelines pipelines_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeConstantPass(const PassSetup& setup) { return ConstantPass::make(setup); }

}  // namespace render
