// SPDX-License-Identifier: Apache-2.0
#include "engine/render/cascades.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/math/projection.h"

namespace render {
namespace {

/// A minute of the sun's way: the shadow of a roof 20 m up moves by 9 cm, and all maps are drawn again.
constexpr float kSunStep = 0.25f * std::numbers::pi_v<float> / 180.f;
constexpr float kMargin = 0.25f;      // of the radius: how far the focus may stray before a redraw
constexpr float kHeadroom = 60.f;     // metres above the city that may still cast

glm::vec3 quantised(const glm::vec3& direction) {
  const float elevation = std::round(std::asin(std::clamp(direction.z, -1.f, 1.f)) / kSunStep) * kSunStep;
  const float azimuth = std::round(std::atan2(direction.y, direction.x) / kSunStep) * kSunStep;
  return {std::cos(elevation) * std::cos(azimuth), std::cos(elevation) * std::sin(azimuth), std::sin(elevation)};
}

/// Axes of the light's view: columns right, up, towards the sun.
glm::mat3 lightAxes(const glm::vec3& sun) {
  const glm::vec3 reference = std::abs(sun.z) > 0.999f ? glm::vec3(0, 1, 0) : glm::vec3(0, 0, 1);
  const glm::vec3 right = glm::normalize(glm::cross(reference, sun));
  return {right, glm::cross(sun, right), sun};
}

/// The box in light space (x right, y up, z towards the sun).
math::Bounds inLight(const math::Bounds& box, const glm::mat3& toLight) {
  math::Bounds result;
  for (int i = 0; i < 8; ++i)
    result.add(toLight * glm::vec3(i & 1 ? box.high.x : box.low.x, i & 2 ? box.high.y : box.low.y, i & 4 ? box.high.z : box.low.z));
  return result;
}

Cascade fit(const glm::vec3& sun, const glm::vec3& centre, float radius, uint32_t size, const math::Bounds& city) {
  const glm::mat3 axes = lightAxes(sun);
  const glm::mat3 toLight = glm::transpose(axes);
  Cascade c;
  c.radius = radius;
  c.metresPerTexel = 2.f * radius / static_cast<float>(size);
  glm::vec3 l = toLight * centre;
  l.x = std::floor(l.x / c.metresPerTexel) * c.metresPerTexel;
  l.y = std::floor(l.y / c.metresPerTexel) * c.metresPerTexel;
  const math::Bounds depth = inLight(city, toLight);
  const glm::mat4 projection = math::orthographicReverseZ(l.x - radius, l.x + radius, l.y - radius, l.y + radius,
                                                          -(depth.high.z + kHeadroom), -(depth.low.z - kHeadroom));
  c.worldToClip = projection * glm::mat4(toLight);
  glm::mat4 toTexture(1.f);
  toTexture[0][0] = toTexture[1][1] = 0.5f;
  toTexture[3][0] = toTexture[3][1] = 0.5f;
  c.worldToTexture = toTexture * c.worldToClip;
  return c;
}

/// Half sides: the near map follows the focus distance in coarse steps, the last holds the city.
float radiusOf(uint32_t index, uint32_t count, float focusDistance, float cityRadius) {
  if (index + 1 == count) return cityRadius;
  const float wanted = std::clamp(focusDistance * 0.45f, 60.f, 400.f);
  const float step = std::exp2(std::ceil(std::log2(wanted / 50.f))) * 50.f;  // 100, 200, 400 ...
  const float near = count == 2 ? std::max(step, 200.f) : step;
  return std::min(near * std::exp2(1.3f * static_cast<float>(index)), cityRadius);
}

}  // namespace

std::vector<uint32_t> Cascades::update(const CascadeInput& in, const QualitySettings& settings) {
  std::vector<uint32_t> dirty;
  count_ = in.sunShines && !in.city.empty() ? std::min(settings.cascades, gpu_types::kMaxCascades) : 0;
  if (count_ == 0) return dirty;
  const glm::vec3 sun = quantised(in.sunDirection);
  const glm::mat3 toLight = glm::transpose(lightAxes(sun));
  const math::Bounds whole = inLight(in.city, toLight);
  const float cityRadius = std::max(whole.high.x - whole.low.x, whole.high.y - whole.low.y) * 0.505f + 1.f;  // an empty rim: beyond the map everything is lit
  for (uint32_t i = 0; i < count_; ++i) {
    const bool last = i + 1 == count_;
    const float radius = radiusOf(i, count_, in.focusDistance, cityRadius);
    Cached& cached = cached_[i];
    const bool same = cached.valid && cached.sun == sun && cached.radius == radius && !strayed(in, i) &&
                      cached.revision == in.staticsRevision;
    if (!same) {
      const glm::vec3 centre = last ? in.city.centre() : in.focus;
      cascades_[i] = fit(sun, centre, radius, settings.shadowSize, in.city);
      cached = {true, sun, centre, radius, in.staticsRevision};
    }
    if (!same || i < settings.movingCascades) dirty.push_back(i);
  }
  return dirty;
}

bool Cascades::strayed(const CascadeInput& in, uint32_t i) const {
  return i + 1 != count_ && glm::length(in.focus - cached_[i].centre) > kMargin * cached_[i].radius;
}

bool Cascades::onlySunMoved(const CascadeInput& in) const {
  if (count_ == 0 || !in.sunShines || quantised(in.sunDirection) == cached_[0].sun) return false;
  for (uint32_t i = 0; i < count_; ++i) {
    const Cached& cached = cached_[i];
    // The last map holds the city, and its size follows the sun.
    const bool sameSize = i + 1 == count_ || cached.radius == radiusOf(i, count_, in.focusDistance, cached_[count_ - 1].radius);
    if (!cached.valid || cached.revision != in.staticsRevision || strayed(in, i) || !sameSize) return false;
  }
  return true;
}

void Cascades::invalidate() {
  for (Cached& c : cached_) c.valid = false;
}

}  // namespace render
