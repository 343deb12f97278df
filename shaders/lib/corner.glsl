// SPDX-License-Identifier: Apache-2.0
// A quad's corner from gl_VertexIndex: right for a strip of four and for a list of six.
vec2 quadCorner(int index) {
  const int corner = index < 4 ? index : 6 - index;  // 0 1 2, 3 2 1
  return vec2(float(corner & 1), float(corner >> 1)) * 2.0 - 1.0;
}
