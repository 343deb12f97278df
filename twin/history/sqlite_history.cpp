// SPDX-License-Identifier: Apache-2.0
#include "twin/history/sqlite_history.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <unordered_map>

namespace history {
namespace {

constexpr const char* kSchema = R"sql(
CREATE TABLE IF NOT EXISTS name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS source (id INTEGER PRIMARY KEY, name TEXT NOT NULL, standard TEXT NOT NULL, endpoint TEXT NOT NULL,
  provenance INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY, first_seq INTEGER NOT NULL, rx_first INTEGER NOT NULL,
  rx_last INTEGER NOT NULL, ev_first INTEGER NOT NULL, ev_last INTEGER NOT NULL, lag_first INTEGER, lag_last INTEGER, sample_first INTEGER NOT NULL,
  rows INTEGER NOT NULL, period INTEGER NOT NULL, data BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS journal_rx ON journal (rx_first, rx_last, seq);
CREATE INDEX IF NOT EXISTS journal_lag ON journal (lag_first, lag_last) WHERE lag_first IS NOT NULL;
CREATE TABLE IF NOT EXISTS keyframe (seq INTEGER NOT NULL, rx INTEGER NOT NULL, begins INTEGER NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (rx, seq));
CREATE INDEX IF NOT EXISTS keyframe_seq ON keyframe (seq);
CREATE TABLE IF NOT EXISTS sample (id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, property INTEGER NOT NULL, event INTEGER NOT NULL,
  received INTEGER NOT NULL, number REAL, text TEXT, unit INTEGER NOT NULL, source INTEGER NOT NULL, flags INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS sample_series ON sample (entity, property, event);
CREATE TABLE IF NOT EXISTS event (seq INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, entity INTEGER NOT NULL,
  event INTEGER NOT NULL, received INTEGER NOT NULL, source INTEGER NOT NULL, severity INTEGER NOT NULL, x REAL, y REAL, z REAL,
  details TEXT NOT NULL, provenance INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS event_time ON event (event);
CREATE TABLE IF NOT EXISTS gap (first INTEGER NOT NULL, last INTEGER NOT NULL, rows INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (first, last, reason));
PRAGMA user_version = 1;
)sql";

class SqliteRow final : public ResultRow {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool isNull(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  int64_t number(int column) const override { return sqlite3_column_int64(statement_, column); }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  std::string_view bytes(int column) const override {
    const void* data = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return data ? std::string_view(static_cast<const char*>(data), static_cast<size_t>(size)) : std::string_view();
  }

 private:
  sqlite3_stmt* statement_;
};

struct Statement {
  sqlite3_stmt* handle = nullptr;
  int place[16] = {};  // of $1, $2 ... among the parameters; 0: not in it
};

class SqliteHistory final : public SqlHistory {
 public:
  explicit SqliteHistory(std::filesystem::path file) : file_(std::move(file)) {}
  ~SqliteHistory() override {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement.handle);
    sqlite3_close(db_);
    if (lock_ >= 0) close(lock_);
  }

  base::Status open(Access access);

 protected:
  using SqlHistory::run;
  base::Status run(const char* sql, std::span<const Param> params, const RowVisitor& visit) override;
  base::Status begin() override { return run("BEGIN IMMEDIATE", {}, {}); }
  base::Status commit() override { return run("COMMIT", {}, {}); }
  void rollback() override {
    if (db_ && !sqlite3_get_autocommit(db_)) {
      const Trouble why = trouble_;
      sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
      trouble_ = why;
    }
  }
  base::Status writeSamples(std::span<const SampleRow> rows, uint64_t firstId) override;
  base::Status giveBackSpace() override { return run("PRAGMA incremental_vacuum(4096)", {}, {}); }
  base::Result<uint64_t> diskBytes() override;

 private:
  base::Error failed(int code);
  base::Result<Statement*> prepared(const char* sql);
  base::Status lockForWriting();

  std::filesystem::path file_;
  sqlite3* db_ = nullptr;
  int lock_ = -1;
  std::unordered_map<const char*, Statement> statements_;
};

base::Error SqliteHistory::failed(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL: trouble_ = Trouble::DiskFull; break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: trouble_ = Trouble::Unreachable; break;
    // A write that the file system refuses for want of room comes as an I/O error where there is no ENOSPC.
    case SQLITE_IOERR: trouble_ = code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_SHMSIZE ? Trouble::DiskFull : Trouble::Other; break;
    default: trouble_ = Trouble::Other;
  }
  return {"history " + file_.string() + ": " + (db_ ? sqlite3_errmsg(db_) : sqlite3_errstr(code))};
}

base::Status SqliteHistory::lockForWriting() {
  const std::string name = file_.string() + ".writer";
  lock_ = ::open(name.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (lock_ < 0) {
    trouble_ = Trouble::Other;
    return base::Error{"history " + file_.string() + ": cannot be written here; give another --history FILE or none"};
  }
  if (flock(lock_, LOCK_EX | LOCK_NB) == 0) return base::okStatus();
  trouble_ = Trouble::Elsewhere;
  return base::Error{"history " + file_.string() + " is being written by another program; give another --history FILE or none"};
}

base::Status SqliteHistory::open(Access access) {
  const bool write = access == Access::Write;
  if (write) {
    std::error_code ignored;
    if (file_.has_parent_path()) std::filesystem::create_directories(file_.parent_path(), ignored);
    if (auto locked = lockForWriting(); !locked) return locked;
  }
  const int flags = SQLITE_OPEN_NOMUTEX | (write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE);
  if (const int code = sqlite3_open_v2(file_.c_str(), &db_, flags, nullptr); code != SQLITE_OK) return failed(code);
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, 5000);
  const char* setup = write ? "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                              "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY"
                            : "PRAGMA query_only = 1; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY";
  if (const int code = sqlite3_exec(db_, setup, nullptr, nullptr, nullptr); code != SQLITE_OK) return failed(code);
  int64_t version = 0;
  auto read = run("PRAGMA user_version", {}, [&](const ResultRow& row) {
    version = row.number(0);
    return true;
  });
  if (!read) return read;
  if (version > 1) return base::Error{"history " + file_.string() + " is of a newer program; give another --history FILE"};
  if (version == 0 && !write) return base::Error{"history " + file_.string() + ": no history is in this file"};
  if (version == 0)
    if (const int code = sqlite3_exec(db_, (std::string("BEGIN IMMEDIATE;") + kSchema + "COMMIT").c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK) {
      const base::Error why = failed(code);
      rollback();
      return why;
    }
  return base::okStatus();
}

base::Result<Statement*> SqliteHistory::prepared(const char* sql) {
  Statement& statement = statements_[sql];
  if (statement.handle) return &statement;
  const int code = sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement.handle, nullptr);
  if (code != SQLITE_OK) return failed(code);
  // "$2" is a name to SQLite, not a number: ask where each stands.
  for (int i = 1; i < 16; ++i) statement.place[i] = sqlite3_bind_parameter_index(statement.handle, ("$" + std::to_string(i)).c_str());
  return &statement;
}

base::Status SqliteHistory::run(const char* sql, std::span<const Param> params, const RowVisitor& visit) {
  const auto found = prepared(sql);
  if (!found) return base::Error{found.error()};
  sqlite3_stmt* const s = (*found)->handle;
  for (size_t i = 0; i < params.size(); ++i) {
    const Param& p = params[i];
    const int at = (*found)->place[i + 1];
    switch (p.sort) {
      case Param::Sort::Null: sqlite3_bind_null(s, at); break;
      case Param::Sort::Number: sqlite3_bind_int64(s, at, p.number); break;
      case Param::Sort::Real: sqlite3_bind_double(s, at, p.real); break;
      case Param::Sort::Text: sqlite3_bind_text(s, at, p.bytes.data(), static_cast<int>(p.bytes.size()), SQLITE_STATIC); break;
      case Param::Sort::Blob: sqlite3_bind_blob(s, at, p.bytes.data(), static_cast<int>(p.bytes.size()), SQLITE_STATIC); break;
    }
  }
  int code = SQLITE_OK;
  const SqliteRow row(s);
  while ((code = sqlite3_step(s)) == SQLITE_ROW)
    if (visit && !visit(row)) break;
  base::Status done = code == SQLITE_ROW || code == SQLITE_DONE ? base::okStatus() : base::Status(failed(code));
  sqlite3_reset(s);
  sqlite3_clear_bindings(s);
  return done;
}

base::Status SqliteHistory::writeSamples(std::span<const SampleRow> rows, uint64_t firstId) {
  const auto found = prepared("INSERT INTO sample (id, entity, property, event, received, number, text, unit, source, flags) "
                              "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
  if (!found) return base::Error{found.error()};
  sqlite3_stmt* const s = (*found)->handle;  // the places of $1 to $10 are 1 to 10 here
  for (const SampleRow& row : rows) {
    sqlite3_bind_int64(s, 1, static_cast<int64_t>(firstId++));
    sqlite3_bind_int64(s, 2, row.entity);
    sqlite3_bind_int64(s, 3, row.property);
    sqlite3_bind_int64(s, 4, row.event);
    sqlite3_bind_int64(s, 5, row.received);
    const auto* number = std::get_if<double>(&row.value);
    const auto* truth = std::get_if<bool>(&row.value);
    const auto* text = std::get_if<std::string>(&row.value);
    if (number) sqlite3_bind_double(s, 6, *number);
    else if (truth) sqlite3_bind_double(s, 6, *truth ? 1 : 0);
    else sqlite3_bind_null(s, 6);
    if (text) sqlite3_bind_text(s, 7, text->data(), static_cast<int>(text->size()), SQLITE_STATIC);
    else sqlite3_bind_null(s, 7);
    sqlite3_bind_int64(s, 8, row.unit);
    sqlite3_bind_int64(s, 9, row.source);
    sqlite3_bind_int64(s, 10, row.flags);
    const int code = sqlite3_step(s);
    if (code != SQLITE_DONE) {
      const base::Error why = failed(code);
      sqlite3_reset(s);
      return why;
    }
    sqlite3_reset(s);
  }
  sqlite3_clear_bindings(s);
  return base::okStatus();
}

base::Result<uint64_t> SqliteHistory::diskBytes() {
  uint64_t sum = 0;
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(file_.string() + suffix, missing);
    if (!missing) sum += size;
  }
  return sum;
}

}  // namespace

base::Result<std::unique_ptr<History>> openSqliteHistory(const std::filesystem::path& file, Access access) {
  auto history = std::make_unique<SqliteHistory>(file);
  if (auto opened = history->open(access); !opened) return base::Error{opened.error()};
  return std::unique_ptr<History>(std::move(history));
}

}  // namespace history
