// SPDX-License-Identifier: Apache-2.0
#include "engine/render/live_tiles.h"

#include <algorithm>
#include <cmath>

#include "engine/render/touched_tiles.h"

namespace render {
namespace {

/// The quad of shaders/lib/beam.glsl, from the vehicle's origin.
constexpr float kBeamAhead = 9.5f;
constexpr float kBeamRadius = 10.f;

/// Lines are widened by a soft edge and round joints (shaders/line.vert).
constexpr float kLineEdge = 2;
constexpr float kLeastLine = 1.2f;

class LiveTiles {
 public:
  LiveTiles(const FrameInput& input, const ViewFrame& view)
      : input_(input), view_(view), eye_(view.source->camera.position),
        tiles_(view.rect.extent, view.matrices.viewProjection, static_cast<float>(view.source->camera.nearPlane)) {}

  void addInstances(std::span<const uint32_t> visible, const InstanceDraw& draw) {
    for (const uint32_t slot : visible.subspan(draw.visibleBase, draw.count)) {
      const base::SlotMap<scene::InstanceRow>& rows = input_.scene.instances.rows();
      const scene::InstanceRow& row = *rows.find(rows.handleAt(slot));
      const scene::Model* model = input_.scene.instances.model(row.model);
      if (model == nullptr || (row.gpu.state & gpu_types::kStateHidden)) continue;
      const glm::vec2 scale = glm::unpackHalf2x16(row.gpu.scale);
      const glm::vec3 at = scene::positionAt(row.gpu, input_.timeMs);
      const float grow = std::max(1.f, draw.leastSize * glm::length(at - eye_) / std::max(scale.y, 1e-3f));
      tiles_.touchBall(at, radiusOf(*model) * std::max(scale.x, scale.y) * grow);
    }
  }

  void addHeadlights(std::span<const uint32_t> slots) {
    for (const uint32_t slot : slots) {
      const base::SlotMap<scene::InstanceRow>& rows = input_.scene.instances.rows();
      const scene::Instance& i = rows.find(rows.handleAt(slot))->gpu;
      const float yaw = scene::yawAt(i, input_.timeMs);
      const glm::vec3 ahead(std::cos(yaw) * std::cos(i.pitch), std::sin(yaw) * std::cos(i.pitch), std::sin(i.pitch));
      tiles_.touchBall(scene::positionAt(i, input_.timeMs) + ahead * kBeamAhead, kBeamRadius);
    }
  }

  void addLines(std::span<const gpu_types::LinePoint> points) {
    const float perPixel = static_cast<float>(view_.rect.extent.height) / 1080.f;
    for (size_t i = 0; i + 1 < points.size(); ++i) {
      const gpu_types::LinePoint& a = points[i];
      if (!joined(a, points[i + 1])) continue;
      tiles_.touchLine(a.position, points[i + 1].position, std::max(a.width * perPixel, kLeastLine) + kLineEdge, std::max(-a.width, 0.f));
    }
  }

  void addTransparent() {
    const math::Frustum frustum = math::Frustum::fromViewProjection(view_.matrices.viewProjection);
    input_.scene.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& batch) {
      const scene::Mesh* mesh = batch.layer == scene::StaticLayer::Transparent ? input_.scene.meshes.find(batch.mesh) : nullptr;
      if (mesh != nullptr && frustum.touches(mesh->bounds)) tiles_.touchBox(mesh->bounds);
    });
  }

  std::vector<VkRect2D> rects() const { return tiles_.rects(); }

 private:
  float radiusOf(const scene::Model& model) const {
    const scene::Mesh* blob = model.hasBlob ? input_.scene.meshes.find(model.blob) : nullptr;
    if (blob == nullptr || blob->bounds.empty()) return model.radius;
    return std::max(model.radius, glm::length(glm::max(glm::abs(blob->bounds.low), glm::abs(blob->bounds.high))));
  }

  static bool joined(const gpu_types::LinePoint& from, const gpu_types::LinePoint& to) {
    return !(from.flags & kLastPoint) && !(to.flags & kFirstPoint);
  }

  const FrameInput& input_;
  const ViewFrame& view_;
  glm::vec3 eye_;
  TouchedTiles tiles_;
};

}  // namespace

std::vector<VkRect2D> liveTiles(const FrameInput& input, const GpuScene& scene, const ViewFrame& view, const LightFrame& lights,
                                std::span<const uint32_t> visible) {
  LiveTiles tiles(input, view);
  for (const InstanceDraw& d : view.draws.instances) tiles.addInstances(visible, d);
  tiles.addHeadlights(visible.subspan(lights.visibleBase, lights.headlights));
  tiles.addLines(scene.linePoints());
  tiles.addTransparent();
  return tiles.rects();
}

}  // namespace render
