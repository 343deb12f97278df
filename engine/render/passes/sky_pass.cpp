// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/sky_pass.h"

#include "engine/render/draw.h"

namespace render {
namespace {

class SkyPass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<SkyPass>();
    gpu::GraphicsDesc d;
    d.vertexShader = "sky.vert";
    d.fragmentShader = "sky.frag";
    d.layout = setup.layouts.scenePipeline.handle();
    d.colors = {{colorFormat(settingsOf(setup.quality).hdr)}, {kIdFormat}};
    d.depthFormat = kDepthFormat;
    d.depthTest = true;  // at depth 0: only where nothing was drawn
    d.constants = {{0, static_cast<uint32_t>(setup.quality)}};
    base::Result<gpu::Pipeline> sky = gpu::Pipeline::graphics(setup.device, d);
    if (!sky) return base::Error{sky.error()};
    pass->sky_ = std::move(*sky);
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "sky"; }
  ResourceSet reads() const override { return {Resource::SceneData, Resource::Depth}; }
  ResourceSet writes() const override { return {Resource::Color, Resource::Ids}; }
  Scope scope() const override { return Scope::Main; }
  bool drawsStill() const override { return true; }
  bool wanted(const PassContext& c) const override { return c.part != Part::Live; }

  void record(PassContext& c) override {
    bindPipeline(c, sky_);
    for (const ViewFrame& view : c.views) {
      setViewport(c, view.rect);
      bindSet(c, view.set);
      drawVertices(c, 3, 1, {});
    }
  }

 private:
  gpu::Pipeline sky_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeSkyPass(const PassSetup& setup) { return SkyPass::make(setup); }

}  // namespace render
