// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "twin/core/catalogue.h"
#include "twin/feeds/change_tap.h"
#include "twin/feeds/decoder.h"
#include "twin/feeds/feed_stats.h"
#include "twin/feeds/intersection_registry.h"
#include "twin/feeds/keyframe.h"
#include "twin/feeds/transport.h"
#include "twin/model/change_batch.h"

namespace feeds {

/// Sees every raw message before it is decoded (the recorder). Called from the transports' threads, for
/// each source in order; must only append and return.
class MessageTap {
 public:
  virtual ~MessageTap() = default;
  virtual void onMessage(const RawMessage& message, const Source& source) = 0;
};

struct IngestOptions {
  core::CityFrame frame;
  DatastreamRegistry datastreams;
  std::shared_ptr<const MappingRegistry> mappings;   ///< of mapped/...; may be null
  IntersectionRegistry intersections;                ///< J2735 numbers of the city's signal controllers
  std::shared_ptr<const core::Catalogue> catalogue;  ///< units and plausible ranges; may be null
  std::shared_ptr<const Vocabulary> vocabulary;      ///< other people's names; may be null
  unsigned workers = 1;                              ///< decoding threads
  size_t queueBytes = 64u << 20;                     ///< budget of messages that wait
  double conflateAfterSeconds = 0.5;                 ///< decoding may lag before positions replace each other ...
  double conflateHoldSeconds = 1;                    ///< ... each decoded once in so long: as often as most receivers report
  std::filesystem::path spillFolder;                 ///< for events beyond that; empty: their transport waits
  double latenessSeconds = 60;                       ///< how long what has left is remembered (sequencer.h)
  /// No threads of its own: what a transport delivers is decoded and stored at once on the caller's
  /// thread, in order. For a fixed clock: same input, same state. Transports with threads still work.
  bool runInline = false;
  /// Now, in UTC. For arrival times and the future check; replaced on a fixed clock. Empty: the machine's.
  std::function<base::UtcNs()> utcNow;
};

/// The feed's path: transports -> tap -> bounded queue -> decoders -> sequencer -> store -> change
/// batches. Every stage is a module of its own; this one only connects them.
class Ingest {
 public:
  explicit Ingest(IngestOptions options);
  ~Ingest();  ///< stops

  /// Adds a source before or after start(). The transport is started with the rest, or at once.
  model::SourceId add(Source source, std::unique_ptr<Transport> transport);
  /// Things known beforehand, from the city pack.
  void define(std::vector<model::EntityInfo> entities);
  /// Set before start(); must outlive this object. Null: none.
  void setTap(MessageTap* tap);

  /// Adds a listener to what the store takes; before start(). Must outlive this object.
  void addChangeTap(ChangeTap& tap);

  void start();
  /// Stops transports first, then finishes what is queued.
  void stop();

  /// Everything that changed since the last call, merged. Holds one lock for a swap; never waits for
  /// decoding. The first batch starts at revision 0.
  model::ChangeBatch take();
  /// The whole state; a reader that has seen a gap applies it and goes on with take().
  model::ChangeBatch keyframe();
  /// Everything that a path needs to go on from here, on this or another machine; see MessageSink::restore.
  /// Holds the writer for as long as copying takes.
  Keyframe state() const;
  /// Waits until nothing is queued and everything decoded is in the store; false after the timeout.
  bool drain(double timeoutSeconds);

  FeedStats stats() const;
  uint64_t stateHash() const;

  struct State;  ///< of ingest.cpp

 private:
  std::unique_ptr<State> state_;
};

}  // namespace feeds
