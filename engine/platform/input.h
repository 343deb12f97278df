// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/math/glm.h"

namespace platform {

/// Keys the program knows; letters and digits are their own ASCII capitals.
enum class Key : uint16_t {
  Unknown = 0,
  Space = ' ', Apostrophe = '\'', Comma = ',', Minus = '-', Period = '.', Slash = '/', Equal = '=',
  LeftBracket = '[', RightBracket = ']',
  // '0'..'9' and 'A'..'Z' by value
  Escape = 256, Enter, Tab, Backspace, Insert, Delete, Right, Left, Down, Up, PageUp, PageDown, Home, End,
  F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12,
  Shift, Control, Alt, Super,
  Count
};

constexpr Key letter(char capital) { return static_cast<Key>(capital); }

struct KeyEvent {
  Key key = Key::Unknown;
  bool pressed = false;   ///< false: released
  bool repeat = false;
};

struct Modifiers {
  bool shift = false, control = false, alt = false, super = false;
};

/// Everything that happened to the window since the last poll: a value, not callbacks into modules.
struct Input {
  glm::ivec2 framebuffer{0};     ///< pixels
  glm::ivec2 window{0};          ///< screen coordinates
  float contentScale = 1;
  bool closeRequested = false;
  bool focused = true;
  bool minimised = false;
  glm::dvec2 cursor{-1};         ///< framebuffer pixels from the upper left corner
  glm::dvec2 cursorMove{0};      ///< since the last poll
  bool buttons[3] = {};          ///< left, right, middle: held
  bool pressed[3] = {};          ///< went down since the last poll
  bool released[3] = {};
  bool doubleClick = false;      ///< left, twice within 0.35 s and 6 pixels
  glm::dvec2 scroll{0};          ///< wheel steps, y positive away from the hand
  Modifiers modifiers;
  std::vector<KeyEvent> keys;
  std::vector<uint32_t> typed;   ///< Unicode code points
  std::vector<std::string> droppedFiles;
  bool held[static_cast<size_t>(Key::Count)] = {};

  bool isHeld(Key key) const { return held[static_cast<size_t>(key)]; }
};

}  // namespace platform
