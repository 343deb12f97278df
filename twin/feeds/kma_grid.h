// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "twin/core/geodesy.h"

namespace feeds {

/// Cell of the grid of the KMA's short-term forecast, counted from 1.
struct KmaCell {
  int nx = 0;
  int ny = 0;
};

/// The cell that holds a place. The grid ("DFS") is a Lambert conformal conic projection on a sphere:
/// radius 6371.00877 km, grid 5.0 km, standard parallels 30 and 60 degrees north, origin 126 degrees east
/// and 38 degrees north at cell (43, 136). With R = radius / grid and all angles in radians:
///   sn = ln(cos 30 / cos 60) / ln(tan(45 + 30) / tan(45 + 15))
///   sf = tan(45 + 15)^sn * cos 30 / sn,  ro = R * sf / tan(45 + 19)^sn
///   ra = R * sf / tan(45 + lat / 2)^sn,  theta = sn * (lon - 126)
///   nx = floor(ra * sin theta + 43 + 0.5),  ny = floor(ro - ra * cos theta + 136 + 0.5)
/// Source: KMA, user's guide of VilageFcstInfoService_2.0 (data.go.kr 15084084), appended C program.
KmaCell kmaCell(double longitude, double latitude);
/// Centre of a cell; the inverse of the above.
core::GeoPoint kmaCellCentre(KmaCell cell);

/// Which issue of a KMA product to ask for.
struct KmaBase {
  std::string date;  ///< yyyymmdd, Korean time
  std::string time;  ///< hhmm
};

/// The newest issue that is published at a moment, by the table "base_time, available from" of the same
/// guide: getUltraSrtNcst on the hour, available 10 minutes later; getUltraSrtFcst at half past, available
/// at 45 past; getVilageFcst at 02, 05, 08, 11, 14, 17, 20 and 23 h, available 10 minutes later.
KmaBase kmaBase(std::string_view call, base::UtcNs now);

}  // namespace feeds
