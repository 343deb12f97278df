// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace feeds {

/// Something wrong in a GTFS feed, by the name that the canonical validator (MobilityData gtfs-validator,
/// RULES.md) gives it where it has one.
struct GtfsNotice {
  std::string code;  ///< "missing_required_column", "foreign_key_violation" ...
  std::string file;
  size_t row = 0;  ///< line, 1 is the header; 0: the file as a whole
  std::string field;
};

/// One CSV file of a feed (RFC 4180 as GTFS narrows it): UTF-8 with or without BOM, LF, CRLF or lone CR,
/// quoted fields. A row with another number of cells than the header is kept and noticed.
class GtfsTable {
 public:
  /// Parses; everything odd is added to `notices`. At most `maxRows` rows.
  GtfsTable(std::string file, std::string_view text, std::vector<GtfsNotice>& notices);

  size_t rows() const { return rows_.size(); }
  /// Index of a column, or -1.
  int column(std::string_view name) const;
  /// The trimmed cell; empty when the column or the cell is missing.
  std::string_view cell(size_t row, int column) const;
  /// Line number of a row, for notices.
  size_t line(size_t row) const { return row + 2; }
  const std::string& file() const { return file_; }
  bool unreadable() const { return unreadable_; }  ///< not UTF-8 at all (UTF-16), or no header

 private:
  std::string file_;
  std::string text_;  // unquoted in place; cells point into it
  std::vector<std::string_view> header_;
  std::vector<std::vector<std::string_view>> rows_;
  bool unreadable_ = false;
};

}  // namespace feeds
