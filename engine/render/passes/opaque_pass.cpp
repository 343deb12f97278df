// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/opaque_pass.h"

#include "engine/render/draw.h"
#include "engine/render/surface_variants.h"

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
    gpu::GraphicsDesc instances = d;
    instances.vertexShader = "instance.vert";
    instances.attributes = vertexAttributes({0, 1, 2, 3, 4});
    pass->variants_ = SurfaceVariants(setup.device, std::move(d), std::move(instances));
    // The widest variant now: a broken shader is said at the start, not in the first frame.
    if (pass->variants_.find(Source::Static, ~0u, 0) == nullptr) return base::Error{"surface.frag could not be made"};
    if (pass->variants_.find(Source::Instance, ~0u, 0) == nullptr) return base::Error{"surface.frag could not be made"};
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "opaque"; }
  ResourceSet reads() const override { return {Resource::SceneData, Resource::ShadowMaps, Resource::GroundField}; }
  ResourceSet writes() const override { return {Resource::Color, Resource::Ids, Resource::Depth}; }
  Scope scope() const override { return Scope::Main; }

  void record(PassContext& c) override {
    bindMeshes(c);
    const uint32_t lights = SurfaceVariants::lightsOf(c);
    for (const ViewFrame& view : c.views) {
      setViewport(c.commands, view.rect);
      bindSet(c, view.set);
      const gpu::Pipeline* bound = nullptr;
      for (const StaticDraw& draw : view.draws.opaque)
        if (bind(c, Source::Static, draw.mesh.kinds, lights, bound)) drawStatics(c, std::span(&draw, 1), {});
      for (const InstanceDraw& draw : view.draws.instances)
        if (bind(c, Source::Instance, draw.mesh.kinds, lights, bound)) drawInstances(c, std::span(&draw, 1), {});
    }
  }

 private:
  using Source = SurfaceVariants::Source;

  bool bind(PassContext& c, Source source, uint32_t kinds, uint32_t lights, const gpu::Pipeline*& bound) {
    const gpu::Pipeline* wanted = variants_.find(source, kinds, lights);
    if (wanted == nullptr) return false;
    if (wanted != bound) bindPipeline(c, *wanted);
    bound = wanted;
    return true;
  }

  SurfaceVariants variants_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeOpaquePass(const PassSetup& setup) { return OpaquePass::make(setup); }

}  // namespace render
