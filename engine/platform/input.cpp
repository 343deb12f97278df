// SPDX-License-Identifier: Apache-2.0
#include "engine/platform/input.h"

#include <algorithm>

namespace platform {

bool Input::pressed(Key key) const {
  return std::any_of(keys.begin(), keys.end(), [&](const KeyEvent& e) { return e.key == key && e.pressed && !e.repeat; });
}

void appendUtf8(std::string& text, uint32_t c) {
  if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return;
  const auto put = [&](uint32_t byte) { text += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xc0 | c >> 6);
    put(0x80 | (c & 63));
  } else if (c < 0x10000) {
    put(0xe0 | c >> 12);
    put(0x80 | (c >> 6 & 63));
    put(0x80 | (c & 63));
  } else {
    put(0xf0 | c >> 18);
    put(0x80 | (c >> 12 & 63));
    put(0x80 | (c >> 6 & 63));
    put(0x80 | (c & 63));
  }
}

Input nextInput(const Input& last) {
  Input next = last;
  next.keys.clear();
  next.text.clear();
  next.droppedFiles.clear();
  next.scroll = {};
  for (ButtonState& b : next.buttons) b.pressed = b.released = false;
  return next;
}

}  // namespace platform
