// SPDX-License-Identifier: Apache-2.0
#include "twin/history/sql_history.h"

#include <nlohmann/json.hpp>

#include "twin/history/thin_blocks.h"

namespace history {
namespace {

/// Details of an event as a JSON list of pairs: names may repeat.
std::string detailsText(const std::vector<std::pair<std::string, std::string>>& details) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& [name, value] : details) list.push_back({name, value});
  return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::pair<std::string, std::string>> parseDetails(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> details;
  const nlohmann::json list = nlohmann::json::parse(text, nullptr, false);
  if (!list.is_array()) return details;
  for (const nlohmann::json& pair : list)
    if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string())
      details.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
  return details;
}

}  // namespace

base::Status SqlHistory::append(const Block& block) {
  trouble_ = Trouble::None;
  if (auto begun = begin(); !begun) return begun;
  bool there = false;
  base::Status done = base::okStatus();
  if (block.journal.rows > 0)
    done = run("SELECT 1 FROM journal WHERE seq = $1", {block.journal.seq}, [&](const ResultRow&) { return !(there = true); });
  if (done && !there) done = writeRows(block);
  if (done) done = there ? (rollback(), base::okStatus()) : commit();
  if (!done) rollback();
  return done;
}

base::Status SqlHistory::writeRows(const Block& block) {
  base::Status done = prepareFor(block);
  for (size_t i = 0; done && i < block.names.size(); ++i)
    done = run("INSERT INTO name (id, text) VALUES ($1, $2) ON CONFLICT DO NOTHING", {block.names[i].id, block.names[i].text});
  for (size_t i = 0; done && i < block.sources.size(); ++i) {
    const feeds::Source& s = block.sources[i].source;
    done = run("INSERT INTO source (id, name, standard, endpoint, provenance) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
               {block.sources[i].id, s.name, s.standard, s.endpoint, static_cast<int>(s.provenance)});
  }
  if (done && block.journal.rows > 0) done = writeJournal(block.journal, 0);
  if (done && !block.samples.empty()) done = writeSamples(block.samples, block.journal.sampleFirst);
  for (size_t i = 0; done && i < block.events.size(); ++i) {
    const EventRow& row = block.events[i];
    const model::EventObservation& e = row.event.what;
    const Param none;
    const std::string details = detailsText(e.details);
    done = run("INSERT INTO event (seq, id, type, entity, event, received, source, severity, x, y, z, details, provenance) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
               {row.seq, e.id, e.type, row.entity, e.eventTime, row.event.received, row.event.source, e.severity,
                e.position ? Param(e.position->x) : none, e.position ? Param(e.position->y) : none,
                e.position ? Param(e.position->z) : none, details, static_cast<int>(e.provenance)});
  }
  if (done && block.keyframe)
    done = run("INSERT INTO keyframe (seq, rx, begins, data) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
               {block.keyframe->seq, block.keyframe->rx, block.keyframe->begins ? 1 : 0, Param::blob(block.keyframe->data)});
  for (size_t i = 0; done && i < block.gaps.size(); ++i) {
    const Gap& gap = block.gaps[i];
    done = run("INSERT INTO gap (first, last, rows, reason) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
               {gap.first, gap.last, gap.rows, gap.reason});
  }
  return done;
}

base::Status SqlHistory::writeJournal(const JournalBlock& j, int64_t periodMs) {
  const bool lags = j.lagFirst <= j.lagLast;
  return run("INSERT INTO journal (seq, first_seq, rx_first, rx_last, ev_first, ev_last, lag_first, lag_last, sample_first, rows, period, data) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
             {j.seq, j.firstSeq, j.rxFirst, j.rxLast, j.evFirst, j.evLast, lags ? Param(j.lagFirst) : Param(),
              lags ? Param(j.lagLast) : Param(), j.sampleFirst, j.rows, periodMs, Param::blob(j.data)});
}

base::Result<History::Tail> SqlHistory::tail() {
  Tail tail;
  // A block has no more samples than rows, so ids behind both are free.
  const auto done = run("SELECT seq, rx_last, sample_first + rows FROM journal ORDER BY seq DESC LIMIT 1", {}, [&](const ResultRow& row) {
    tail.seq = static_cast<uint64_t>(row.number(0));
    tail.rx = row.number(1);
    tail.sampleId = static_cast<uint64_t>(row.number(2));
    return false;
  });
  if (!done) return base::Error{done.error()};
  return tail;
}

base::Result<std::vector<NameRow>> SqlHistory::namesAfter(NameId last) {
  std::vector<NameRow> names;
  const auto done = run("SELECT id, text FROM name WHERE id > $1 ORDER BY id", {last}, [&](const ResultRow& row) {
    names.push_back({static_cast<NameId>(row.number(0)), std::string(row.bytes(1))});
    return true;
  });
  if (!done) return base::Error{done.error()};
  return names;
}

base::Result<std::vector<SourceRow>> SqlHistory::sources() {
  std::vector<SourceRow> rows;
  const auto done = run("SELECT id, name, standard, endpoint, provenance FROM source ORDER BY id", {}, [&](const ResultRow& row) {
    feeds::Source source{.name = std::string(row.bytes(1)), .standard = std::string(row.bytes(2)), .endpoint = std::string(row.bytes(3))};
    source.provenance = static_cast<model::Provenance>(row.number(4));
    rows.push_back({static_cast<uint16_t>(row.number(0)), std::move(source)});
    return true;
  });
  if (!done) return base::Error{done.error()};
  return rows;
}

base::Result<Span> SqlHistory::span() {
  Span span;
  const auto first = run("SELECT rx_first FROM journal ORDER BY rx_first LIMIT 1", {}, [&](const ResultRow& row) {
    span.first = row.number(0);
    return false;
  });
  if (!first) return base::Error{first.error()};
  const auto last = run("SELECT rx_last FROM journal ORDER BY seq DESC LIMIT 1", {}, [&](const ResultRow& row) {
    span.last = row.number(0);
    return false;
  });
  if (!last) return base::Error{last.error()};
  return span;
}

base::Result<std::optional<Keyframe>> SqlHistory::keyframeBefore(base::UtcNs rx) {
  std::optional<Keyframe> found;
  const auto done = run("SELECT seq, rx, begins, data FROM keyframe WHERE rx <= $1 ORDER BY rx DESC, seq DESC LIMIT 1", {rx},
                        [&](const ResultRow& row) {
                          found = Keyframe{static_cast<uint64_t>(row.number(0)), row.number(1), row.number(2) != 0, std::string(row.bytes(3))};
                          return false;
                        });
  if (!done) return base::Error{done.error()};
  return found;
}

base::Status SqlHistory::eachBlock(const BlockQuery& query, const BlockVisitor& visit) {
  const RowVisitor onRow = [&](const ResultRow& row) { return visit(static_cast<uint64_t>(row.number(0)), row.bytes(1)); };
  // The plus keeps SQLite from walking the table by its key, from `afterSeq` to the end of the day: the spans of time
  // have an index, and only a few blocks lie in them.
  if (!query.byEvent)
    return run("SELECT seq, data FROM journal WHERE rx_first >= $1 AND rx_first <= $2 AND +seq > $3 AND rx_last > $4 AND rx_first <= $5 ORDER BY +seq",
               {query.rxFrom, query.rxTo, query.afterSeq, query.after, query.until}, onRow);
  return run("SELECT +seq, data FROM journal WHERE rx_first >= $1 AND rx_first <= $2 AND +seq > $3 AND ev_last > $4 AND ev_first <= $5 "
             "UNION ALL SELECT +seq, data FROM journal WHERE lag_last > $4 AND lag_first <= $5 AND +seq > $3 "
             "AND NOT (rx_first >= $1 AND rx_first <= $2 AND ev_last > $4 AND ev_first <= $5) ORDER BY 1",
             {query.rxFrom, query.rxTo, query.afterSeq, query.after, query.until}, onRow);
}

base::Result<bool> SqlHistory::runBegins(Span span) {
  bool begins = false;
  const auto done = run("SELECT seq FROM keyframe WHERE rx > $1 AND rx <= $2 AND begins = 1 LIMIT 1", {span.first, span.last},
                        [&](const ResultRow&) { return !(begins = true); });
  if (!done) return base::Error{done.error()};
  return begins;
}

base::Result<NameId> SqlHistory::nameOf(std::string_view text) {
  NameId id = 0;
  const auto done = run("SELECT id FROM name WHERE text = $1", {text}, [&](const ResultRow& row) {
    id = static_cast<NameId>(row.number(0));
    return false;
  });
  if (!done) return base::Error{done.error()};
  return id;
}

base::Result<std::vector<SeriesPoint>> SqlHistory::series(std::string_view entity, std::string_view property, Span span,
                                                          size_t points) {
  std::vector<SeriesPoint> curve;
  const auto thing = nameOf(entity), name = nameOf(property);
  if (!thing) return base::Error{thing.error()};
  if (!name) return base::Error{name.error()};
  if (*thing == 0 || *name == 0 || span.empty()) return curve;
  const int64_t part = std::max<int64_t>(1, (span.last - span.first) / static_cast<int64_t>(std::max<size_t>(1, points)));
  const auto done = run("SELECT min(event), min(number), max(number) FROM sample WHERE entity = $1 AND property = $2 AND event >= $3 "
                        "AND event <= $4 AND number IS NOT NULL AND (flags & 1) = 0 GROUP BY (event - $3) / $5 ORDER BY 1",
                        {*thing, *name, span.first, span.last, part}, [&](const ResultRow& row) {
                          curve.push_back({row.number(0), row.real(1), row.real(2)});
                          return true;
                        });
  if (!done) return base::Error{done.error()};
  return curve;
}

base::Result<std::vector<StoredEvent>> SqlHistory::events(Span span, size_t most, int leastSeverity) {
  std::vector<StoredEvent> events;
  const auto done = run("SELECT event.id, event.type, name.text, event.event, event.received, event.source, event.severity, event.x, "
                        "event.y, event.z, event.details, event.provenance FROM event LEFT JOIN name ON name.id = event.entity "
                        "WHERE event.event >= $1 AND event.event <= $2 AND event.severity >= $3 ORDER BY event.event DESC LIMIT $4",
                        {span.first, span.last, leastSeverity, most}, [&](const ResultRow& row) {
                          StoredEvent& stored = events.emplace_back();
                          model::EventObservation& e = stored.what;
                          e.id = row.bytes(0);
                          e.type = row.bytes(1);
                          if (!row.isNull(2)) e.entity = row.bytes(2);
                          e.eventTime = row.number(3);
                          stored.received = row.number(4);
                          stored.source = static_cast<uint16_t>(row.number(5));
                          e.severity = static_cast<int>(row.number(6));
                          if (!row.isNull(7)) e.position = glm::dvec3(row.real(7), row.real(8), row.real(9));
                          e.details = parseDetails(row.bytes(10));
                          e.provenance = static_cast<model::Provenance>(row.number(11));
                          return true;
                        });
  if (!done) return base::Error{done.error()};
  return events;
}

base::Result<std::vector<Gap>> SqlHistory::gaps(Span span) {
  std::vector<Gap> gaps;
  const auto done = run("SELECT first, last, rows, reason FROM gap WHERE last >= $1 AND first <= $2 ORDER BY first", {span.first, span.last},
                        [&](const ResultRow& row) {
                          gaps.push_back({row.number(0), row.number(1), static_cast<uint64_t>(row.number(2)), std::string(row.bytes(3))});
                          return true;
                        });
  if (!done) return base::Error{done.error()};
  return gaps;
}

base::Status SqlHistory::dropEvents(base::UtcNs before) { return run("DELETE FROM event WHERE event < $1", {before}); }

}  // namespace history
