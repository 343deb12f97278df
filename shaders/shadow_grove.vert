#version 460
// SPDX-License-Identifier: Apache-2.0
// Distant trees merged into one mesh, by position alone.
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"

layout(location = 0) in vec3 inPosition;

void main() { gl_Position = push.shadowMatrix * vec4(inPosition, 1.0); }
