// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "twin/feeds/feed_config.h"
#include "twin/feeds/mapping.h"
#include "twin/feeds/source.h"
#include "twin/feeds/transport.h"

namespace feeds {

/// What opening described feeds needs besides them.
struct FeedSurroundings {
  core::GeoPoint cityOrigin;
  core::TimeZone zone;
  std::filesystem::path samples;        ///< folder of sample: URLs
  std::shared_ptr<CallLedger> ledger;
  std::function<base::UtcNs()> fixedNow;  ///< clock of a fixed-time run; empty: live
};

/// A feed, ready to be added to the ingest.
struct OpenedFeed {
  Source source;
  std::unique_ptr<Transport> transport;
};

/// The topic under which the messages of a polled or read feed travel: its format (and subject), or
/// mapped/<mapping>/<feed>.
std::string topicOf(const FeedDescription& feed, const Mapping* mapping);

/// What the feeds panel and --list show; no secrets.
Source describeFeed(const FeedDescription& feed);

/// Reads the mapping files that the feeds name, once each, by name. Two files of one name are an error.
base::Result<MappingRegistry> loadMappings(const std::vector<FeedDescription>& feeds);

/// Checks a feed and makes its transport. The error is one line with file, line and what to do.
base::Result<OpenedFeed> openFeed(const FeedDescription& feed, const MappingRegistry& mappings, const FeedSurroundings& around);

}  // namespace feeds
