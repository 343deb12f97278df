// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "twin/history/state.h"

namespace history {

/// States out of a store: the last keyframe before T, and the journal from there to T. For one thread; every call
/// may wait for the store.
class StateReader {
 public:
  /// `pack` outlives the reader.
  StateReader(std::unique_ptr<History> store, const Pack& pack) : store_(std::move(store)), pack_(&pack) {}

  using Cancelled = std::function<bool()>;
  /// Null when cancelled. Before the first record: the bare pack.
  base::Result<std::unique_ptr<State>> stateAt(base::UtcNs time, TimeView view, const Cancelled& cancelled = {});
  /// From a state at `from` on to `to`; small steps are cheap. False when cancelled: the state is then of no time.
  base::Result<bool> advance(State& state, base::UtcNs from, base::UtcNs to, TimeView view, const Cancelled& cancelled = {});
  History& store() { return *store_; }
  const Names& names() const { return names_; }

 private:
  base::Status refreshNames();
  base::Result<bool> replay(State& state, const BlockQuery& query, const Cancelled& cancelled);

  std::unique_ptr<History> store_;
  const Pack* pack_;
  Names names_;
  InfoCache cache_;
};

}  // namespace history
