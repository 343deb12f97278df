// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/environment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>

namespace scene {
namespace {

constexpr float kDegrees = 180.f / std::numbers::pi_v<float>;

/// The look at one height of the sun. Sky colours are written as they are seen (sRGB); numbers of
/// light are linear, 1 = what shows a white wall just below white at exposure 1.
struct Key {
  float degrees;
  uint32_t zenith, horizon, fog, glow;
  float glowPower;
  uint32_t sun;
  float sunPower;
  float exposure;
};

// The dusk between -2 and -6 is the signature hour: a deep clean blue above, a band of rose and amber
// where the sun went. Night ends at #0B1220 .. #1B2740, never black.
constexpr std::array kKeys{
    Key{-18.f, 0x0B1220, 0x1B2740, 0x1A2641, 0x2A3350, 0.00f, 0x8FA6D6, 0.00f, 1.35f},
    Key{-12.f, 0x0D1730, 0x243459, 0x1F2D4E, 0x5A4A62, 0.04f, 0x8FA6D6, 0.00f, 1.32f},
    Key{-8.f, 0x122653, 0x385088, 0x2C3E6C, 0xB0604A, 0.22f, 0xFFB27A, 0.00f, 1.25f},
    Key{-6.f, 0x183268, 0x4E69A6, 0x405789, 0xD97A4C, 0.45f, 0xFFB27A, 0.00f, 1.20f},
    Key{-4.f, 0x234583, 0x7089BE, 0x5E72A2, 0xF0945A, 0.62f, 0xFFAA70, 0.00f, 1.15f},
    Key{-2.f, 0x315B9C, 0x9EA8C4, 0x858EAC, 0xFFA868, 0.70f, 0xFFA468, 0.00f, 1.10f},
    Key{0.f, 0x4372AE, 0xC6B8B2, 0xAAA3A6, 0xFFB070, 0.66f, 0xFF9A58, 0.34f, 1.06f},
    Key{3.f, 0x4A7DBA, 0xD6C8BA, 0xBFB6B0, 0xFFBE82, 0.52f, 0xFFB070, 0.98f, 1.03f},
    Key{6.f, 0x4A82C0, 0xD6D2CC, 0xC4C2C0, 0xFFD0A0, 0.40f, 0xFFC690, 1.42f, 1.00f},
    Key{12.f, 0x4783C3, 0xCED8DE, 0xB6C6D2, 0xFFE0BE, 0.30f, 0xFFDDB8, 1.70f, 0.98f},
    Key{20.f, 0x4380C2, 0xC4D7E5, 0xA9C1D6, 0xFFEAD2, 0.24f, 0xFFE8CF, 1.80f, 0.95f},
    Key{60.f, 0x3A76BC, 0xBAD3E6, 0xA2BDD4, 0xFFF2E2, 0.18f, 0xFFF1E0, 1.70f, 0.88f},
    Key{90.f, 0x3772B8, 0xB8D1E6, 0xA0BBD4, 0xFFF4E8, 0.16f, 0xFFF3E4, 1.68f, 0.86f}};

glm::vec3 linear(uint32_t rgb) {
  const glm::vec3 c = glm::vec3(rgb >> 16 & 255u, rgb >> 8 & 255u, rgb & 255u) / 255.f;
  return c * (c * (c * 0.305306011f + 0.682171111f) + 0.012522878f);
}

float smooth(float from, float to, float x) {
  const float t = std::clamp((x - from) / (to - from), 0.f, 1.f);
  return t * t * (3.f - 2.f * t);
}

float luminance(const glm::vec3& c) { return glm::dot(c, glm::vec3(0.2126f, 0.7152f, 0.0722f)); }

/// The keys blended at `degrees`, colours already linear.
struct Mood {
  glm::vec3 zenith, horizon, fog, glow, sun;
  float exposure;
};

Mood moodOf(const Key& k) {
  return {linear(k.zenith), linear(k.horizon), linear(k.fog), linear(k.glow) * k.glowPower, linear(k.sun) * k.sunPower,
          k.exposure};
}

Mood moodAt(float degrees) {
  const auto after = std::ranges::find_if(kKeys, [&](const Key& k) { return k.degrees >= degrees; });
  if (after == kKeys.begin()) return moodOf(kKeys.front());
  if (after == kKeys.end()) return moodOf(kKeys.back());
  const Key& before = *(after - 1);
  const Mood a = moodOf(before);
  const Mood b = moodOf(*after);
  const float t = (degrees - before.degrees) / (after->degrees - before.degrees);
  return {glm::mix(a.zenith, b.zenith, t), glm::mix(a.horizon, b.horizon, t), glm::mix(a.fog, b.fog, t),
          glm::mix(a.glow, b.glow, t),     glm::mix(a.sun, b.sun, t),
          glm::mix(a.exposure, b.exposure, t)};
}

/// Clouds take colour and contrast out of the sky and the sun out of the light; when dusk is over they throw back
/// what the city sends up, so that an overcast night is lighter than a clear one.
void applyWeather(Mood& mood, const Weather& w, float degrees) {
  const float cloud = std::clamp(w.cloud, 0.f, 1.f);
  const float rain = std::clamp(w.rain, 0.f, 1.f);
  const float grey = smooth(0.f, 1.f, cloud) * 0.88f;
  const float night = 1.f - smooth(-12.f, -7.f, degrees);
  const float light = luminance(mood.horizon) * std::lerp(0.86f - 0.22f * cloud - 0.14f * rain, 1.9f - 0.3f * rain, night);
  const glm::vec3 veil = glm::vec3(0.93f, 0.98f, 1.06f) * light;
  mood.zenith = glm::mix(mood.zenith, veil * 0.86f, grey);
  mood.horizon = glm::mix(mood.horizon, veil, grey);
  mood.fog = glm::mix(mood.fog, veil * 0.97f, grey);
  mood.glow *= 1.f - 0.92f * grey;
  // Fine dust whitens the horizon and warms it a little.
  const float dust = std::clamp(w.haze - 0.15f, 0.f, 1.f) * (1.f - grey);
  mood.horizon = glm::mix(mood.horizon, glm::vec3(1.02f, 1.0f, 0.94f) * luminance(mood.horizon), 0.7f * dust);
  mood.fog = glm::mix(mood.fog, glm::vec3(1.02f, 1.0f, 0.94f) * luminance(mood.fog), 0.7f * dust);
  mood.zenith = glm::mix(mood.zenith, mood.horizon * 0.85f, 0.5f * dust);
  mood.sun *= 1.f - 0.35f * dust;
}

glm::vec3 direction(double elevation, double azimuth) {
  return glm::vec3(std::sin(azimuth) * std::cos(elevation), std::cos(azimuth) * std::cos(elevation), std::sin(elevation));
}

/// The light that casts shadows: the sun down to the horizon; deep in the night a dim cool light stands
/// high in the south-east, so that forms stay readable. Between them nothing casts shadows, and the
/// direction changes there unseen.
void setKeyLight(Environment& e, const Mood& mood, double elevation, double azimuth, const Weather& w) {
  const float degrees = static_cast<float>(elevation) * kDegrees;
  const float clear = 1.f - 0.94f * smooth(0.15f, 0.95f, w.cloud);
  if (degrees > -9.f) {
    e.sunDirection = direction(elevation, azimuth);
    e.sunColor = mood.sun;
    e.sunVisibility = smooth(-0.9f, 3.f, degrees) * clear;
    return;
  }
  constexpr double kHigh = 52.0 / 57.29577951308232;
  constexpr double kSouthEast = 2.2;
  e.sunDirection = direction(kHigh, kSouthEast);
  e.sunColor = glm::vec3(0.052f, 0.069f, 0.112f);
  e.sunVisibility = smooth(-9.f, -14.f, degrees) * (1.f - 0.6f * std::clamp(w.cloud, 0.f, 1.f));
}

/// 0 by day; lamps and windows follow it from one degree above the horizon to six below.
float nightOf(float degrees) { return 1.f - smooth(-6.f, 1.f, degrees); }

/// Leaves in Daegu: the first turn in early October, the height is mid November, bare by mid December.
float autumnOf(int dayOfYear) {
  const auto day = static_cast<float>(std::clamp(dayOfYear, 1, 366));
  return smooth(268.f, 316.f, day) * (1.f - 0.75f * smooth(330.f, 362.f, day)) * (day > 200.f ? 1.f : 0.f);
}

}  // namespace

Environment environmentFor(double elevation, double azimuth, double hour, int dayOfYear, const Weather& weather) {
  const float degrees = static_cast<float>(elevation) * kDegrees;
  Mood mood = moodAt(degrees);
  applyWeather(mood, weather, degrees);

  Environment e;
  setKeyLight(e, mood, elevation, azimuth, weather);
  e.exposure = mood.exposure * (1.f + 0.12f * std::clamp(weather.cloud, 0.f, 1.f));
  // The keys say how the sky looks; the scene's light is that before exposure.
  e.skyZenith = mood.zenith / e.exposure;
  e.skyHorizon = mood.horizon / e.exposure;
  e.skyGlow = mood.glow / e.exposure * (degrees > -9.f ? 1.f : 0.f) * smooth(-9.f, -7.f, degrees);
  e.fogColor = mood.fog / e.exposure;

  // What the ground throws back: its mean albedo times the light that falls on it.
  const glm::vec3 sky = 0.45f * e.skyZenith + 0.55f * e.skyHorizon;
  const float fill = std::lerp(1.12f, 0.74f, e.sunVisibility * (1.f - nightOf(degrees)));  // as lib/sky.glsl
  const float sine = std::max(e.sunDirection.z, 0.f);
  e.groundAmbient = glm::vec3(0.36f, 0.34f, 0.30f) * (e.sunColor * (e.sunVisibility * sine) + sky * fill) +
                    glm::vec3(0.003f, 0.004f, 0.006f);

  const float haze = std::clamp(weather.haze, 0.f, 1.f);
  const float rain = std::clamp(weather.rain, 0.f, 1.f);
  e.fogDensity = 5.5e-5f + 2.4e-3f * std::pow(haze, 2.2f) + 5.5e-4f * rain;
  e.fogBase = 0.f;
  e.fogFalloff = 0.0032f;
  e.nightFactor = nightOf(degrees);
  e.hour = static_cast<float>(hour);
  e.autumn = autumnOf(dayOfYear);
  e.wetness = std::max(std::clamp(weather.wetness, 0.f, 1.f), smooth(0.f, 0.3f, rain));
  e.rain = rain;
  return e;
}

}  // namespace scene
