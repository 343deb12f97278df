// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "twin/feeds/feed_stats.h"
#include "twin/panels/context.h"
#include "twin/panels/icons.h"

namespace panels {

/// How the display rule reads for a person: a word, a shape and a colour, the same everywhere.
struct StateLook {
  Mark mark = Mark::Dot;
  uint32_t color = 0;
  const char* word = "";
};

StateLook lookOf(const Context& ui, model::Health health);
StateLook lookOf(const Context& ui, model::Provenance provenance);
/// Severity of events: 3 critical square, 2 major triangle, 1 minor diamond, 0 note ring.
StateLook severityLook(const Context& ui, int severity);

enum class FeedHealth : uint8_t { Ok, Stale, Down };

/// Down: no link, or all of its gateways say that they are gone. Stale: nothing for three expected periods (`now` on the clock that `received` is of).
FeedHealth healthOf(const feeds::SourceStats& source, base::UtcNs now);
StateLook lookOf(const Context& ui, FeedHealth health);

struct FeedCounts {
  size_t ok = 0, stale = 0, down = 0;
};
FeedCounts countFeeds(const feeds::FeedStats& stats, base::UtcNs now);

/// Name of a source by id, a dash for none.
std::string sourceName(const Context& ui, model::SourceId source);

}  // namespace panels
