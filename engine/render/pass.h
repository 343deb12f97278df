// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "engine/gpu/frame_ring.h"
#include "engine/gpu/pipeline.h"
#include "engine/render/cascades.h"
#include "engine/render/cull.h"
#include "engine/render/frame.h"
#include "engine/render/frame_data.h"
#include "engine/render/gpu_scene.h"
#include "engine/render/push.h"
#include "engine/render/shadow_maps.h"
#include "engine/render/still_layer.h"
#include "engine/render/targets.h"

namespace render {

/// What passes read and write, as bits.
enum class Resource : uint32_t {
  SceneData = 1 << 0,   ///< buffers filled by the upload before the first pass
  ShadowMaps = 1 << 1,
  GroundField = 1 << 2,
  Color = 1 << 3,
  Ids = 1 << 4,
  Depth = 1 << 5,
  Ao = 1 << 6,
  Bloom = 1 << 7,
  Target = 1 << 8,
  PickResult = 1 << 9,
};

struct ResourceSet {
  uint32_t bits = 0;
  ResourceSet() = default;
  ResourceSet(std::initializer_list<Resource> list) { for (const Resource r : list) bits |= static_cast<uint32_t>(r); }
};

/// Passes of the same scope share one begin and end of rendering, and need no barrier between them.
enum class Scope : uint8_t { None, Main };

/// One view, ready to be drawn.
struct ViewFrame {
  const scene::View* source = nullptr;
  VkRect2D rect{};                    ///< in the internal targets
  VkRect2D targetRect{};              ///< in the final target
  VkDescriptorSet set = VK_NULL_HANDLE;
  ViewMatrices matrices;
  DrawLists draws;                    ///< all, or of Part::Live where the still layer is used
  std::vector<VkRect2D> liveTiles;    ///< where `draws` may show, in `rect`; where the still layer is also kept as shown
  DrawLists still;                    ///< of Part::Still, in the band that is drawn anew
};

/// A shadow map, or a part of one, to draw in this frame.
struct ShadowFrame {
  ShadowTask task;
  DrawLists draws;
};

/// Lamps and headlights of this frame.
struct LightFrame {
  uint32_t visibleBase = 0;  ///< of the vehicles with headlights on, in the visible list
  uint32_t headlights = 0;
  GroundFieldImages::State state = GroundFieldImages::State::Base;
};

/// Set layouts and pipeline layouts that all passes share.
struct Layouts {
  gpu::SetLayout scene;      ///< set 0 of shaders/lib/bindings.glsl
  gpu::SetLayout post;       ///< set 1 of the passes over finished images
  gpu::PipelineLayout scenePipeline;
  gpu::PipelineLayout postPipeline;
};

struct Samplers {
  gpu::Sampler nearest;
  gpu::Sampler linear;
  gpu::Sampler shadow;
};

/// Everything a pass may use while it records.
struct PassContext {
  gpu::Device& device;
  gpu::Frame& frame;
  VkCommandBuffer commands;
  const FrameInput& input;
  const QualitySettings& settings;
  const Layouts& layouts;
  const Samplers& samplers;
  GpuScene& scene;
  Targets& targets;
  const Cascades& cascades;
  std::span<const ViewFrame> views;
  std::span<const ShadowFrame> shadows;
  const LightFrame& lights;
  gpu::UploadSlice rows;          ///< the visible instances one by one; null where shaders read them by slot
  const gpu::Buffer* pickBuffer;  ///< null: no pick in this frame; id at byte 0, depth at byte 4
  VkOffset2D pickTexel;
  const StillLayer& still;
  FrameReport& report;
  Part part = Part::Whole;        ///< what is being recorded; Whole where the still layer is not used
};

/// What a pass needs to make its pipelines.
struct PassSetup {
  gpu::Device& device;
  const Layouts& layouts;
  Quality quality = Quality::Low;
  VkFormat targetFormat = VK_FORMAT_UNDEFINED;
  bool instanceRows = settingsOf(quality).instanceRows;
};

/// One named step of the picture.
class Pass {
 public:
  virtual ~Pass() = default;
  virtual const char* name() const = 0;
  virtual ResourceSet reads() const = 0;
  virtual ResourceSet writes() const = 0;
  virtual Scope scope() const { return Scope::None; }
  /// False: nothing to do in this frame; no label, timestamp or barrier.
  virtual bool wanted(const PassContext&) const { return true; }
  /// Whether it draws Part::Still, too.
  virtual bool drawsStill() const { return false; }
  virtual void record(PassContext& context) = 0;
};

}  // namespace render
