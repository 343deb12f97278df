// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace feeds {

/// What became of the next line of a table.
enum class CsvStep : uint8_t {
  Row,
  Blank,     ///< nothing but separators and blanks
  TooLarge,  ///< a line beyond the limit, skipped to the next line end
  Broken,    ///< a quote that never closes, or text after a closing quote
  End
};

/// Rows of RFC 4180 text: quotes may hold separators, line breaks and doubled quotes; line ends are CR LF,
/// LF or CR. Reads UTF-8 that it does not own, keeps one row.
class CsvReader {
 public:
  static constexpr size_t kLongestRow = 1u << 20;  // bytes
  static constexpr size_t kMostColumns = 4096;

  CsvReader(std::string_view text, char separator) : rest_(text), separator_(separator) {}

  CsvStep next();
  /// Of the last Row: valid until next().
  const std::vector<std::string>& cells() const { return cells_; }

 private:
  bool quoted(std::string& cell);

  std::string_view rest_;
  char separator_;
  std::vector<std::string> cells_;
};

/// The separator of a header line: the one of , ; tab | that stands most often outside quotes.
char guessSeparator(std::string_view text);

/// Length of the longest part of `text` that ends with a whole row; 0 when there is none. A line
/// break inside quotes ends no row.
size_t wholeRows(std::string_view text);

}  // namespace feeds
