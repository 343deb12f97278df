// SPDX-License-Identifier: Apache-2.0
#include "twin/history/postgres_history.h"

#include <cmath>

#include "twin/history/postgres_link.h"
#include "twin/history/postgres_schema.h"

namespace history {
namespace {

constexpr int64_t kDay = 86400 * base::kNsPerSecond;
/// Of the advisory locks: one for making the schema, one held by the writer. Any fixed numbers will do.
constexpr const char* kLockSchema = "SELECT pg_advisory_xact_lock(4021530001)";
constexpr const char* kTryWriter = "SELECT CAST(pg_try_advisory_lock(4021530002) AS INTEGER)";

void appendNumber(std::string& out, int64_t v) {
  out += std::to_string(v);
  out += '\t';
}

/// COPY's text form.
void appendText(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '\0': return;
      case '\\': out += "\\\\"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      default: out += c;
    }
  }
}

void appendReal(std::string& out, double v) {
  char text[40];
  if (std::isnan(v)) out += "NaN";
  else if (std::isinf(v)) out += v > 0 ? "Infinity" : "-Infinity";
  else out.append(text, static_cast<size_t>(std::snprintf(text, sizeof text, "%.17g", v)));
}

class PostgresHistory final : public SqlHistory {
 public:
  PostgresHistory(const std::string& url, Access access)
      : link_(url, access == Access::Write), write_(access == Access::Write), shown_(shownName(url)) {}
  base::Status ready();

 protected:
  using SqlHistory::run;
  base::Status run(const char* sql, std::span<const Param> params, const RowVisitor& visit) override {
    if (auto up = ready(); !up) return up;
    return note(link_.run(sql, params, visit));
  }
  base::Status begin() override {
    if (auto up = ready(); !up) return up;
    auto begun = note(link_.execute("BEGIN"));
    inside_ = begun.ok();
    return begun;
  }
  base::Status commit() override {
    inside_ = false;
    // A statement's time limit would end the wait for a standby, and call safe what only one server has.
    auto done = note(link_.execute("SET LOCAL statement_timeout = 0; COMMIT"));
    if (done) days_.insert(freshDays_.begin(), freshDays_.end());
    freshDays_.clear();
    return done;
  }
  void rollback() override {
    inside_ = false;
    freshDays_.clear();
    if (link_.connected()) (void)link_.execute("ROLLBACK");
  }
  base::Status writeSamples(std::span<const SampleRow> rows, uint64_t firstId) override;
  base::Status prepareFor(const Block& block) override;
  base::Result<uint64_t> diskBytes() override;

 private:
  base::Status note(base::Status done) {
    if (!done) trouble_ = link_.trouble();
    return done;
  }
  base::Status makeSchema();
  base::Status becomeWriter();
  base::Status dayOf(const char* table, base::UtcNs time);

  PostgresLink link_;
  bool write_;
  std::string shown_;
  bool inside_ = false;  // a transaction that began on this connection
  std::set<std::string> days_, freshDays_;  // partitions that are there; of the transaction that goes on
};

/// Connects when there is no connection. Within a transaction a broken one cannot be mended: it fails.
base::Status PostgresHistory::ready() {
  if (link_.connected()) return base::okStatus();
  if (inside_) {
    trouble_ = Trouble::Unreachable;
    return base::Error{"history " + shown_ + ": the connection broke"};
  }
  if (auto up = note(link_.connect()); !up) return up;
  days_.clear();
  if (!write_) return base::okStatus();
  if (auto made = makeSchema(); !made) {
    link_.drop();
    return made;
  }
  if (auto alone = becomeWriter(); !alone) {
    link_.drop();
    return alone;
  }
  return base::okStatus();
}

base::Status PostgresHistory::makeSchema() {
  return note(link_.execute(std::string("BEGIN; ") + kLockSchema + ";" + kPostgresSchema + "COMMIT"));
}

base::Status PostgresHistory::becomeWriter() {
  bool mine = false;
  auto asked = note(link_.run(kTryWriter, {}, [&](const ResultRow& row) { return mine = row.number(0) != 0; }));
  if (!asked) return asked;
  if (mine) return base::okStatus();
  trouble_ = Trouble::Elsewhere;
  return base::Error{"history " + shown_ + " is being written by another program"};
}

base::Status PostgresHistory::dayOf(const char* table, base::UtcNs time) {
  const int64_t day = time >= 0 ? time / kDay : -1 - (-1 - time) / kDay;
  const std::string name = std::string(table) + (day < 0 ? "_m" : "_") + std::to_string(std::abs(day));
  if (days_.contains(name) || freshDays_.contains(name)) return base::okStatus();
  const std::string sql = "CREATE TABLE IF NOT EXISTS alphacity." + name + " PARTITION OF alphacity." + table + " FOR VALUES FROM (" +
                          std::to_string(day * kDay) + ") TO (" + std::to_string((day + 1) * kDay) + ")";
  auto made = note(link_.execute(sql));
  if (made) freshDays_.insert(name);
  return made;
}

base::Status PostgresHistory::prepareFor(const Block& block) {
  base::Status done = base::okStatus();
  if (block.journal.rows > 0) done = dayOf("journal", block.journal.rxFirst);
  if (done && block.keyframe) done = dayOf("keyframe", block.keyframe->rx);
  for (size_t i = 0; done && i < block.samples.size(); ++i)
    if (i == 0 || block.samples[i].received / kDay != block.samples[i - 1].received / kDay) done = dayOf("sample", block.samples[i].received);
  return done;
}

base::Status PostgresHistory::writeSamples(std::span<const SampleRow> rows, uint64_t firstId) {
  std::string text;
  text.reserve(rows.size() * 96);
  for (const SampleRow& row : rows) {
    appendNumber(text, static_cast<int64_t>(firstId++));
    appendNumber(text, row.entity);
    appendNumber(text, row.property);
    appendNumber(text, row.event);
    appendNumber(text, row.received);
    if (const auto* number = std::get_if<double>(&row.value)) appendReal(text, *number);
    else if (const auto* truth = std::get_if<bool>(&row.value)) text += *truth ? "1" : "0";
    else text += "\\N";
    text += '\t';
    if (const auto* word = std::get_if<std::string>(&row.value)) appendText(text, *word);
    else text += "\\N";
    text += '\t';
    appendNumber(text, row.unit);
    appendNumber(text, row.source);
    text += std::to_string(row.flags);
    text += '\n';
  }
  return note(link_.copyIn("COPY sample (id, entity, property, event, received, number, text, unit, source, flags) FROM STDIN", text));
}

base::Result<uint64_t> PostgresHistory::diskBytes() {
  uint64_t bytes = 0;
  auto asked = run("SELECT CAST(coalesce(sum(pg_total_relation_size(c.oid)), 0) AS BIGINT) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                   "WHERE n.nspname = 'alphacity' AND c.relkind = 'r'", {}, [&](const ResultRow& row) {
                     bytes = static_cast<uint64_t>(row.number(0));
                     return false;
                   });
  if (!asked) return base::Error{asked.error()};
  return bytes;
}

}  // namespace

base::Result<std::unique_ptr<History>> openPostgresHistory(const std::string& url, Access access) {
  auto history = std::make_unique<PostgresHistory>(url, access);
  // A server that is down now may come up later: only what will not change by waiting is an error here.
  if (auto up = history->ready(); !up && history->trouble() != Trouble::Unreachable) return base::Error{up.error()};
  return std::unique_ptr<History>(std::move(history));
}

}  // namespace history
