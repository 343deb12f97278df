// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "twin/feeds/source.h"
#include "twin/feeds/transport.h"

namespace feeds {

/// A message as it came, kept for the panel that shows it beside its mapping.
struct KeptMessage {
  std::string topic;
  std::string bytes;
  base::UtcNs received = 0;
};

/// What is known of one source at one moment; a copy, for panels and --stats.
/// Messages are accounted for without a rest:
///   messages == applied + rejected (all reasons) + conflated + late + duplicate + queued.
struct SourceStats {
  Source source;
  TransportStatus link;

  uint64_t messages = 0;  ///< received
  uint64_t bytes = 0;
  uint64_t applied = 0;    ///< something in it reached the store (a message that says nothing counts, too)
  uint64_t conflated = 0;  ///< positions replaced in the queue by a newer one of the same thing
  uint64_t late = 0;       ///< nothing in it was new: older than what is known
  uint64_t duplicate = 0;  ///< nothing in it was new: the same time, or the same event id
  uint64_t queued = 0;     ///< waiting or being decoded now
  std::map<std::string, uint64_t> rejected;  ///< by reason (decode_reason.h)
  std::map<std::string, uint64_t> flagged;   ///< marked: "future", "out_of_range", "gtfs_e026"
  uint64_t rejectedTotal() const;
  bool balanced() const {
    return messages == applied + conflated + late + duplicate + queued + rejectedTotal();
  }

  /// Single observations, which may be many per message.
  uint64_t observations = 0;
  uint64_t lateObservations = 0;
  uint64_t duplicateObservations = 0;
  uint64_t supersededObservations = 0;  ///< coarse positions while a finer source reports the same thing

  uint64_t spilled = 0;  ///< events that went to disk and came back (or wait there, then also queued)

  /// Gateways by their online/<gateway> topics (decode_online.h).
  std::set<std::string> online, offline;
  bool allOffline() const { return online.empty() && !offline.empty(); }

  uint64_t gaps = 0;    ///< times that messages may have been lost
  std::string lastGap;  ///< why, the last time
  base::UtcNs lastGapAt = 0;

  double ratePerSecond = 0;  ///< messages over the last five seconds
  double lagP50 = 0;         ///< seconds from event to applied, over the last 1,024 messages
  double lagP95 = 0;
  double clockOffset = 0;  ///< seconds that the source's clock seems behind ours (clock_offset.h); negative: ahead

  base::UtcNs lastReceived = 0;
  std::string lastTopic;
  std::string lastMessage;  ///< at most 2 KiB; unprintable bytes as dots
  std::shared_ptr<const KeptMessage> lastMapped;  ///< the last of mapped/..., whole; null: none came
  std::string lastRejectedTopic;
  std::string lastRejectedReason;
};

/// A snapshot of the whole feed path.
struct FeedStats {
  std::vector<SourceStats> sources;  ///< by SourceId
  size_t queuedMessages = 0;
  size_t queuedBytes = 0;
  size_t spilledMessages = 0;  ///< events on disk now; they are also in queuedMessages
  uint64_t spilledBytes = 0;
  size_t entities = 0;
  uint64_t revision = 0;
};

}  // namespace feeds
