// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/constant_pass.h"

#include "engine/render/draw.h"

namespace render {
namespace {

class ConstantPass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<ConstantPass>();
    gpu::GraphicsDesc d;
    d.vertexShader = "shadow_static.vert";
    d.fragmentShader = "constant.frag";
    d.layout = setup.layouts.scenePipeline.handle();
    d.vertexStride = sizeof(scene::Vertex);
    d.attributes = vertexAttributes({0, 5});
    d.colors = {{setup.targetFormat}};
    d.depthFormat = kDepthFormat;
    d.depthTest = d.depthWrite = true;
    d.cull = VK_CULL_MODE_BACK_BIT;
    base::Result<gpu::Pipeline> statics = gpu::Pipeline::graphics(setup.device, d);
    if (!statics) return base::Error{statics.error()};
    d.vertexShader = "shadow_instance.vert";
    d.attributes = vertexAttributes({0});
    base::Result<gpu::Pipeline> instances = gpu::Pipeline::graphics(setup.device, d);
    if (!instances) return base::Error{instances.error()};
    pass->statics_ = std::move(*statics);
    pass->instances_ = std::move(*instances);
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
    bindMeshes(c);
    for (const ViewFrame& view : c.views) {
      setViewport(c.commands, view.targetRect);
      Push push;
      push.shadowMatrix = view.matrices.viewProjection;
      bindPipeline(c, statics_);
      bindSet(c, view.set);
      drawStatics(c, view.draws.opaque, push);
      bindPipeline(c, instances_);
      drawInstances(c, view.draws.instances, push);
    }
    vkCmdEndRendering(c.commands);
  }

 private:
  gpu::Pipeline statics_;
  gpu::Pipeline instances_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeConstantPass(const PassSetup& setup) { return ConstantPass::make(setup); }

}  // namespace render
