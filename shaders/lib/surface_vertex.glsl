// SPDX-License-Identifier: Apache-2.0
// The part that static.vert and instance.vert share. Needs bindings, unpack, sky, varyings, light.

const vec4 kNowhere = vec4(2.0, 2.0, 2.0, 1.0);  // outside the clip volume: the triangle vanishes

void writeShade(vec3 position, vec3 normal, float openness) {
  vPosition = position;
  const float fog = fogBetween(position);
  if (kQuality == 0u) {
    const vec3 ray = normalize(position - frame.cameraPosition);
    const float facing = 1.0 - abs(dot(ray, normal));
    const float facing2 = facing * facing;
    const float sun = max(dot(normal, frame.sunDirection), 0.0);
    vShade = vec4(sun, 0.5 + 0.5 * normal.z, facing2 * facing2 * facing, fog);
    vAmbient = ambientLight(0.5 + 0.5 * normal.z) * openness + afterglow(sun);
    vShadow0 = inCascade(frame.cascade[0], frame.cascadeRadius.x, position);
    vShadow1 = inCascade(frame.cascade[1], frame.cascadeRadius.y, position);
  } else {
    vShade = vec4(normal, fog);
  }
}
