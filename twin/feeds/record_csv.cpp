// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "engine/base/hash.h"
#include "twin/feeds/csv_reader.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/record_reader.h"
#include "twin/feeds/text_encoding.h"

namespace feeds {
namespace {

constexpr size_t kNoColumn = static_cast<size_t>(-1);

std::string trimmed(const std::string& text) {
  const size_t from = text.find_first_not_of(" \t"), to = text.find_last_not_of(" \t");
  return from == std::string::npos ? std::string() : text.substr(from, to - from + 1);
}

class CsvRecord final : public Record {
 public:
  CsvRecord(const std::vector<size_t>& columns, const std::vector<std::string>& header, const std::vector<std::string>& cells)
      : columns_(columns), header_(header), cells_(cells) {}
  Cell at(size_t path) const override {
    const size_t column = columns_[path];
    if (column >= cells_.size()) return {};
    return {Cell::Kind::Text, trimmed(cells_[column]), 0, false};
  }
  std::vector<std::string> names() const override { return header_; }

 private:
  const std::vector<size_t>& columns_;
  const std::vector<std::string>& header_;
  const std::vector<std::string>& cells_;
};

size_t columnOf(const std::string& path, const std::vector<std::string>& header) {
  if (path.starts_with('#')) {
    size_t number = 0;
    const auto [end, bad] = std::from_chars(path.data() + 1, path.data() + path.size(), number);
    if (bad == std::errc() && end == path.data() + path.size() && number >= 1 && number <= CsvReader::kMostColumns) return number - 1;
  }
  const auto it = std::find(header.begin(), header.end(), path);
  return it == header.end() ? kNoColumn : static_cast<size_t>(it - header.begin());
}

uint64_t hashOf(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& cell : cells) {
    row += cell;
    row += '\x1f';
  }
  return base::hashBytes(row);
}

/// Cells beyond the header may only be empty, as spreadsheets leave them.
bool fits(std::vector<std::string> const& cells, size_t columns) {
  if (cells.size() < columns) return false;
  return std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(columns), cells.end(), [](const std::string& cell) { return cell.empty(); });
}

}  // namespace

const char* readCsvRecords(const Mapping& mapping, std::string_view bytes, RecordSink& sink) {
  const base::Result<std::string> text = toUtf8(bytes, mapping.encoding);
  if (!text) return reason::kEncoding;
  CsvReader reader(*text, mapping.separator ? mapping.separator : guessSeparator(*text));
  std::vector<std::string> header;
  if (mapping.header) {
    CsvStep step = reader.next();
    while (step == CsvStep::Blank) step = reader.next();
    if (step != CsvStep::Row) return reason::kCsv;
    for (const std::string& name : reader.cells()) header.push_back(trimmed(name));
  }
  std::vector<size_t> columns;
  for (size_t i = 0; i < mapping.paths.size(); ++i) {
    columns.push_back(columnOf(mapping.paths[i], header));
    if (columns.back() == kNoColumn) sink.absent(i);
  }
  std::unordered_set<uint64_t> seen;
  for (;;) {
    switch (reader.next()) {
      case CsvStep::End: return nullptr;
      case CsvStep::Blank: sink.refused(reason::kBlankRow); continue;
      case CsvStep::TooLarge: sink.refused(reason::kTooLarge); continue;
      case CsvStep::Broken: sink.refused(reason::kCsv); continue;
      case CsvStep::Row: break;
    }
    if (mapping.header && !fits(reader.cells(), header.size())) {
      sink.refused(reason::kColumns);
    } else if (!seen.insert(hashOf(reader.cells())).second) {
      sink.refused(reason::kDuplicateRow);
    } else if (!sink.record(CsvRecord(columns, header, reader.cells()))) {
      return nullptr;
    }
  }
}

}  // namespace feeds
