// SPDX-License-Identifier: Apache-2.0
#include "twin/history/state_reader.h"

namespace history {
namespace {

/// Messages of several sources are stored in the order of their numbers, which may differ from that of their
/// arrival by the time a queue took; a clock that was set back makes the same.
constexpr int64_t kDisorder = 60 * base::kNsPerSecond;
/// A thinned block may begin so long before its last row (sql_thin.cpp).
constexpr int64_t kLongestBlock = 660 * base::kNsPerSecond;
/// Event times may run ahead of reception by 5 s (feeds::Normaliser).
constexpr int64_t kAhead = 5 * base::kNsPerSecond;

}  // namespace

base::Status StateReader::refreshNames() {
  auto fresh = store_->namesAfter(names_.last());
  if (!fresh) return base::Error{fresh.error()};
  for (NameRow& row : *fresh) names_.put(std::move(row));
  return base::okStatus();
}

base::Result<bool> StateReader::replay(State& state, const BlockQuery& query, const Cancelled& cancelled) {
  bool stopped = false;
  base::Status broken = base::okStatus();
  const auto done = store_->eachBlock(query, [&](uint64_t, std::string_view data) {
    if (cancelled && cancelled()) return !(stopped = true);
    broken = readJournal(data, state);
    return broken.ok();
  });
  if (!done) return base::Error{done.error()};
  if (!broken) return base::Error{broken.error()};
  return !stopped;
}

base::Result<std::unique_ptr<State>> StateReader::stateAt(base::UtcNs time, TimeView view, const Cancelled& cancelled) {
  const bool known = view == TimeView::AsKnown;
  // What is in the keyframe must all be of before T by the clock that counts.
  const auto keyframe = store_->keyframeBefore(known ? time : time - kAhead);
  if (!keyframe) return base::Error{keyframe.error()};
  if (auto fresh = refreshNames(); !fresh) return base::Error{fresh.error()};
  auto state = std::make_unique<State>(*pack_, names_, view, &cache_);
  BlockQuery query{.rxFrom = INT64_MIN, .rxTo = known ? time : time + kPrompt};
  if (const auto& found = *keyframe) {
    if (auto read = state->unpack(found->data); !read) return base::Error{read.error()};
    query.afterSeq = found->seq;
    query.rxFrom = found->rx - kDisorder;
  }
  query.until = time;
  query.byEvent = !known;
  state->setWindow(INT64_MIN, time);
  const auto done = replay(*state, query, cancelled);
  if (!done) return base::Error{done.error()};
  if (!*done) return std::unique_ptr<State>();
  return state;
}

base::Result<bool> StateReader::advance(State& state, base::UtcNs from, base::UtcNs to, TimeView view, const Cancelled& cancelled) {
  if (auto fresh = refreshNames(); !fresh) return base::Error{fresh.error()};
  const bool known = view == TimeView::AsKnown;
  BlockQuery query{.rxFrom = from - kLongestBlock, .rxTo = known ? to : to + kPrompt};
  query.after = from;
  query.until = to;
  query.byEvent = !known;
  state.setWindow(from, to);
  return replay(state, query, cancelled);
}

}  // namespace history
