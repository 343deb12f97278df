// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/hangul.h"

#include <cstdint>

namespace panels {
namespace {

/// Unicode, "Hangul Syllables": syllable = U+AC00 + (initial * 21 + vowel) * 28 + final.
constexpr uint32_t kFirstSyllable = 0xac00;
constexpr uint32_t kLastSyllable = 0xd7a3;
constexpr uint32_t kPerInitial = 21 * 28;
/// The compatibility letters that keyboards type, in the order of the initials.
constexpr uint32_t kInitials[19] = {0x3131, 0x3132, 0x3134, 0x3137, 0x3138, 0x3139, 0x3141, 0x3142, 0x3143, 0x3145,
                                    0x3146, 0x3147, 0x3148, 0x3149, 0x314a, 0x314b, 0x314c, 0x314d, 0x314e};

/// The code point at `i`, which moves behind it; a broken byte stands for itself.
uint32_t next(std::string_view text, size_t& i) {
  const auto byte = [&](size_t k) { return static_cast<uint32_t>(static_cast<unsigned char>(text[k])); };
  const uint32_t first = byte(i);
  const int more = first < 0xc0 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
  if (more == 0 || i + static_cast<size_t>(more) >= text.size()) {
    ++i;
    return first;
  }
  uint32_t code = first & (0x3fu >> more);
  for (int k = 1; k <= more; ++k) code = code << 6 | (byte(i + static_cast<size_t>(k)) & 63u);
  i += static_cast<size_t>(more) + 1;
  return code;
}

void appendLetter(std::string& text, uint32_t code) {
  text += static_cast<char>(0xe0 | code >> 12);
  text += static_cast<char>(0x80 | (code >> 6 & 63));
  text += static_cast<char>(0x80 | (code & 63));
}

}  // namespace

std::string folded(std::string_view utf8) {
  std::string text;
  text.reserve(utf8.size());
  for (const char c : utf8) {
    if (c == ' ' || c == '-' || c == '.' || c == '_') continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

std::string initialsOf(std::string_view utf8) {
  std::string text;
  text.reserve(utf8.size());
  for (size_t i = 0; i < utf8.size();) {
    const size_t start = i;
    const uint32_t code = next(utf8, i);
    if (code >= kFirstSyllable && code <= kLastSyllable) appendLetter(text, kInitials[(code - kFirstSyllable) / kPerInitial]);
    else text.append(utf8.substr(start, i - start));
  }
  return text;
}

bool isInitials(std::string_view utf8) {
  bool any = false;
  for (size_t i = 0; i < utf8.size();) {
    const uint32_t code = next(utf8, i);
    if (code < 0x3131 || code > 0x314e) return false;
    any = true;
  }
  return any;
}

}  // namespace panels
