// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/math/glm.h"

namespace scene {

/// Weather as far as the eye sees it.
struct Weather {
  float cloud = 0;      ///< 0 clear .. 1 overcast
  float rain = 0;       ///< 0 .. 1 (heavy)
  float haze = 0.15f;   ///< 0 crystal .. 1 dense (fine dust, fog)
  float wetness = 0;    ///< 0 dry .. 1 wet ground
};

/// Light and air of one moment; plain linear numbers that the renderer copies into FrameData.
struct Environment {
  glm::vec3 sunDirection{0, 0, 1};   ///< towards the light that casts shadows (sun, or moon at night)
  glm::vec3 sunColor{1};
  float sunVisibility = 1;
  glm::vec3 skyZenith{0.2f, 0.4f, 0.8f};
  glm::vec3 skyHorizon{0.7f, 0.8f, 0.9f};
  glm::vec3 skyGlow{1.0f, 0.8f, 0.6f};
  glm::vec3 groundAmbient{0.3f};
  glm::vec3 fogColor{0.7f, 0.8f, 0.9f};
  float fogDensity = 0.0001f;
  float fogBase = 0;                 ///< z where the density holds
  float fogFalloff = 0.003f;         ///< 1/m upward
  float exposure = 1;
  float nightFactor = 0;             ///< 0 day .. 1 night
  float hour = 12;                   ///< local, 0..24
  float autumn = 0;
  float wetness = 0;
  float rain = 0;
};

/// Colours of sky, sun, haze and ambient light from the sun's place and the weather, after
/// assets/styles numbers in LOOK terms: true sun by day, blue dusk, never-black night.
/// `elevation` (refracted) and `azimuth` (from true north, clockwise) in radians; `hour` local 0..24;
/// `dayOfYear` 1..366 gives the season of the trees.
Environment environmentFor(double elevation, double azimuth, double hour, int dayOfYear, const Weather& weather);

}  // namespace scene
