// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/gpu/target.h"
#include "engine/gpu/timers.h"
#include "engine/render/quality.h"
#include "engine/scene/scene.h"
#include "engine/scene/view.h"

namespace render {

/// Draws over the finished picture. Called last, outside of rendering; the target is in
/// VK_IMAGE_LAYOUT_GENERAL before and after.
class UiHook {
 public:
  virtual ~UiHook() = default;
  virtual void record(VkCommandBuffer commands, const gpu::Target& target) = 0;
};

/// A pixel of the target, from its upper left corner.
struct PixelPosition {
  int32_t x = 0;
  int32_t y = 0;
};

/// Everything one picture depends on.
struct FrameInput {
  scene::Scene& scene;
  std::span<const scene::View> views;
  base::Tick time;
  uint32_t timeMs = 0;               ///< the scene's clock that poses are timed by, modulo 2^32
  gpu::Target target;
  Quality quality = Quality::Low;
  std::optional<PixelPosition> pick; ///< what lies under it is reported by a later frame
  UiHook* ui = nullptr;
  float renderScale = 0;             ///< 0: the quality's own
  bool wait = false;                 ///< return when the picture is finished (headless); the pick is then this frame's
  bool constantShading = false;      ///< the bench's limit: the same geometry, one colour and depth
  bool keepStill = false;            ///< keep what seldom changes from frame to frame (see StillLayer): low quality, one view
};

/// What was under a pixel.
struct Pick {
  PixelPosition pixel;
  uint32_t id = 0;           ///< pick id, 0 = nothing
  bool hit = false;          ///< something solid was there; `position` holds
  glm::dvec3 position{0};    ///< city frame, metres
};

/// A frame whose picture is ready, and when that was known (steady clock): at the latest then.
struct FinishedFrame {
  uint64_t frame = 0;
  base::MonoNs seen = 0;
};

struct FrameReport {
  uint64_t frame = 0;
  bool drawn = false;                  ///< false: skipped, or failed (see error)
  bool deviceLost = false;
  std::string error;
  std::optional<FinishedFrame> finished;  ///< the newest that is; an earlier one, or this one after `wait`
  std::vector<gpu::PassTime> passes;   ///< of the frame two before, or of this one after `wait`
  double gpuMs = 0;                    ///< their sum
  double cpuMs = 0;                    ///< processor time of our own code, the driver's waits and submit left out
  double waitMs = 0;                   ///< for the device to finish an older frame (or this one)
  uint32_t visibleInstances = 0;
  uint64_t triangles = 0;              ///< submitted, all passes
  uint32_t draws = 0;
  uint32_t shadowMapsDrawn = 0;
  float redrawn = 1;                   ///< share of the picture in which what is still was drawn anew
  uint64_t uploadedBytes = 0;
  std::optional<Pick> pick;
};

}  // namespace render
