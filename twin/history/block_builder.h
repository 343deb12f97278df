// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/history/state.h"

namespace history {

/// What one message brought, as the tap kept it.
struct SeenMessage {
  model::Observations news;  ///< is in the store
  model::Observations late;  ///< was too old to be shown
  model::SourceId source = model::kNoSource;
  base::UtcNs received = 0;
};

/// Makes blocks of messages: numbers names and sources, packs the journal, follows the state and adds keyframes.
class BlockBuilder {
 public:
  /// `keyframeBytes`: no keyframe before so much journal, unpacked.
  explicit BlockBuilder(const Pack& pack, size_t keyframeBytes = 1u << 20) : pack_(pack), leastBetween_(keyframeBytes) {}

  /// Reads where the store stands. The next block begins a run at `now`: with a keyframe of the bare pack and, when
  /// the store was written before, a gap since then.
  base::Status begin(History& store, base::UtcNs now);
  bool begun() const { return state_ != nullptr; }

  void add(const SeenMessage& message, const feeds::Source& source);
  size_t rows() const { return block_.journal.rows; }
  bool empty() const { return rows() == 0 && block_.gaps.empty() && !block_.keyframe; }
  void addGap(Gap gap) { block_.gaps.push_back(std::move(gap)); }
  /// What was added since the last call, as one transaction.
  Block take();
  base::UtcNs lastReceived() const { return lastReceived_; }

 private:
  uint16_t numberOf(const feeds::Source& source);
  void addAll(const MessageRecord& message, const model::Observations& seen);
  template <typename R>
  void addRow(const MessageRecord& message, const R& record, base::UtcNs event);
  void addSample(const MessageRecord& message, const ValueRecord& value);
  void startBlock();
  void addKeyframe(bool begins, base::UtcNs rx);

  const Pack& pack_;
  size_t leastBetween_;
  Names names_;
  std::unordered_map<std::string, uint16_t> sources_;
  std::unique_ptr<State> state_;
  JournalWriter journal_;
  Block block_;
  uint64_t seq_ = 0;
  uint64_t nextSample_ = 1;
  base::UtcNs lastReceived_ = 0;
  size_t rawSinceKeyframe_ = 0;
  size_t keyframeBytes_ = 0;
  base::UtcNs keyframeAt_ = 0;
};

}  // namespace history
