// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "twin/feeds/mqtt_links.h"
#include "twin/feeds/state_framer.h"

namespace feeds {

struct PublisherStats {
  uint64_t frames = 0, bytes = 0;
  uint64_t dropped = 0;  ///< frames that found no broker; key frames make up for them
  uint64_t events = 0, unacknowledgedEvents = 0;
  uint64_t asked = 0;
  size_t tiles = 0, things = 0;
};

/// Sends state frames (state_frame.h) to a broker, or to whichever of several stands.
class StatePublisher {
 public:
  /// The options' topic filter is the prefix.
  StatePublisher(MqttOptions options, FramerOptions framing);
  /// Frames for what has changed; to be called 5 to 10 times a second.
  void publish(const model::ChangeBatch& changes, const std::vector<Source>& sources, base::UtcNs now);
  /// False while so many events wait for a broker that no more should be taken from the store.
  bool keepsUp() const;
  PublisherStats stats() const;
  TransportStatus status() const { return frames_->status(); }
  /// Of the frames.
  LinksView links() const { return frames_->view(); }

 private:
  std::string prefix_;
  StateFramer framer_;
  PublisherStats stats_;
  std::mutex askedMutex_;
  std::set<std::string> asked_;
  std::unique_ptr<MqttLinks> frames_, events_;
};

}  // namespace feeds
