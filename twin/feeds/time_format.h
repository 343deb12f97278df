// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "engine/base/clock.h"

namespace feeds {

/// A moment from text by a pattern in the manner of strptime:
///   %Y year of four digits  %y of two (20yy)  %m month  %d day  %H hour 0..24  %M minute
///   %S second with an optional fraction  %j day of the year  %z zone (Z, +09:00, +0900)  %% a per cent
/// A blank fits any run of blanks or none. Numbers may have one digit less when something else than a
/// digit follows. Hour 24 is midnight at the end of the day, as AirKorea writes it. Without %z the time is of
/// `offsetMinutes` east of UTC. The whole text must fit and the year lie within 1970..2199.
/// Also: "iso" (ISO 8601; without a zone of `offsetMinutes`; a date alone is its midnight), "unix"
/// (seconds) and "unix_ms".
std::optional<base::UtcNs> parseTime(std::string_view text, std::string_view pattern, int offsetMinutes);

/// False when a pattern has a letter that parseTime() does not know.
bool validTimePattern(std::string_view pattern);

}  // namespace feeds
