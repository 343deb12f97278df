#version 460
// SPDX-License-Identifier: Apache-2.0
// One colour: the yardstick against which shading is measured.
layout(location = 0) out vec4 outColor;
void main() { outColor = vec4(0.62, 0.60, 0.56, 1.0); }
