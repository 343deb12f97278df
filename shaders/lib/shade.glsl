// SPDX-License-Identifier: Apache-2.0
// From matter to light to the colour attachment.
#ifndef SHADE_GLSL
#define SHADE_GLSL

struct Lit {
  vec3 color;
  float ambientShare;
};

// Wet ground darkens and mirrors; only horizontal matter takes water.
void wet(inout Matter m) {
  if (m.wets == 0.0) return;
  const float puddle = kQuality > 0u ? smoothstep(0.35, 0.8, waves2(vPosition.xy * 0.31)) : 0.5;
  m.albedo *= 1.0 - 0.38 * frame.wetness * (0.4 + 0.6 * m.wets);
  m.mirror = max(m.mirror, frame.wetness * m.wets * (0.45 + 0.5 * puddle));
  m.roughness = mix(m.roughness, 0.12, frame.wetness * m.wets);
}

// Crowns are lumps of leaves, not solids: their shadow on themselves starts a metre inside.
vec3 shadowPoint() { return surfaceKind() == kSurfaceFoliage ? vPosition + frame.sunDirection * 1.6 : vPosition; }

// Low, lit at the vertices (surface_vertex.glsl): shadow, lamps and tone.
vec4 finishedColor() {
  vec3 c = v0.rgb;
  if (!kInstanced) {
    if ((kLights & 1u) != 0u) c += v1.rgb * lowShadow(vec3(v0.w, v1.w, v3.z));
    if ((kLights & 2u) != 0u) c += v2.rgb * fieldLight(v3.xy);
    c = encodeSrgb(toneCurve(c));
  }
  return vec4(c, lumaOf(c));
}

// Low: finished vertex terms, one shadow tap, a mirror that only knows the horizon.
Lit litLow(Matter m) {
  vec3 light = vAmbient;
  if ((kLights & 1u) != 0u) {
    float sun = frame.sunVisibility * vShade.x;  // instance.vert has put shadow and leaves in
    if (!kInstanced) sun *= lowShadow(vShadow);
    light += frame.sunColor * sun;
  }
  if ((kLights & 2u) != 0u) light += fieldLight(vPosition.xy) * m.lamp;
  vec3 c = m.albedo * light;
  c = mix(c, frame.fogColor, m.mirror * (0.10 + 0.75 * vShade.z));
  return Lit(c + m.emission, 0.0);
}

// GGX highlight of the sun (Karis 2013, "Real shading in Unreal Engine 4"); D * V only.
float highlight(vec3 n, vec3 v, vec3 l, float roughness) {
  const vec3 h = normalize(v + l);
  const float a = roughness * roughness;
  const float a2 = a * a;
  const float nh = max(dot(n, h), 0.0);
  const float d = nh * nh * (a2 - 1.0) + 1.0;
  const float k = 0.5 * a + 0.125;
  const float nl = max(dot(n, l), 0.0);
  const float nv = max(dot(n, v), 1e-3);
  return a2 * nl / (3.14159 * d * d * 4.0 * mix(nl, 1.0, k) * mix(nv, 1.0, k));
}

Lit litFull(Matter m) {
  float openness = vAlbedo.a;
  if (m.wets > 0.0) openness *= groundOpenness(vPosition.xy);  // what takes rain is ground
  vec3 n = normalize(vShade.xyz);
  const vec3 v = normalize(frame.cameraPosition - vPosition);
  if (dot(n, v) < 0.0 && surfaceKind() == kSurfaceFoliage) n = -n;
  const float nl = dot(n, frame.sunDirection);
  const bool leaf = surfaceKind() == kSurfaceFoliage;
  // Leaves pass light: the far side glows a little in its own colour.
  float sun = leaf ? 0.30 + 0.70 * max(nl, 0.0) : max(nl, 0.0);
  float shadow = 1.0;
  if ((kLights & 1u) != 0u && (leaf || nl > 0.0)) shadow = sunShadow(shadowPoint(), n);
  const vec3 sunLight = frame.sunColor * (shadow * frame.sunVisibility);
  const vec3 ambient = ambientLight(0.5 + 0.5 * n.z) * openness + afterglow(max(nl, 0.0));
  vec3 lamps = vec3(0.0);
  if ((kLights & 2u) != 0u) lamps = fieldLight(vPosition.xy) * m.lamp;

  const float nv = max(dot(n, v), 0.0);
  const float grazing = pow(1.0 - nv, 5.0);
  const float fresnel = 0.04 + 0.96 * grazing * (1.0 - 0.7 * m.roughness);
  const float reflectance = m.mirror * clamp(0.10 + fresnel, 0.0, 1.0);
  const vec3 diffuse = m.albedo * (sunLight * sun + lamps);
  const vec3 filled = m.albedo * ambient;
  vec3 c = diffuse + filled;
  if (m.mirror > 0.01) {
    vec3 r = reflect(-v, n);
    if (m.wets > 0.5) {
      // A wet street mirrors the lamps: where the mirrored ray reaches their height, the ground's own
      // lamp light tells how near it passes one. Three heights draw the long streak.
      r = normalize(r + vec3(0, 0, 0.05));
      if ((kLights & 2u) != 0u && frame.wetness > 0.0) {
        const vec2 slope = r.xy / max(r.z, 0.05);
        vec3 streak = vec3(0.0);
        for (int i = 0; i < 3; ++i) {
          const vec3 seen = fieldLight(vPosition.xy + slope * (5.0 + 2.0 * float(i)));
          streak += seen * seen * seen;
        }
        c += min(streak, vec3(3.0)) * (0.32 * m.mirror * frame.wetness * (0.25 + 0.75 * fresnel));
      }
    }
    // Below the horizon a mirror sees the city, not the sky.
    const vec3 mirrored = r.z > 0.0 ? skyColor(r) : mix(skyColor(vec3(r.xy, 0.02)), frame.groundAmbient, clamp(-r.z * 6.0, 0.0, 1.0));
    c = mix(c, mirrored * (0.35 + 0.65 * openness), reflectance);
  }
  if ((kLights & 5u) != 0u && shadow > 0.0 && nl > 0.0) {
    if (kQuality > 1u || m.mirror > 0.05) {
      c += sunLight * (highlight(n, v, frame.sunDirection, max(m.roughness, 0.05)) * (0.04 + 0.96 * grazing) * (0.3 + 2.0 * m.mirror));
    }
  }
  const float share = clamp(luminance(filled) / max(luminance(c), 1e-4), 0.0, 1.0);
  return Lit(c + m.emission, mix(0.25, 1.0, share));
}

Lit lit(inout Matter m) {
  wet(m);
  if (kQuality == 0u) return litLow(m);
  return litFull(m);
}

// Air, selection, data glow, tone.
vec4 finish(Matter m, Lit light) {
  vec3 c = light.color;
  const uint state = stateBits();
  if ((state & (kStateSelected | kStateHovered)) != 0u) {
    c *= 1.12;
    c += ((state & kStateSelected) != 0u ? 0.05 : 0.03) / frame.exposure;
  }
  const uint tint = vFlat.w >> 24;
  if (tint != 0u) c += m.albedo * (float(tint) * (0.9 / 255.0) / frame.exposure);
  c += m.shown / frame.exposure;
  vec3 air = frame.fogColor;
  if (kQuality > 0u) {
    const float towards = max(dot(normalize(vPosition - frame.cameraPosition), frame.sunDirection), 0.0);
    air += frame.skyGlow * (0.25 * towards * towards * towards * towards);
  }
  // What speaks is heard through haze: data lose only half to it.
  const float glow = max(m.shown.r, max(m.shown.g, m.shown.b));
  c = mix(c, air, vShade.w * (1.0 - 0.5 * min(glow, 1.0)));
  if (kQuality == 0u) {
    const vec3 encoded = encodeSrgb(toneCurve(c * frame.exposure));
    return vec4(encoded, lumaOf(encoded));
  }
  return vec4(c, light.ambientShare * (1.0 - vShade.w));
}

#endif
