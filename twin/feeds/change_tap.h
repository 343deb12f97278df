// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/source.h"
#include "twin/model/entity.h"

namespace feeds {

/// What one message did to the store. The references live during the call only.
struct AppliedMessage {
  const model::Observations& news;  ///< is in the store now
  const model::Observations& late;  ///< older than what is known: belongs to history, not to the present
  model::SourceId source = model::kNoSource;
  base::UtcNs received = 0;
};

/// Sees every accepted observation, in the order in which the store took it (history, alarms). Called from
/// the writer's thread, or from the caller's when ingest runs inline; must only append and return.
class ChangeTap {
 public:
  virtual ~ChangeTap() = default;
  virtual void onApplied(const AppliedMessage& message, const Source& source) = 0;
  /// Cannot keep pace, but will if it is told less for a moment: the writer then holds back, and what is received
  /// waits in the queue, where positions conflate and events spill.
  virtual bool behind() const { return false; }
};

}  // namespace feeds
