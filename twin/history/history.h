// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "twin/feeds/source.h"
#include "twin/model/change_batch.h"

namespace history {

// The schema, the same on SQLite and PostgreSQL. Times are nanoseconds since 1970 (UTC), as everywhere in
// the program; positions are metres in the city frame.
//   name       id, text                      every id, kind, property and unit, once
//   source     id, name, standard, endpoint, provenance
//   journal    seq, first_seq, rx_first, rx_last, ev_first, ev_last, lag_first, lag_last, sample_first, rows,
//              period, data
//              what one transaction brought, in the store's order: poses, values, descriptions, departures
//              and events, packed (journal.h). The truth; state at any time is read from here. Its samples
//              begin at id sample_first; period: milliseconds to which it was thinned, 0 = all is there
//   keyframe   seq, rx, begins, data         the state after message `seq` (state.h); begins: of a new run
//   sample     id, entity, property, event, received, number, text, unit, source, flags
//              one row per value, for curves and for other programs; flags: 1 bad, 2 late, 4 the number is a
//              truth value; 8 and up: provenance
//   event      seq, id, type, entity, event, received, source, severity, x, y, z, details
//   gap        first, last, rows, reason     spans in which something was not kept
// `name` and `source` are numbered by the one writer. On PostgreSQL journal, keyframe and sample are partitioned by day
// of reception, and event has a PostGIS geometry beside x, y, z where the extension is there.

/// Number of a text in table `name`, from 1; 0: none.
using NameId = uint32_t;

/// How the past is asked for.
enum class TimeView : uint8_t {
  AsKnown,  ///< what this program knew at T: received <= T, without what came too late to be shown
  AsItWas,  ///< what was so at T: event time <= T, whenever it was received
};

struct Gap {
  base::UtcNs first = 0, last = 0;
  uint64_t rows = 0;   ///< observations lost; 0: not known (the program did not run)
  std::string reason;  ///< "not running", "overload", "disk full", "unreachable"
};

/// A part of a curve: all samples of one stretch of time.
struct SeriesPoint {
  base::UtcNs time = 0;  ///< of the first sample in it
  double low = 0, high = 0;
};

struct StoredEvent {
  model::EventObservation what;
  base::UtcNs received = 0;
  uint16_t source = 0;  ///< number in table `source`
};

struct NameRow {
  NameId id = 0;
  std::string text;
};
struct SourceRow {
  uint16_t id = 0;
  feeds::Source source;
};
struct SampleRow {
  NameId entity = 0, property = 0, unit = 0;
  base::UtcNs event = 0, received = 0;
  model::Value value;
  uint16_t source = 0;
  uint8_t flags = 0;  ///< as in the schema
};
constexpr uint8_t kSampleBad = 1, kSampleLate = 2, kSampleTruth = 4, kSampleProvenanceShift = 3;

struct EventRow {
  uint64_t seq = 0;
  NameId entity = 0;
  StoredEvent event;
};

/// A packed stretch of the journal. Times of rows that came more than kPrompt after they happened, or too late
/// to be shown, are kept apart in lagFirst and lagLast, so that one straggler does not make the span of all the others wide.
struct JournalBlock {
  uint64_t firstSeq = 0, seq = 0;        ///< first and last message
  base::UtcNs rxFirst = 0, rxLast = 0;   ///< received
  base::UtcNs evFirst = 0, evLast = 0;   ///< event times of the prompt rows; evFirst > evLast: none
  /// Before the first row is counted.
  void clear() {
    rxFirst = evFirst = lagFirst = INT64_MAX;
    rxLast = evLast = lagLast = INT64_MIN;
  }
  void count(base::UtcNs received, base::UtcNs event, bool late);
  base::UtcNs lagFirst = 0, lagLast = 0; ///< event times of the others; lagFirst > lagLast: none
  uint64_t sampleFirst = 0;
  uint32_t rows = 0;
  std::string data;
};
constexpr int64_t kPrompt = 600 * base::kNsPerSecond;

inline void JournalBlock::count(base::UtcNs received, base::UtcNs event, bool late) {
  ++rows;
  rxFirst = std::min(rxFirst, received);
  rxLast = std::max(rxLast, received);
  const bool prompt = !late && event >= received - kPrompt;
  base::UtcNs& first = prompt ? evFirst : lagFirst;
  base::UtcNs& last = prompt ? evLast : lagLast;
  first = std::min(first, event);
  last = std::max(last, event);
}

struct Keyframe {
  uint64_t seq = 0;
  base::UtcNs rx = 0;   ///< latest received time in it
  bool begins = false;  ///< a run begins here with what the pack says
  std::string data;
};

/// One transaction.
struct Block {
  std::vector<NameRow> names;
  std::vector<SourceRow> sources;
  JournalBlock journal;
  std::vector<SampleRow> samples;
  std::vector<EventRow> events;
  std::optional<Keyframe> keyframe;
  std::vector<Gap> gaps;
};

/// Blocks whose rxFirst is in [rxFrom, rxTo] and that have rows in (after, until]: by reception, or by event; then the
/// blocks with stragglers in there count wherever they stand.
struct BlockQuery {
  uint64_t afterSeq = 0;
  base::UtcNs rxFrom = 0, rxTo = 0;
  base::UtcNs after = INT64_MIN, until = INT64_MAX;
  bool byEvent = false;
};

struct Span {
  base::UtcNs first = 0, last = 0;
  bool empty() const { return last <= first; }
};

/// What is done to what is old; made from the rules of retention.h.
struct ThinningStep {
  base::UtcNs before = 0;   ///< what was received before this moment ...
  double periodSeconds = 0; ///< ... keeps one value per period; 0: goes
};

/// Why an operation on a store did not work, for the one who must decide what to do about it.
enum class Trouble : uint8_t { None, DiskFull, Unreachable, Elsewhere, Other };

/// A store of history. One object is used by one thread at a time; a reader opens another one on the same
/// store. Every call may wait for disk or server, so none is for the frame's thread. After an error trouble()
/// says of what sort it was, and the object may be used again: it reconnects by itself.
class History {
 public:
  virtual ~History() = default;

  /// Writes one transaction. When it returns ok everything in the block is durable. A block whose journal.seq is
  /// there already is not written again, so an unclear end may be repeated.
  virtual base::Status append(const Block& block) = 0;
  virtual Trouble trouble() const = 0;

  /// Where a writer goes on.
  struct Tail {
    uint64_t seq = 0;
    uint64_t sampleId = 0;  ///< the next that is free is the one behind
    base::UtcNs rx = 0;
  };
  virtual base::Result<Tail> tail() = 0;
  virtual base::Result<std::vector<NameRow>> namesAfter(NameId last) = 0;
  virtual base::Result<std::vector<SourceRow>> sources() = 0;
  /// Received times, first and last.
  virtual base::Result<Span> span() = 0;

  /// The newest keyframe whose rx is at most `rx`; none: the state before it is that of the pack.
  virtual base::Result<std::optional<Keyframe>> keyframeBefore(base::UtcNs rx) = 0;
  /// Whether a run begins in (first, last]: state does not go on over it.
  virtual base::Result<bool> runBegins(Span span) = 0;
  /// In order of seq. The callback ends the walk by returning false.
  using BlockVisitor = std::function<bool(uint64_t seq, std::string_view data)>;
  virtual base::Status eachBlock(const BlockQuery& query, const BlockVisitor& visit) = 0;

  /// Numbers of one property over event times [from, to], without bad ones, in at most `points` parts.
  virtual base::Result<std::vector<SeriesPoint>> series(std::string_view entity, std::string_view property,
                                                        Span span, size_t points) = 0;
  /// By event time in [first, last], newest first, at most `most`.
  virtual base::Result<std::vector<StoredEvent>> events(Span span, size_t most, int leastSeverity) = 0;
  virtual base::Result<std::vector<Gap>> gaps(Span span) = 0;

  virtual base::Result<uint64_t> diskBytes() = 0;
  /// Thins a part of what is old (at most a few seconds of work); `more` when there is more to do.
  struct Thinned {
    uint64_t rows = 0;
    bool more = false;
  };
  virtual base::Result<Thinned> thin(const ThinningStep& step) = 0;
  /// Deletes events that happened before.
  virtual base::Status dropEvents(base::UtcNs before) = 0;
};

enum class Access : uint8_t { Write, Read };

/// Opens (and with Write makes) the store that `where` names: postgresql://... or a file. Of a server the password
/// comes from PGPASSWORD, ~/.pgpass or PGPASSFILE; one in the URL is refused.
base::Result<std::unique_ptr<History>> openHistory(const std::string& where, Access access);
/// Whether `where` may be used at all, without opening it: no password in it.
base::Status checkWhere(const std::string& where);
/// `where` as it may be shown and logged.
std::string shownName(const std::string& where);

}  // namespace history
