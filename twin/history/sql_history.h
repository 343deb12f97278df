// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <span>

#include "twin/history/history.h"

namespace history {

/// A value that goes into a statement. The views must live until the call returns.
struct Param {
  enum class Sort : uint8_t { Null, Number, Real, Text, Blob } sort = Sort::Null;
  int64_t number = 0;
  double real = 0;
  std::string_view bytes;

  Param() = default;
  template <std::integral T>
  Param(T v) : sort(Sort::Number), number(static_cast<int64_t>(v)) {}
  Param(double v) : sort(Sort::Real), real(v) {}
  Param(std::string_view v) : sort(Sort::Text), bytes(v) {}
  Param(const std::string& v) : sort(Sort::Text), bytes(v) {}
  static Param blob(std::string_view v) {
    Param p(v);
    p.sort = Sort::Blob;
    return p;
  }
};

/// One row of an answer; views live until the visitor returns.
class ResultRow {
 public:
  virtual ~ResultRow() = default;
  virtual bool isNull(int column) const = 0;
  virtual int64_t number(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view bytes(int column) const = 0;  ///< text and blobs
};

/// The History that is the same on every SQL server: statements with $1, $2 ... that both understand. A server
/// brings its connection, its schema and a fast way to write samples.
class SqlHistory : public History {
 public:
  base::Status append(const Block& block) override;
  Trouble trouble() const override { return trouble_; }
  base::Result<Tail> tail() override;
  base::Result<std::vector<NameRow>> namesAfter(NameId last) override;
  base::Result<std::vector<SourceRow>> sources() override;
  base::Result<Span> span() override;
  base::Result<std::optional<Keyframe>> keyframeBefore(base::UtcNs rx) override;
  base::Result<bool> runBegins(Span span) override;
  base::Status eachBlock(const BlockQuery& query, const BlockVisitor& visit) override;
  base::Result<std::vector<SeriesPoint>> series(std::string_view entity, std::string_view property, Span span,
                                                size_t points) override;
  base::Result<std::vector<StoredEvent>> events(Span span, size_t most, int leastSeverity) override;
  base::Result<std::vector<Gap>> gaps(Span span) override;
  base::Result<Thinned> thin(const ThinningStep& step) override;
  base::Status dropEvents(base::UtcNs before) override;

 protected:
  using RowVisitor = std::function<bool(const ResultRow&)>;
  /// Runs one statement; the text must be a literal (it is the key of the prepared one).
  virtual base::Status run(const char* sql, std::span<const Param> params, const RowVisitor& visit) = 0;
  virtual base::Status begin() = 0;
  virtual base::Status commit() = 0;
  virtual void rollback() = 0;
  virtual base::Status writeSamples(std::span<const SampleRow> rows, uint64_t firstId) = 0;
  /// Room for rows of these times, where the server needs it made (partitions).
  virtual base::Status prepareFor(const Block&) { return base::okStatus(); }
  /// After much was deleted.
  virtual base::Status giveBackSpace() { return base::okStatus(); }

  base::Status run(const char* sql, std::initializer_list<Param> params, const RowVisitor& visit = {}) {
    return run(sql, std::span(params.begin(), params.size()), visit);
  }
  Trouble trouble_ = Trouble::None;

 private:
  base::Status writeRows(const Block& block);
  base::Status writeJournal(const JournalBlock& journal, int64_t periodMs);
  base::Result<NameId> nameOf(std::string_view text);
  struct Stretch {
    uint64_t firstBlock = 0;  ///< seq of the first block; 0: nothing to do
    uint64_t firstSeq = 0, seq = 0;
    uint64_t sampleFirst = 0;
    base::UtcNs rxFirst = 0;
  };
  base::Result<Stretch> nextStretch(base::UtcNs before, int64_t periodMs);
  base::Result<Thinned> thinStretch(const ThinningStep& step);
  base::Status thinSamples(uint64_t first, uint64_t end, int64_t period);
};

}  // namespace history
