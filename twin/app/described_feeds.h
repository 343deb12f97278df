// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "twin/app/options.h"
#include "twin/feeds/feed_open.h"

namespace app {

/// Feeds that files describe, and the mappings that they need.
struct DescribedFeeds {
  std::vector<feeds::FeedDescription> feeds;
  std::shared_ptr<const feeds::MappingRegistry> mappings;
  std::filesystem::path samples;  ///< folder of sample: URLs
};

/// In layers: the pack's feeds.toml, the user's, those of --feeds; then what --feed asks for with sample:
/// and with file:...#mapping=. On a fixed clock only the command line counts: the same arguments give the
/// same picture on every machine.
base::Result<DescribedFeeds> gatherFeeds(const Options& options, const std::filesystem::path& packFolder, bool fixed);

}  // namespace app
