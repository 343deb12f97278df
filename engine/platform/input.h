// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace platform {

enum class Button : uint8_t { Left, Right, Middle };
constexpr int kButtons = 3;

/// Keys that the program names; text comes as text.
enum class Key : uint16_t {
  Unknown, Escape, Enter, Tab, Backspace, Insert, Delete, Left, Right, Up, Down, PageUp, PageDown, Home, End, Space,
  F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12,
  A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y, Z,
  Digit0, Digit1, Digit2, Digit3, Digit4, Digit5, Digit6, Digit7, Digit8, Digit9,
  Minus, Equal, Comma, Period, Slash, LeftBracket, RightBracket,
  LeftShift, RightShift, LeftControl, RightControl, LeftAlt, RightAlt,
  Count
};

struct Modifiers {
  bool shift = false;
  bool control = false;
  bool alt = false;
  bool super = false;
  bool operator==(const Modifiers&) const = default;
};

struct KeyEvent {
  Key key = Key::Unknown;
  bool pressed = false;  ///< else released
  bool repeat = false;
  Modifiers modifiers;
};

struct ButtonState {
  bool down = false;
  bool pressed = false;   ///< went down since the last poll, even if it is up again
  bool released = false;
};

struct Size {
  uint32_t width = 0;
  uint32_t height = 0;
  bool operator==(const Size&) const = default;
};

struct Point {
  double x = 0;
  double y = 0;
};

/// All that happened since the last poll, as a value. Positions are in framebuffer pixels from the
/// upper left corner.
struct Input {
  Size framebuffer;          ///< pixels; zero while minimised
  Size window;               ///< screen coordinates
  float contentScale = 1;    ///< of the monitor, for the size of text
  bool closeRequested = false;
  bool focused = true;
  bool minimised = false;
  bool cursorInside = false;
  Point cursor;
  ButtonState buttons[kButtons];
  Modifiers modifiers;       ///< held at the time of the poll
  Point scroll;              ///< steps; y away from the user is positive
  std::vector<KeyEvent> keys;
  std::string text;          ///< typed, UTF-8
  std::vector<std::string> droppedFiles;

  const ButtonState& button(Button b) const { return buttons[static_cast<int>(b)]; }
  /// True when the key was pressed (not repeated) since the last poll.
  bool pressed(Key key) const;
  bool keyDown[static_cast<int>(Key::Count)] = {};
  bool down(Key key) const { return keyDown[static_cast<int>(key)]; }
};

/// Appends one code point as UTF-8; surrogates and values above 0x10ffff are left out.
void appendUtf8(std::string& text, uint32_t codePoint);

/// A fresh Input for the next poll: what lasts is kept, what happened is cleared.
Input nextInput(const Input& last);

}  // namespace platform
