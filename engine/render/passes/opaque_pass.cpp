// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/opaque_pass.h"

#include "engine/render/draw.h"

namespace render {
namespace {

class OpaquePass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<OpaquePass>();
    gpu::GraphicsDesc d;
    d.vertexShader = "static.vert";
    d.fragmentShader = "surface.frag";
    d.layout = setup.layouts.scenePipeline.handle();
    d.vertexStride = sizeof(scene::Vertex);
    d.attributes = vertexAttributes();
    d.colors = {{colorFormat(settingsOf(setup.quality).hdr)}, {kIdFormat}};
    d.depthFormat = kDepthFormat;
    d.depthTest = d.depthWrite = true;
    d.cull = VK_CULL_MODE_BACK_BIT;
    d.constants = {{0, static_cast<uint32_t>(setup.quality)}};
    base::Result<gpu::Pipeline> statics = gpu::Pipeline::graphics(setup.device, d);
    if (!statics) return base::Error{statics.error()};
    d.vertexShader = "instance.vert";
    d.attributes = vertexAttributes({0, 1, 2, 3, 4});
    base::Result<gpu::Pipeline> instances = gpu::Pipeline::graphics(setup.device, d);
    if (!instances) return base::Error{instances.error()};
    pass->statics_ = std::move(*statics);
    pass->instances_ = std::move(*instances);
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "opaque"; }
  ResourceSet reads() const override { return {Resource::SceneData, Resource::ShadowMaps, Resource::GroundField}; }
  ResourceSet writes() const override { return {Resource::Color, Resource::Ids, Resource::Depth}; }
  Scope scope() const override { return Scope::Main; }

  void record(PassContext& c) override {
    bindMeshes(c);
    for (const ViewFrame& view : c.views) {
      setViewport(c.commands, view.rect);
      bindPipeline(c, statics_);
      bindSet(c, view.set);
      drawStatics(c, view.draws.opaque, {});
      bindPipeline(c, instances_);
      drawInstances(c, view.draws.instances, {});
    }
  }

 private:
  gpu::Pipeline statics_;
  gpu::Pipeline instances_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeOpaquePass(const PassSetup& setup) { return OpaquePass::make(setup); }

}  // namespace render
