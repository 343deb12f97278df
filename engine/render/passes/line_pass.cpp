// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/line_pass.h"

#include <cstddef>

#include "engine/render/draw.h"

namespace render {
namespace {

constexpr uint32_t kBehindWalls = 1;  // push.flags: dimmed

class LinePass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<LinePass>();
    gpu::GraphicsDesc d;
    d.vertexShader = "line.vert";
    d.fragmentShader = "line.frag";
    d.layout = setup.layouts.scenePipeline.handle();
    using P = gpu_types::LinePoint;
    d.instanceStride = sizeof(P);
    d.attributes = {{0, kRowBinding, VK_FORMAT_R32G32B32A32_SFLOAT, offsetof(P, position)},
                    {1, kRowBinding, VK_FORMAT_R32G32B32A32_SFLOAT, sizeof(P) + offsetof(P, position)},
                    {2, kRowBinding, VK_FORMAT_R32G32B32A32_UINT, offsetof(P, color)},
                    {3, kRowBinding, VK_FORMAT_R32_UINT, sizeof(P) + offsetof(P, flags)}};
    d.colors = {{colorFormat(settingsOf(setup.quality).hdr), gpu::Blend::Premultiplied}, {kIdFormat, gpu::Blend::None, false}};
    d.depthFormat = kDepthFormat;
    d.constants = {{0, static_cast<uint32_t>(setup.quality)}};
    base::Result<gpu::Pipeline> through = gpu::Pipeline::graphics(setup.device, d);
    if (!through) return base::Error{through.error()};
    d.depthTest = true;
    base::Result<gpu::Pipeline> plain = gpu::Pipeline::graphics(setup.device, d);
    if (!plain) return base::Error{plain.error()};
    pass->through_ = std::move(*through);
    pass->plain_ = std::move(*plain);
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "lines"; }
  ResourceSet reads() const override { return {Resource::SceneData, Resource::Depth, Resource::Color}; }
  ResourceSet writes() const override { return {Resource::Color}; }
  Scope scope() const override { return Scope::Main; }
  bool wanted(const PassContext& c) const override {
    return c.scene.plainLines().count + c.scene.throughLines().count > 0;
  }

  void record(PassContext& c) override {
    const VkBuffer points = c.scene.lines();
    const VkDeviceSize zero = 0;
    vkCmdBindVertexBuffers(c.commands, kRowBinding, 1, &points, &zero);
    for (const ViewFrame& view : c.views) {
      setViewport(c.commands, view.rect);
      draw(c, view, through_, c.scene.throughLines(), kBehindWalls);
      draw(c, view, plain_, c.scene.throughLines(), 0);
      draw(c, view, plain_, c.scene.plainLines(), 0);
    }
  }

 private:
  static void draw(PassContext& c, const ViewFrame& view, const gpu::Pipeline& pipeline, const LineSpan& span, uint32_t flags) {
    if (span.count < 2) return;
    bindPipeline(c, pipeline);
    bindSet(c, view.set);
    Push push;
    push.flags = flags;
    drawVertices(c, 6, span.count - 1, push, span.first);  // one instance per pair of points
  }

  gpu::Pipeline through_;
  gpu::Pipeline plain_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeLinePass(const PassSetup& setup) { return LinePass::make(setup); }

}  // namespace render
