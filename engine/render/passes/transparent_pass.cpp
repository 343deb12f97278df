// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/transparent_pass.h"

#include "engine/render/draw.h"

namespace render {
namespace {

class TransparentPass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<TransparentPass>();
    gpu::GraphicsDesc d;
    d.vertexShader = "static.vert";
    d.fragmentShader = "transparent.frag";
    d.layout = setup.layouts.scenePipeline.handle();
    d.vertexStride = sizeof(scene::Vertex);
    d.attributes = vertexAttributes();
    d.colors = {{colorFormat(settingsOf(setup.quality).hdr), gpu::Blend::Premultiplied}, {kIdFormat}};
    d.depthFormat = kDepthFormat;
    d.depthTest = true;
    d.cull = VK_CULL_MODE_BACK_BIT;
    constexpr uint32_t kKinds = 1u << gpu_types::kSurfaceWater | 1u << gpu_types::kSurfaceGhost | 1u << gpu_types::kSurfaceBlob;
    d.constants = {{0, static_cast<uint32_t>(setup.quality)}, {1, kKinds}};
    base::Result<gpu::Pipeline> statics = gpu::Pipeline::graphics(setup.device, d);
    if (!statics) return base::Error{statics.error()};
    d.attributes = vertexAttributes({0, 1, 2, 3, 4});
    takeInstances(d, setup.instanceRows, "instance");
    d.cull = VK_CULL_MODE_NONE;
    // Contact shadows darken what is there; they are not to be picked.
    d.colors[1].write = false;
    base::Result<gpu::Pipeline> blobs = gpu::Pipeline::graphics(setup.device, d);
    if (!blobs) return base::Error{blobs.error()};
    pass->statics_ = std::move(*statics);
    pass->blobs_ = std::move(*blobs);
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "transparent"; }
  ResourceSet reads() const override {
    return {Resource::SceneData, Resource::ShadowMaps, Resource::GroundField, Resource::Depth, Resource::Color};
  }
  ResourceSet writes() const override { return {Resource::Color, Resource::Ids}; }
  Scope scope() const override { return Scope::Main; }
  bool wanted(const PassContext& c) const override {
    for (const ViewFrame& v : c.views)
      if (!v.draws.transparent.empty() || !v.draws.blobs.empty()) return true;
    return false;
  }

  void record(PassContext& c) override {
    bindMeshes(c);
    for (const ViewFrame& view : c.views) {
      setViewport(c.commands, view.rect);
      bindPipeline(c, blobs_);
      bindSet(c, view.set);
      drawInstances(c, view.draws.blobs, {});
      bindPipeline(c, statics_);
      drawStatics(c, view.draws.transparent, {});
    }
  }

 private:
  gpu::Pipeline statics_;
  gpu::Pipeline blobs_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeTransparentPass(const PassSetup& setup) { return TransparentPass::make(setup); }

}  // namespace render
