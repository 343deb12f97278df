// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/opaque_pass.h"

#include "engine/render/draw.h"
#include "engine/render/surface_variants.h"

namespace render {
namespace {

/// A driver may compile for a tenth of a second at a first draw: never in two frames running.
constexpr uint64_t kFramesPerWarmUp = 12;
/// The light of another hour is kept this many frames after the hour's own is complete: a timeline dragged to and fro.
constexpr uint64_t kFramesToKeep = 1800;

class OpaquePass final : public Pass {
 public:
  static base::Result<std::unique_ptr<Pass>> make(const PassSetup& setup) {
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
    instances.attributes = vertexAttributes({0, 1, 2, 3, 4});
    takeInstances(instances, setup.instanceRows, "instance");
    gpu::GraphicsDesc groves = d;
    groves.vertexShader = "grove.vert";
    auto pass = std::make_unique<OpaquePass>();
    pass->variants_ = SurfaceVariants(setup.device, std::move(d), std::move(instances), std::move(groves));
    // The rest follows when it is drawn: a broken shader is said at the start, not in the first frame.
    for (const Source source : {Source::Static, Source::Instance, Source::Grove})
      if (base::Status s = pass->variants_.make(source, SurfaceClass::Simple, 1); !s) return base::Error{s.error()};
    return std::unique_ptr<Pass>(std::move(pass));
  }

  const char* name() const override { return "opaque"; }
  ResourceSet reads() const override { return {Resource::SceneData, Resource::ShadowMaps, Resource::GroundField}; }
  ResourceSet writes() const override { return {Resource::Color, Resource::Ids, Resource::Depth}; }
  Scope scope() const override { return Scope::Main; }
  bool drawsStill() const override { return true; }

  void record(PassContext& c) override {
    const uint32_t lights = SurfaceVariants::lightsOf(c);
    bindMeshes(c);
    for (const ViewFrame& view : c.views) {
      setViewport(c, view.rect);
      bindSet(c, view.set);
      for (uint32_t i = 0; i < kSurfaceClasses; ++i) drawClass(c, drawsOf(c, view), static_cast<SurfaceClass>(i), lights);
    }
    if (!c.input.wait && !c.views.empty() && tends(c)) tend(c, drawsOf(c, c.views.front()), lights);
  }

 private:
  using Source = SurfaceVariants::Source;

  static const DrawLists& drawsOf(const PassContext& c, const ViewFrame& view) { return c.part == Part::Still ? view.still : view.draws; }

  /// Still and live things take turns.
  static bool tends(const PassContext& c) {
    if (c.frame.number % kFramesPerWarmUp != kFramesPerWarmUp - 1) return false;
    return c.part == Part::Whole || (c.frame.number / kFramesPerWarmUp % 2 == 0) == (c.part == Part::Still);
  }

  void drawClass(PassContext& c, const DrawLists& draws, SurfaceClass surfaceClass, uint32_t lights) {
    if (hasClass(c, draws.opaque, surfaceClass) && bind(c, Source::Static, surfaceClass, lights)) {
      drawStatics(c, draws.opaque, surfaceClass);
      c.frame.timers.nudge(c.commands);
    }
    if (hasClass(c, draws.instances, surfaceClass) && bind(c, Source::Instance, surfaceClass, lights)) {
      drawInstances(c, draws.instances, surfaceClass);
      c.frame.timers.nudge(c.commands);
    }
    if (surfaceClass == SurfaceClass::Simple && !draws.groves.empty() && bind(c, Source::Grove, surfaceClass, lights)) {
      drawGroves(c, draws.groves, {});
      c.frame.timers.nudge(c.commands);
      bindMeshes(c);
    }
  }

  /// Makes what is still missing for this hour and for dusk, one at a time; then drops what is of no hour near.
  void tend(PassContext& c, const DrawLists& draws, uint32_t lights) {
    if (lights != lights_ || warmUp(c, draws, lights)) {
      lights_ = lights;
      complete_ = c.frame.number;
    } else if (c.frame.number - complete_ > kFramesToKeep) {
      variants_.drop(lights);
    }
  }

  /// Something that is drawn, drawn once more to nowhere with a variant that is not made yet, so that no frame has to
  /// wait for its shaders. False when all are made.
  bool warmUp(PassContext& c, const DrawLists& draws, uint32_t lights) {
    const auto drawable = [&](const SurfaceVariants::Wanted& w) {
      if (w.source == Source::Grove) return !draws.groves.empty();
      return w.source == Source::Static ? hasClass(c, draws.opaque, w.surfaceClass) : hasClass(c, draws.instances, w.surfaceClass);
    };
    const auto wanted = variants_.unmade(lights, drawable);
    if (!wanted) return false;
    if (!bindMade(c, variants_.find(wanted->source, wanted->surfaceClass, wanted->lights, false))) return false;
    const VkRect2D nowhere{};
    vkCmdSetScissor(c.commands, 0, 1, &nowhere);
    if (wanted->source == Source::Grove) {
      drawGroves(c, std::span(draws.groves).first(1), {});
      bindMeshes(c);
    } else if (wanted->source == Source::Static) {
      drawFirst(c, std::span(draws.opaque), wanted->surfaceClass, [&](auto one) { drawStatics(c, one, wanted->surfaceClass); });
    } else {
      drawFirst(c, std::span(draws.instances), wanted->surfaceClass, [&](auto one) { drawInstances(c, one, wanted->surfaceClass); });
    }
    return true;
  }

  template <typename Draw, typename Record>
  static void drawFirst(PassContext& c, std::span<const Draw> draws, SurfaceClass surfaceClass, const Record& record) {
    for (size_t i = 0; i < draws.size(); ++i)
      if (hasClass(c, draws.subspan(i, 1), surfaceClass)) return record(draws.subspan(i, 1));
  }

  bool bind(PassContext& c, Source source, SurfaceClass surfaceClass, uint32_t lights) {
    return bindMade(c, variants_.find(source, surfaceClass, lights, !c.input.wait));
  }
  static bool bindMade(PassContext& c, const gpu::Pipeline* pipeline) {
    if (pipeline != nullptr) bindPipeline(c, *pipeline);
    return pipeline != nullptr;
  }

  SurfaceVariants variants_;
  uint32_t lights_ = 0;     // of the last tending
  uint64_t complete_ = 0;   // the frame since when nothing is missing for them
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeOpaquePass(const PassSetup& setup) { return OpaquePass::make(setup); }

}  // namespace render
