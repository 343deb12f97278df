// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "twin/core/geodesy.h"
#include "twin/feeds/document.h"

// Units of the V2X standards, from the integers of the wire to SI. Values that the standards reserve for
// "unavailable" become nothing, never a number.
//   SAE J2735 (2016 and later) section 7: DE_Latitude, DE_Longitude, DE_Elevation, DE_Speed, DE_Heading,
//   DE_DSecond, DE_MinuteOfTheYear, DE_TimeMark
//   ETSI TS 102 894-2 (common data dictionary): Latitude, Longitude, SpeedValue, HeadingValue, TimestampIts
namespace feeds::v2x {

/// 0.1 microdegrees; 900,000,001 is unavailable (both standards).
std::optional<double> latitude(std::optional<int64_t> raw);
/// 0.1 microdegrees; 1,800,000,001 is unavailable (both standards).
std::optional<double> longitude(std::optional<int64_t> raw);
/// J2735: 0.02 m/s, 8191 unavailable.
std::optional<double> speed(std::optional<int64_t> raw);
/// J2735: 0.0125 degrees clockwise from true north, 28800 unavailable.
std::optional<double> heading(std::optional<int64_t> raw);
/// ETSI: 0.01 m/s, 16383 unavailable.
std::optional<double> etsiSpeed(std::optional<int64_t> raw);
/// ETSI: 0.1 degrees clockwise from true north, 3601 unavailable.
std::optional<double> etsiHeading(std::optional<int64_t> raw);

/// Longitude and latitude of a position node: latitude/longitude with a fraction are degrees (ODE JSON),
/// lat/long/lon and whole numbers beyond 180 are 0.1 microdegrees. The elevation of both standards is above
/// the ellipsoid, not the sea, so it is left at 0 and things are draped on the ground.
std::optional<core::GeoPoint> position(const DocNode& node);

/// The moment of a MinuteOfTheYear (0..527039; 527040 is invalid) with an optional DSecond (milliseconds of
/// the minute; 61000 and more are reserved or unavailable), in the year that brings it nearest to
/// `reference`: a message of New Year's Eve that is read in January stays in its year.
std::optional<base::UtcNs> minuteOfYear(std::optional<int64_t> minute, std::optional<int64_t> dSecond,
                                        base::UtcNs reference);
/// The moment nearest to `reference` at which the minute is `dSecond` milliseconds old.
std::optional<base::UtcNs> secondOfMinute(std::optional<int64_t> dSecond, base::UtcNs reference);
/// Minute `minute` of year `year`.
std::optional<base::UtcNs> minuteOf(int64_t year, int64_t minute);

/// J2735 TimeMark, tenths of a second in the current or next UTC hour, as seconds after `now`. 36001 (and
/// beyond) is unknown; 36000 means an hour or more and is unknown too. A mark at most a minute old is 0:
/// the change is due; an older one belongs to the next hour.
std::optional<double> secondsUntil(std::optional<int64_t> timeMark, base::UtcNs now);

/// ETSI TimestampIts: milliseconds of atomic time since 2004-01-01T00:00:00Z, so 5 s of leap seconds ahead
/// of UTC (since 2017).
std::optional<base::UtcNs> timestampIts(std::optional<int64_t> milliseconds);
/// ETSI GenerationDeltaTime: TimestampIts modulo 65,536, the moment nearest to `reference`.
std::optional<base::UtcNs> generationDelta(std::optional<int64_t> milliseconds, base::UtcNs reference);

}  // namespace feeds::v2x
