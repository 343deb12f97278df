// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/csv_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace feeds {
namespace {

/// Takes a line end off; true when there was one.
bool lineEnd(std::string_view& text) {
  if (text.starts_with("\r\n")) return text.remove_prefix(2), true;
  if (!text.empty() && (text.front() == '\n' || text.front() == '\r')) return text.remove_prefix(1), true;
  return false;
}

void skipLine(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_of("\r\n"), text.size()));
  lineEnd(text);
}

}  // namespace

/// After an opening quote: reads to the closing one. False: it never closes, or the row grows too long.
bool CsvReader::quoted(std::string& cell) {
  size_t length = 0;
  for (;;) {
    const size_t quote = rest_.find('"');
    if (quote == std::string_view::npos || (length += quote) > kLongestRow) return false;
    cell += rest_.substr(0, quote);
    rest_.remove_prefix(quote + 1);
    if (!rest_.starts_with('"')) return true;
    cell += '"';
    rest_.remove_prefix(1);
  }
}

CsvStep CsvReader::next() {
  cells_.clear();
  if (rest_.empty()) return CsvStep::End;
  size_t length = 0;
  bool anything = false;
  const std::array<char, 4> stops{separator_, '\r', '\n', '\0'};
  for (;;) {
    std::string& cell = cells_.emplace_back();
    if (rest_.starts_with('"')) {
      const std::string_view row = rest_;
      rest_.remove_prefix(1);
      if (!quoted(cell)) {
        // Give up this line only: what follows may be sound.
        rest_ = row;
        skipLine(rest_);
        return CsvStep::Broken;
      }
      if (!rest_.empty() && rest_.front() != separator_ && rest_.front() != '\r' && rest_.front() != '\n') {
        skipLine(rest_);
        return CsvStep::Broken;
      }
    } else {
      const size_t end = std::min(rest_.find_first_of(std::string_view(stops.data(), 3)), rest_.size());
      if (end > kLongestRow) return skipLine(rest_), CsvStep::TooLarge;
      cell = rest_.substr(0, end);
      rest_.remove_prefix(end);
    }
    length += cell.size();
    anything = anything || cell.find_first_not_of(" \t") != std::string::npos;
    if (length > kLongestRow || cells_.size() > kMostColumns) return skipLine(rest_), CsvStep::TooLarge;
    if (rest_.empty() || lineEnd(rest_)) return anything ? CsvStep::Row : CsvStep::Blank;
    rest_.remove_prefix(1);  // the separator
  }
}

char guessSeparator(std::string_view text) {
  constexpr std::string_view kChoices = ",;\t|";
  std::array<size_t, 4> counts{};
  bool inside = false;
  for (const char c : text.substr(0, 65536)) {
    if (c == '"') inside = !inside;
    if (inside) continue;
    if (c == '\n' || c == '\r') break;
    if (const size_t which = kChoices.find(c); which != std::string_view::npos) ++counts[which];
  }
  return kChoices[static_cast<size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

size_t wholeRows(std::string_view text) {
  bool inside = false;
  size_t end = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') inside = !inside;
    if (text[i] == '\n' && !inside) end = i + 1;
  }
  return end;
}

}  // namespace feeds
