// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace panels {

/// Lower case (ASCII), without blanks, hyphens and points: what a search compares.
std::string folded(std::string_view utf8);

/// The initial consonants of Hangul syllables ("수성역" becomes "ㅅㅅㅇ"); other characters stay.
std::string initialsOf(std::string_view utf8);

/// True when the text is made of initial consonants only, so that it can be searched by them.
bool isInitials(std::string_view utf8);

}  // namespace panels
