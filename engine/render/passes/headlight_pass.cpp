// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/headlight_pass.h"

#include "engine/render/draw.h"

namespace render {
namespace {

class HeadlightPass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<HeadlightPass>();
    gpu::GraphicsDesc d;
    takeInstances(d, setup.instanceRows, "headlight");
    d.fragmentShader = "headlight.frag";
    d.layout = setup.layouts.scenePipeline.handle();
    d.colors = {{colorFormat(settingsOf(setup.quality).hdr), gpu::Blend::Screen}, {kIdFormat, gpu::Blend::None, false}};
    d.depthFormat = kDepthFormat;
    d.depthTest = true;
    d.constants = {{0, static_cast<uint32_t>(setup.quality)}};
    base::Result<gpu::Pipeline> beams = gpu::Pipeline::graphics(setup.device, d);
    if (!beams) return base::Error{beams.error()};
    pass->beams_ = std::move(*beams);
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "headlights"; }
  ResourceSet reads() const override { return {Resource::SceneData, Resource::Depth, Resource::Color}; }
  ResourceSet writes() const override { return {Resource::Color}; }
  Scope scope() const override { return Scope::Main; }
  bool wanted(const PassContext& c) const override { return c.lights.headlights > 0; }

  void record(PassContext& c) override {
    bindPipeline(c, beams_);
    bindRows(c);
    for (const ViewFrame& view : c.views) {
      setViewport(c, view.rect);
      bindSet(c, view.set);
      drawVertices(c, 6, c.lights.headlights, {}, c.lights.visibleBase);
    }
  }

 private:
  gpu::Pipeline beams_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeHeadlightPass(const PassSetup& setup) { return HeadlightPass::make(setup); }

}  // namespace render
