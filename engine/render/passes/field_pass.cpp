// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/field_pass.h"

#include "engine/gpu/barrier.h"
#include "engine/gpu/copy.h"
#include "engine/render/draw.h"

namespace render {
namespace {

using State = GroundFieldImages::State;

constexpr uint32_t kHeadlights = 1;  // push.flags: visible vehicles instead of lamps

class FieldPass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
    auto pass = std::make_unique<FieldPass>();
    gpu::GraphicsDesc d;
    d.vertexShader = "field_light.vert";
    d.fragmentShader = "field_light.frag";
    d.layout = setup.layouts.scenePipeline.handle();
    d.colors = {{GroundFieldImages::kFormat, gpu::Blend::Add}};
    d.constants = {{0, static_cast<uint32_t>(setup.quality)}};
    base::Result<gpu::Pipeline> lights = gpu::Pipeline::graphics(setup.device, d);
    if (!lights) return base::Error{lights.error()};
    pass->lights_ = std::move(*lights);
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "field"; }
  ResourceSet reads() const override { return {Resource::SceneData}; }
  ResourceSet writes() const override { return {Resource::GroundField}; }
  bool wanted(const PassContext& c) const override {
    return !c.views.empty() && (needsLamps(c) || c.lights.state == State::Lit);
  }

  void record(PassContext& c) override {
    GroundFieldImages& field = c.scene.field();
    if (needsLamps(c)) {
      add(c, field.base(), field.lamps(), {0, c.scene.lightCount()}, {});
      field.lampsDrawn();
    }
    if (c.lights.state == State::Lit) {
      Push push;
      push.flags = kHeadlights;
      add(c, field.lamps(), field.lit(), {c.lights.visibleBase, c.lights.headlights}, push);
    }
  }

 private:
  static bool needsLamps(const PassContext& c) {
    return c.lights.state != State::Base && c.scene.field().lampsDirty();
  }

  struct Range {
    uint32_t first = 0;
    uint32_t count = 0;
  };

  /// `to` = `from` plus lights.
  void add(PassContext& c, const gpu::Image& from, const gpu::Image& to, Range lights, const Push& push) {
    gpu::fullBarrier(c.commands);
    gpu::copyImage(c.commands, from, to.handle());
    gpu::fullBarrier(c.commands);
    if (lights.count == 0) return;
    Attachment color{to.view(), false};
    beginRendering(c.commands, to.extent(), std::span(&color, 1), nullptr);
    setViewport(c.commands, {{0, 0}, to.extent()});
    bindPipeline(c, lights_);
    bindSet(c, c.views.front().set);
    drawVertices(c, 6, lights.count, push, lights.first);
    vkCmdEndRendering(c.commands);
    gpu::fullBarrier(c.commands);
  }

  gpu::Pipeline lights_;
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeFieldPass(const PassSetup& setup) { return FieldPass::make(setup); }

}  // namespace render
