// SPDX-License-Identifier: Apache-2.0
#include "engine/render/frame_data.h"

#include <algorithm>
#include <cmath>

#include "engine/math/projection.h"

namespace render {
namespace {

void setLight(gpu_types::FrameData& f, const scene::Environment& e) {
  f.sunDirection = e.sunDirection;
  f.sunVisibility = e.sunVisibility;
  f.sunColor = e.sunColor;
  f.exposure = e.exposure;
  f.skyZenith = e.skyZenith;
  f.nightFactor = e.nightFactor;
  f.skyHorizon = e.skyHorizon;
  f.hour = e.hour;
  f.skyGlow = e.skyGlow;
  f.autumn = e.autumn;
  f.groundAmbient = e.groundAmbient;
  f.wetness = e.wetness;
  f.fogColor = e.fogColor;
  f.fogDensity = e.fogDensity;
  f.fogBase = e.fogBase;
  f.fogFalloff = e.fogFalloff;
  f.rain = e.rain;
}

/// From a place in the first map to the second: all maps share the sun's axes and depth range and differ in
/// scale and place; the lift against self-shadowing (inCascade in shaders/lib/light.glsl) grows with the scale.
glm::vec4 secondMapOf(const Cascade& first, const Cascade& second, const glm::vec3& sun) {
  const float scale = first.radius / second.radius;
  const glm::vec2 shift = glm::vec2(second.worldToTexture[3]) - glm::vec2(first.worldToTexture[3]) * scale;
  const glm::mat4& m = first.worldToTexture;
  const float depthPerMetre = glm::dot(glm::vec3(m[0].z, m[1].z, m[2].z), sun);
  return {scale, shift, 1.2f * (second.metresPerTexel - first.metresPerTexel) * depthPerMetre};
}

void setCascades(gpu_types::FrameData& f, const Cascades& cascades) {
  f.cascadeCount = cascades.count();
  f.cascadeRadius = glm::vec4(0);
  for (uint32_t i = 0; i < gpu_types::kMaxCascades; ++i) {
    f.cascade[i] = i < cascades.count() ? cascades[i].worldToTexture : glm::mat4(1);
    if (i < cascades.count()) f.cascadeRadius[static_cast<int>(i)] = cascades[i].radius;
  }
  // Low quality's two maps leave matrices unused: secondMap() in shaders/lib/light.glsl.
  if (cascades.count() == 2) f.cascade[3][0] = secondMapOf(cascades[0], cascades[1], f.sunDirection);
}

}  // namespace

ViewMatrices matricesOf(const scene::View& view) {
  ViewMatrices m;
  const glm::vec2 span(view.tile.z - view.tile.x, view.tile.w - view.tile.y);
  // The view's pixels show one tile: the full image has that many more.
  const float aspect = static_cast<float>(view.width) / span.x / (static_cast<float>(view.height) / span.y);
  const auto fov = static_cast<float>(view.camera.verticalFov);
  m.view = view.camera.viewMatrix();
  m.projection = math::perspectiveTile(fov, aspect, static_cast<float>(view.camera.nearPlane), view.tile);
  m.viewProjection = m.projection * m.view;
  m.pixelsPerRadian = 540.f / std::tan(fov * 0.5f);
  return m;
}

glm::vec3 groundFocus(const scene::Camera& camera, float groundZ) {
  const glm::dvec3 forward = camera.forward();
  const double above = std::max(camera.position.z - static_cast<double>(groundZ), 1.0);
  double distance = forward.z < -1e-3 ? above / -forward.z : 1e9;
  distance = std::min(distance, std::max(60.0, above * 6.0));
  return glm::vec3(camera.position + forward * distance);
}

gpu_types::FrameData frameDataOf(const FrameInput& input, const scene::View& view, const ViewMatrices& matrices,
                                 const Cascades& cascades, const GroundFieldImages& field, glm::vec2 viewportSize,
                                 uint64_t frameNumber) {
  gpu_types::FrameData f{};
  f.view = matrices.view;
  f.projection = matrices.projection;
  f.viewProjection = matrices.viewProjection;
  f.inverseViewProjection = glm::mat4(glm::inverse(glm::dmat4(matrices.viewProjection)));
  f.cameraPosition = glm::vec3(view.camera.position);
  f.nearPlane = static_cast<float>(view.camera.nearPlane);
  setLight(f, input.scene.environment);
  setCascades(f, cascades);
  f.fieldOrigin = field.origin;
  f.fieldInverseSize = field.inverseSize;
  f.viewportSize = viewportSize;
  f.inverseViewport = 1.f / viewportSize;
  f.timeMs = input.timeMs;
  // A fixed clock must give the same picture whatever came before it.
  f.frameIndex = input.wait ? 0u : static_cast<uint32_t>(frameNumber);
  f.selectedPick = input.scene.selectedPick;
  f.hoveredPick = input.scene.hoveredPick;
  return f;
}

}  // namespace render
