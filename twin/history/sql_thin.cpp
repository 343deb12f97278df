// SPDX-License-Identifier: Apache-2.0
//
// Thinning: what is older than a rule says keeps one value per period. One call does a stretch that fits in
// memory, in one transaction, so that a crash leaves it whole or thinned. A stretch ends at a keyframe, for the
// keyframe must stand between two blocks, never inside one; and none reaches over the beginning of a run.
#include <algorithm>
#include <map>

#include "twin/history/sql_history.h"
#include "twin/history/thin_blocks.h"

namespace history {
namespace {

constexpr size_t kMostBytes = 16u << 20;                    // packed
constexpr size_t kMostBlocks = 20'000;
constexpr int64_t kStretch = 10 * 60 * base::kNsPerSecond;  // of one thinned block
constexpr int64_t kPeriodUnit = base::kNsPerMs;

}  // namespace

/// The first blocks that are not thinned yet; `seq` 0: none.
base::Result<SqlHistory::Stretch> SqlHistory::nextStretch(base::UtcNs before, int64_t periodMs) {
  Stretch s;
  auto read = run("SELECT first_seq, seq, rx_first, sample_first FROM journal WHERE rx_last < $1 AND period < $2 ORDER BY seq LIMIT 1",
                  {before, periodMs}, [&](const ResultRow& row) {
                    s.firstSeq = static_cast<uint64_t>(row.number(0));
                    s.firstBlock = static_cast<uint64_t>(row.number(1));
                    s.rxFirst = row.number(2);
                    s.sampleFirst = static_cast<uint64_t>(row.number(3));
                    return false;
                  });
  if (!read) return base::Error{read.error()};
  if (s.firstBlock == 0) return s;
  std::map<uint64_t, size_t> bytesUpTo;  // by seq
  size_t sum = 0;
  read = run("SELECT seq, length(data) FROM journal WHERE seq >= $1 ORDER BY seq LIMIT $2", {s.firstBlock, kMostBlocks}, [&](const ResultRow& row) {
    bytesUpTo[static_cast<uint64_t>(row.number(0))] = sum += static_cast<size_t>(row.number(1));
    return sum < 4 * kMostBytes;
  });
  if (!read) return base::Error{read.error()};
  read = run("SELECT seq, rx, begins FROM keyframe WHERE seq >= $1 AND rx < $2 ORDER BY seq, rx", {s.firstBlock, before}, [&](const ResultRow& row) {
    const auto seq = static_cast<uint64_t>(row.number(0));
    const auto bytes = bytesUpTo.find(seq);
    const bool small = bytes != bytesUpTo.end() && bytes->second <= kMostBytes && row.number(1) <= s.rxFirst + kStretch;
    if (s.seq != 0 && !small) return false;
    s.seq = seq;
    return row.number(2) == 0;
  });
  if (!read) return base::Error{read.error()};
  return s;
}

base::Result<History::Thinned> SqlHistory::thin(const ThinningStep& step) {
  trouble_ = Trouble::None;
  if (auto begun = begin(); !begun) return base::Error{begun.error()};
  auto thinned = thinStretch(step);
  if (!thinned) {
    rollback();
    return thinned;
  }
  if (!thinned->more) {
    rollback();
    return thinned;
  }
  if (auto done = commit(); !done) {
    rollback();
    return base::Error{done.error()};
  }
  if (auto given = giveBackSpace(); !given) return base::Error{given.error()};
  return thinned;
}

base::Result<History::Thinned> SqlHistory::thinStretch(const ThinningStep& step) {
  const auto period = static_cast<int64_t>(step.periodSeconds * 1e9);
  const bool drop = period <= 0;
  const auto found = nextStretch(step.before, drop ? INT64_MAX : period / kPeriodUnit);
  if (!found) return base::Error{found.error()};
  const Stretch& s = *found;
  if (s.seq == 0) return Thinned{};
  uint64_t rows = 0;
  std::vector<std::string> blocks;
  auto done = run("SELECT rows, data FROM journal WHERE seq >= $1 AND seq <= $2 ORDER BY seq", {s.firstBlock, s.seq}, [&](const ResultRow& row) {
    rows += static_cast<uint64_t>(row.number(0));
    if (!drop) blocks.emplace_back(row.bytes(1));
    return true;
  });
  // Samples of the stretch reach to the first of the block behind it.
  uint64_t sampleEnd = INT64_MAX;
  if (done)
    done = run("SELECT sample_first FROM journal WHERE seq > $1 ORDER BY seq LIMIT 1", {s.seq}, [&](const ResultRow& row) {
      sampleEnd = static_cast<uint64_t>(row.number(0));
      return false;
    });
  if (done) done = run("DELETE FROM journal WHERE seq >= $1 AND seq <= $2", {s.firstBlock, s.seq});
  uint64_t kept = 0;
  if (done && !drop) {
    auto thinned = thinBlocks(blocks, period);
    if (!thinned) return base::Error{thinned.error()};
    thinned->firstSeq = s.firstSeq;
    thinned->seq = s.seq;
    thinned->sampleFirst = s.sampleFirst;
    kept = thinned->rows;
    if (kept > 0) done = writeJournal(*thinned, period / kPeriodUnit);
  }
  if (done) done = thinSamples(s.sampleFirst, sampleEnd, period);
  if (done) done = run("DELETE FROM keyframe WHERE seq >= $1 AND seq < $2 AND begins = 0", {s.firstBlock, s.seq});
  if (done && drop) done = run("DELETE FROM keyframe WHERE seq < $1", {s.seq});
  if (done && drop) done = run("DELETE FROM gap WHERE last < $1", {step.before});
  if (!done) return base::Error{done.error()};
  return Thinned{.rows = rows - std::min(rows, kept), .more = true};
}

base::Status SqlHistory::thinSamples(uint64_t first, uint64_t end, int64_t period) {
  if (period <= 0) return run("DELETE FROM sample WHERE id >= $1 AND id < $2", {first, end});
  return run("DELETE FROM sample WHERE id >= $1 AND id < $2 AND id NOT IN (SELECT min(id) FROM sample WHERE id >= $1 AND id < $2 "
             "GROUP BY entity, property, event / $3)",
             {first, end, period});
}

}  // namespace history
