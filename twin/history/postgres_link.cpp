// SPDX-License-Identifier: Apache-2.0
#include "twin/history/postgres_link.h"

#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>

#include <bit>
#include <cstring>

namespace history {
namespace {

/// A server that is silent for so long is not there.
constexpr int64_t kPatience = 30 * base::kNsPerSecond;

class PostgresRow final : public ResultRow {
 public:
  PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}
  bool isNull(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  int64_t number(int column) const override {
    const std::string_view b = bytes(column);
    if (b.size() == 4) {
      uint32_t v;
      std::memcpy(&v, b.data(), 4);
      return static_cast<int32_t>(be32toh(v));
    }
    if (b.size() != 8) return 0;
    uint64_t v;
    std::memcpy(&v, b.data(), 8);
    return static_cast<int64_t>(be64toh(v));
  }
  double real(int column) const override { return std::bit_cast<double>(number(column)); }
  std::string_view bytes(int column) const override {
    return {PQgetvalue(result_, row_, column), static_cast<size_t>(PQgetlength(result_, row_, column))};
  }

 private:
  const PGresult* result_;
  int row_;
};

/// Parameters in the binary form of BIGINT, DOUBLE PRECISION and BYTEA; texts as they are.
struct Bound {
  explicit Bound(std::span<const Param> params) : numbers(params.size()), texts(params.size()) {
    for (size_t i = 0; i < params.size(); ++i) {
      const Param& p = params[i];
      switch (p.sort) {
        case Param::Sort::Null: add(nullptr, 0, 1); break;
        case Param::Sort::Number: number(i, static_cast<uint64_t>(p.number)); break;
        case Param::Sort::Real: number(i, std::bit_cast<uint64_t>(p.real)); break;
        case Param::Sort::Blob: add(p.bytes.data(), p.bytes.size(), 1); break;
        case Param::Sort::Text:
          // PostgreSQL's texts hold no zero byte.
          texts[i] = std::string(p.bytes.substr(0, p.bytes.find('\0')));
          add(texts[i].data(), texts[i].size(), 0);
          break;
      }
    }
  }
  void number(size_t i, uint64_t v) {
    numbers[i] = htobe64(v);
    add(reinterpret_cast<const char*>(&numbers[i]), 8, 1);
  }
  void add(const char* data, size_t size, int binary) {
    values.push_back(data);
    lengths.push_back(static_cast<int>(size));
    formats.push_back(binary);
  }
  std::vector<uint64_t> numbers;
  std::vector<std::string> texts;
  std::vector<const char*> values;
  std::vector<int> lengths, formats;
};

/// One line, without the server's trailing newline.
std::string lineOf(const char* message) {
  std::string line = message ? message : "";
  while (!line.empty() && (line.back() == '\n' || line.back() == ' ')) line.pop_back();
  for (char& c : line) c = c == '\n' ? ' ' : c;
  return line;
}

}  // namespace

void PostgresLink::drop() {
  if (connection_) PQfinish(connection_);
  connection_ = nullptr;
  prepared_.clear();
}

base::Error PostgresLink::lost(const std::string& what) {
  trouble_ = Trouble::Unreachable;
  const std::string why = connection_ ? lineOf(PQerrorMessage(connection_)) : "";
  drop();
  return {"history " + shownName(url_) + ": " + (why.empty() ? what : why)};
}

base::Error PostgresLink::refused(const PGresult* answer) {
  const char* code = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  const std::string_view state = code ? code : "";
  const std::string line = lineOf(PQresultErrorMessage(answer));
  // 53100 disk_full; 57P01..57P03 the server goes down or comes up; 08 connection exceptions.
  if (state == "53100") trouble_ = Trouble::DiskFull;
  else if (state.empty() || state.starts_with("57P") || state.starts_with("08")) return lost(line);
  else trouble_ = Trouble::Other;
  return {"history " + shownName(url_) + ": " + line};
}

base::Status PostgresLink::connect() {
  drop();
  trouble_ = Trouble::None;
  // What comes before the URL may be said otherwise in it; what comes behind may not.
  const char* const keys[] = {"target_session_attrs", "dbname", "connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count",
                              "fallback_application_name", "client_encoding", nullptr};
  const char* const values[] = {write_ ? "read-write" : "any", url_.c_str(), "5", "10", "5", "3", "alphacity", "UTF8", nullptr};
  connection_ = PQconnectdbParams(keys, values, 1);
  if (!connection_ || PQstatus(connection_) != CONNECTION_OK) return lost("no connection");
  PQsetnonblocking(connection_, 1);
  return execute("SET search_path = alphacity, public; SET statement_timeout = 25000; SET client_min_messages = warning");
}

bool PostgresLink::waitFor(bool toWrite, int64_t deadline) {
  const int64_t left = (deadline - base::SystemClock::monoNow()) / base::kNsPerMs;
  if (left <= 0) return false;
  pollfd watched{PQsocket(connection_), static_cast<short>(POLLIN | (toWrite ? POLLOUT : 0)), 0};
  return poll(&watched, 1, static_cast<int>(left)) >= 0;
}

base::Status PostgresLink::flush() {
  const int64_t deadline = base::SystemClock::monoNow() + kPatience;
  for (;;) {
    const int state = PQflush(connection_);
    if (state == 0) return base::okStatus();
    if (state < 0) return lost("the connection broke");
    if (!waitFor(true, deadline) || base::SystemClock::monoNow() > deadline) return lost("the server does not answer");
    if (!PQconsumeInput(connection_)) return lost("the connection broke");
  }
}

/// The last answer of what was sent; earlier ones of a list of statements are passed over, unless one failed.
base::Result<PostgresLink::Answer> PostgresLink::await() {
  if (auto sent = flush(); !sent) return base::Error{sent.error()};
  const int64_t deadline = base::SystemClock::monoNow() + kPatience;
  Answer last(nullptr, PQclear);
  for (;;) {
    while (PQisBusy(connection_)) {
      if (!waitFor(false, deadline) || base::SystemClock::monoNow() > deadline) return lost("the server does not answer");
      if (!PQconsumeInput(connection_)) return lost("the connection broke");
    }
    Answer next(PQgetResult(connection_), PQclear);
    if (!next) break;
    const ExecStatusType status = PQresultStatus(next.get());
    const bool failedBefore = last && PQresultStatus(last.get()) == PGRES_FATAL_ERROR;
    if (!failedBefore) last = std::move(next);
    if (status == PGRES_COPY_IN) break;
  }
  if (!last) return lost("the connection broke");
  return last;
}

base::Status PostgresLink::finish(Answer answer) {
  const ExecStatusType status = PQresultStatus(answer.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN || status == PGRES_EMPTY_QUERY) return base::okStatus();
  return refused(answer.get());
}

base::Status PostgresLink::execute(const std::string& sql) {
  if (!connection_) return lost("no connection");
  if (!PQsendQuery(connection_, sql.c_str())) return lost("the connection broke");
  auto answer = await();
  if (!answer) return base::Error{answer.error()};
  return finish(std::move(*answer));
}

base::Status PostgresLink::prepare(const char* sql, std::string& name) {
  name = "s" + std::to_string(prepared_.size());
  if (!PQsendPrepare(connection_, name.c_str(), sql, 0, nullptr)) return lost("the connection broke");
  auto answer = await();
  if (!answer) return base::Error{answer.error()};
  if (auto done = finish(std::move(*answer)); !done) return done;
  prepared_.emplace(sql, name);
  return base::okStatus();
}

base::Status PostgresLink::run(const char* sql, std::span<const Param> params, const std::function<bool(const ResultRow&)>& visit) {
  if (!connection_) return lost("no connection");
  std::string name;
  if (const auto known = prepared_.find(sql); known != prepared_.end()) name = known->second;
  else if (auto made = prepare(sql, name); !made) return made;
  const Bound bound(params);
  if (!PQsendQueryPrepared(connection_, name.c_str(), static_cast<int>(params.size()), bound.values.data(), bound.lengths.data(),
                           bound.formats.data(), 1))
    return lost("the connection broke");
  auto answer = await();
  if (!answer) return base::Error{answer.error()};
  const int rows = PQntuples(answer->get());
  for (int i = 0; visit && i < rows; ++i)
    if (!visit(PostgresRow(answer->get(), i))) break;
  return finish(std::move(*answer));
}

base::Status PostgresLink::copyIn(const char* sql, std::string_view rows) {
  if (auto begun = execute(sql); !begun) return begun;
  constexpr size_t kPiece = 1u << 20;
  for (size_t at = 0; at < rows.size(); at += kPiece) {
    const std::string_view piece = rows.substr(at, kPiece);
    int put = 0;
    while ((put = PQputCopyData(connection_, piece.data(), static_cast<int>(piece.size()))) == 0)
      if (auto sent = flush(); !sent) return sent;
    if (put < 0) return lost("the connection broke");
    if (auto sent = flush(); !sent) return sent;
  }
  int ended = 0;
  while ((ended = PQputCopyEnd(connection_, nullptr)) == 0)
    if (auto sent = flush(); !sent) return sent;
  if (ended < 0) return lost("the connection broke");
  auto answer = await();
  if (!answer) return base::Error{answer.error()};
  return finish(std::move(*answer));
}

}  // namespace history
