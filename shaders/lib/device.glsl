// SPDX-License-Identifier: Apache-2.0
// Things that say something: signals, vehicle lamps, marks of data.
#ifndef DEVICE_GLSL
#define DEVICE_GLSL

bool flashNow(uint periodMs) { return frame.timeMs % periodMs < periodMs / 2u; }

void shadeLens(inout Matter m) {
  const uint index = surfaceParam();
  const bool lit = (stateBits() >> (kStateLevelShift + index) & 1u) != 0u;
  const vec3 color = m.albedo;
  m.albedo = vec3(0.018) + 0.03 * color;
  m.mirror = 0.1;
  if (lit) m.shown = color * 1.7 + 0.10;
}

void shadeTaillight(inout Matter m) {
  const bool brake = (stateBits() & kStateBrake) != 0u;
  const bool on = (stateBits() & kStateHeadlights) != 0u;
  m.albedo = vec3(0.20, 0.012, 0.012);
  if (brake) m.shown = vec3(1.35, 0.06, 0.04);
  else if (on) m.shown = vec3(0.42, 0.012, 0.010);
}

void shadeHeadlight(inout Matter m) {
  m.albedo = vec3(0.55);
  m.mirror = 0.4;
  if ((stateBits() & kStateHeadlights) != 0u) m.emission = vec3(2.6, 2.45, 2.1) * (0.35 + 0.65 * frame.nightFactor);
}

void shadeIndicator(inout Matter m) {
  const uint bit = surfaceParam() == 0u ? kStateIndicatorLeft : kStateIndicatorRight;
  m.albedo = vec3(0.30, 0.12, 0.02);
  if ((stateBits() & bit) != 0u && flashNow(700u)) m.shown = vec3(1.5, 0.52, 0.04);
}

void shadeLampHead(inout Matter m) {
  m.albedo = vec3(0.62, 0.61, 0.57);
  if ((stateBits() & kStateLampOn) != 0u) {
    m.emission = vec3(1.0, 0.86, 0.66) * (0.5 + 2.6 * stateLevel()) * (0.4 + 0.6 * frame.nightFactor);
  }
}

void shadeScreen(inout Matter m) {
  const vec3 color = m.albedo;
  m.albedo = vec3(0.02);
  m.mirror = 0.12;
  // Rows of diodes with a slow sweep: a picture seen from afar, not a flat tile.
  const float rows = 0.92 + 0.08 * sin(vUv.y * 9.0);
  const float sweep = 0.75 + 0.25 * sin(vUv.x * 0.9 + vUv.y * 0.6 + float(frame.timeMs & 0xffffu) * (6.2831853 * 12.0 / 65536.0));
  m.shown = color * (rows * sweep * stateLevel() * 0.95);
}

// A data mark: its colour glows; saturation falls as the value ages past its period, a dead one is a
// hollow ring, a bad one hatched. Blinks only for an unacknowledged alarm.
void shadeStatus(inout Matter m) {
  const uint state = stateBits();
  const uint quality = state >> kStateQualityShift & 3u;
  const float age = float(state & kStateAgeMask) * (1.0 / 16.0);  // in expected periods
  vec3 c = m.albedo;
  float fade = quality == 0u ? 0.0 : clamp(0.35 + 0.16 * (age - 1.0), 0.35, 0.85);
  if (quality == 2u) fade = 1.0;
  c = mix(c, vec3(luminance(c)) * 0.9 + 0.03, fade);
  float fill = 1.0;
  if (quality >= 2u) {
    // Hollow where the mark carries coordinates about its middle, else hatched on the screen.
    const float r = length(vUv);
    const float hatch = 0.2 + 0.8 * step(0.5, fract((gl_FragCoord.x + gl_FragCoord.y) * 0.125));
    fill = quality == 2u && r > 0.01 ? 0.12 + 0.88 * smoothstep(0.52, 0.60, r) : hatch;
  }
  if ((state & kStateBlink) != 0u && !flashNow(1200u)) fill *= 0.25;
  m.albedo = vec3(0.03);
  m.shown = c * fill;
}

void shadeGauge(inout Matter m) {
  const vec3 c = m.albedo;
  const bool below = vUv.y <= stateLevel();
  m.albedo = below ? c * 0.3 : vec3(0.06);
  m.shown = below ? c * 0.9 : vec3(0.0);
}

#endif
