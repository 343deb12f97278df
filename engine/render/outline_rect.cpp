// SPDX-License-Identifier: Apache-2.0
#include "engine/render/outline_rect.h"

#include <algorithm>
#include <limits>

namespace render {
namespace {

/// Around the thing, of 1080 lines: the outline at half the resolution, and the blending between pixels.
constexpr float kMargin = 16;
/// In metres ahead of the camera; what is nearer may be anywhere.
constexpr float kNear = 0.1f;

struct Thing {
  math::Bounds bounds;
  float leastRadius = 0;  ///< on the screen, pixels of 1080 lines
};

Thing thingOf(uint32_t pick, const scene::Scene& scene, uint32_t timeMs) {
  Thing thing;
  if ((pick & gpu_types::kPickInstance) == 0) {
    thing.bounds = scene.meshes.objectBounds(pick - 1);
    return thing;
  }
  const scene::InstanceId id = scene.instances.rows().handleAt(pick & ~gpu_types::kPickInstance);
  const scene::Instance* instance = scene.instances.find(id);
  if (!instance) return thing;
  const scene::Model& model = *scene.instances.model(scene.instances.modelOf(id));
  const glm::vec2 scale = glm::unpackHalf2x16(instance->scale);
  const glm::vec3 radius(model.radius * std::max(scale.x, scale.y));
  const glm::vec3 at = scene::positionAt(*instance, timeMs);
  thing.bounds.add(at - radius);
  thing.bounds.add(at + radius);
  if (model.alwaysVisible && !model.levels.empty()) thing.leastRadius = model.levels.back().minPixels;
  return thing;
}

}  // namespace

VkRect2D outlineRect(uint32_t pick, const scene::Scene& scene, const glm::mat4& viewProjection, const VkRect2D& viewRect, uint32_t timeMs) {
  const Thing thing = thingOf(pick, scene, timeMs);
  if (thing.bounds.empty()) return viewRect;
  const glm::vec2 size(viewRect.extent.width, viewRect.extent.height);
  glm::vec2 low(std::numeric_limits<float>::max()), high(std::numeric_limits<float>::lowest());
  for (int corner = 0; corner < 8; ++corner) {
    const glm::vec3 p(corner & 1 ? thing.bounds.high.x : thing.bounds.low.x, corner & 2 ? thing.bounds.high.y : thing.bounds.low.y,
                      corner & 4 ? thing.bounds.high.z : thing.bounds.low.z);
    const glm::vec4 clip = viewProjection * glm::vec4(p, 1.f);
    if (clip.w < kNear) return viewRect;
    const glm::vec2 pixel = (glm::vec2(clip) / clip.w * 0.5f + 0.5f) * size;
    low = glm::min(low, pixel);
    high = glm::max(high, pixel);
  }
  const float margin = (kMargin + thing.leastRadius) * std::max(size.y / 1080.f, 0.5f);
  low = glm::clamp(glm::floor(low - margin), glm::vec2(0), size);
  high = glm::clamp(glm::ceil(high + margin), glm::vec2(0), size);
  return {{viewRect.offset.x + static_cast<int32_t>(low.x), viewRect.offset.y + static_cast<int32_t>(low.y)},
          {static_cast<uint32_t>(high.x - low.x), static_cast<uint32_t>(high.y - low.y)}};
}

}  // namespace render
