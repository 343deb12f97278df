// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "twin/core/geodesy.h"
#include "twin/feeds/call_budget.h"
#include "twin/model/observation.h"

namespace feeds {

/// What a feed file says of one feed: a `[[feed]]` table of TOML. assets/feeds/example.toml explains each
/// key. Keys and passwords are not in it, only where they are kept.
struct FeedDescription {
  std::string name;    ///< unique; a later file's table of the same name replaces the keys that it gives
  std::string url;     ///< http(s)://, mqtt(s)://, file:, sample:, sim:
  std::string format;  ///< topic by which the decoder is chosen ("kr/kma/getUltraSrtNcst"); empty: by mapping
  std::string subject; ///< what an answer that does not name itself is about: a station, a stop, a route
  double period = 60;  ///< seconds between two requests
  double expectedPeriod = 60;  ///< seconds between two messages before the feed counts as silent
  std::string keyEnv;          ///< environment variable that holds the key
  std::filesystem::path keyFile;  ///< file with owner-only permission that holds it
  std::string keyParameter;       ///< query parameter that carries the key; empty: {key} in url or headers
  std::filesystem::path mapping;  ///< mapping file, for JSON, CSV and XML that no decoder knows
  uint32_t quotaPerDay = 0;       ///< 0: none
  std::string quotaName;          ///< feeds of one key share a count; empty: the feed's name
  std::optional<ServiceHours> hours;
  std::vector<std::pair<std::string, std::string>> headers;  ///< values may hold {key}
  std::optional<core::GeoPoint> place;                       ///< for {nx} and {ny}; empty: the city's origin
  model::Provenance provenance = model::Provenance::Measured;
  bool sample = false;          ///< provenance = "recorded sample"
  base::UtcNs sampleTime = 0;   ///< the moment that a sample shows as now; 0: its times stay as they are
  bool enabled = true;
  std::string origin;  ///< "file:line" of its first table, for messages
};

/// Reads feed files in order, each a layer over those before: pack, user, command line. The error is one
/// line with file, line, key and what to do.
base::Result<std::vector<FeedDescription>> readFeedFiles(const std::vector<std::filesystem::path>& files);

/// The same from a text, as if it were a file of that name.
base::Result<std::vector<FeedDescription>> parseFeedText(std::string_view text, const std::string& name);

/// $XDG_CONFIG_HOME/alphacity/feeds.toml or ~/.config/alphacity/feeds.toml; empty without a home.
std::filesystem::path userFeedFile();

}  // namespace feeds
