// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/shadow_pass.h"

#include "engine/render/draw.h"

namespace render {
namespace {

class ShadowPass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<ShadowPass>();
    gpu::GraphicsDesc d;
    d.vertexShader = "shadow_static.vert";
    d.layout = setup.layouts.scenePipeline.handle();
    d.vertexStride = sizeof(scene::Vertex);
    d.attributes = vertexAttributes({0, 5});
    d.depthFormat = kDepthFormat;
    d.depthTest = d.depthWrite = true;
    d.depthClamp = setup.device.hasDepthClamp();
    d.depthBiasSlope = -1.5f;  // reverse-z: away from the sun
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

  const char* name() const override { return "shadow"; }
  ResourceSet reads() const override { return {Resource::SceneData}; }
  ResourceSet writes() const override { return {Resource::ShadowMaps}; }
  bool wanted(const PassContext& c) const override { return !c.shadows.empty() && !c.views.empty(); }

  void record(PassContext& c) override {
    for (const ShadowFrame& shadow : c.shadows) {
      Attachment depth{c.shadowMaps.subview(0, shadow.cascade)};
      depth.value.depthStencil = {0.f, 0};
      const VkExtent2D extent = c.shadowMaps.extent();
      beginRendering(c.commands, extent, {}, &depth);
      setViewport(c.commands, {{0, 0}, extent});
      bindMeshes(c);
      Push push;
      push.shadowMatrix = c.cascades[shadow.cascade].worldToClip;
      bindPipeline(c, statics_);
      bindSet(c, c.views.front().set);
      drawStatics(c, shadow.draws.opaque, push);
      bindPipeline(c, instances_);
      drawInstances(c, shadow.draws.instances, push);
      vkCmdEndRendering(c.commands);
      ++c.report.shadowMapsDrawn;
    }
  }

 private:
  gpu::Pipeline statics_;
  gpu::Pipeline instances_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeShadowPass(const PassSetup& setup) { return ShadowPass::make(setup); }

}  // namespace render
