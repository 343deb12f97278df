// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/render/frame.h"
#include "engine/render/pass.h"
#include "engine/render/pass_list.h"

namespace render {

struct RendererOptions {
  Quality quality = Quality::Low;  ///< whose shaders are made ready at once; others follow when asked for
  VkFormat targetFormat = VK_FORMAT_R8G8B8A8_UNORM;
};

/// Turns a scene into a picture. One per device; a scene is drawn by one renderer only, since it takes
/// the scene's changes.
class Renderer {
 public:
  /// Fails when a shader is missing or the device refuses something; the text says which.
  static base::Result<std::unique_ptr<Renderer>> create(gpu::Device& device, const RendererOptions& options);
  ~Renderer();

  /// Waits until the device has room for another frame, so that what it shows can be gathered afterwards, as late
  /// as possible; render() then does not wait. The newest frame that is finished by then. Trouble shows in render().
  std::optional<FinishedFrame> waitForRoom();
  /// Waits until the device has finished all frames so far, for a device that shares its cores with the program: there
  /// is little to win by recording one frame while another is drawn, and what it shows would be older.
  std::optional<FinishedFrame> waitUntilIdle();
  FrameReport render(const FrameInput& input);

  /// The pick ids of the last picture, row by row, at the internal size. Waits; for tests and scripts.
  base::Result<std::vector<uint32_t>> readIds();
  VkExtent2D internalSize() const { return targets_.extent; }
  /// The names of the passes in use, in order.
  std::vector<std::string> passNames() const { return passes_.names(); }

 private:
  struct PendingPick {
    std::optional<PixelPosition> pixel;
    VkRect2D rect{};                    ///< of the view that was hit, in the target
    glm::mat4 inverseViewProjection{1};
    gpu::Buffer buffer;
  };

  explicit Renderer(gpu::Device& device) : device_(device) {}
  base::Status makeShared();
  base::Status fitPasses(const FrameInput& input);
  base::Status fitImages(gpu::Frame& frame, const FrameInput& input);
  base::Status drawFrame(gpu::Frame& frame, const FrameInput& input, FrameReport& report);
  void placeViews(const FrameInput& input);
  bool keepsStill(const FrameInput& input) const { return input.keepStill && quality_ == Quality::Low && !constantShading_; }
  base::Status planStill(gpu::Frame& frame, const FrameInput& input, FrameReport& report);
  void cullViews(const FrameInput& input, FrameReport& report);
  void cullShadows(const FrameInput& input);
  void gatherHeadlights(const FrameInput& input);
  base::Status writeSets(gpu::Frame& frame, const FrameInput& input);
  bool writeRows(gpu::Frame& frame, const FrameInput& input);
  void preparePick(gpu::Frame& frame, const FrameInput& input);
  std::optional<Pick> readPick(PendingPick& pending);
  void collectResults(gpu::Frame& frame, FrameReport& report);
  std::optional<FinishedFrame> newestFinished() const;

  gpu::Device& device_;
  QualitySettings settings_{};
  Quality quality_ = Quality::Low;
  VkFormat targetFormat_ = VK_FORMAT_UNDEFINED;
  bool constantShading_ = false;
  bool passesMade_ = false;
  double roomWaitMs_ = 0;  ///< in waitForRoom(), not yet reported

  Layouts layouts_;
  Samplers samplers_;
  gpu::FrameRing ring_;
  GpuScene scene_;
  Targets targets_;
  StillLayer still_;
  uint64_t stillLightRevision_ = 0;
  ShadowMaps shadowMaps_;
  PassList passes_;
  std::array<PendingPick, gpu::kFramesInFlight> picks_;

  // Of the frame that is being made.
  std::vector<ViewFrame> views_;
  std::vector<ShadowFrame> shadows_;
  LightFrame lights_;
  std::vector<uint32_t> visible_;
  gpu::UploadSlice rows_;
  VkOffset2D pickTexel_{};
  bool picking_ = false;
};

}  // namespace render
