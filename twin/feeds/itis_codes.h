// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "twin/core/catalogue.h"

namespace feeds {

/// What an ITIS code says. The phrases most used in traveller information, by their numbers in SAE J2540-2
/// (ITIS phrase lists; the classes 513 accidents, 769 closures, 1025 roadwork, 1281 obstruction, 1793 unusual
/// driving, 4865 precipitation, 5889 pavement, 6913 warning, 7169 and 7425 instructions, 7937 places, 13569
/// MUTCD). 12544 + n is the number n ("small numbers"). Any other code is named by its number: never guessed.
core::BilingualText itisText(int64_t code);

}  // namespace feeds
