// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/gtfs_table.h"

#include <simdjson.h>

#include <algorithm>

namespace feeds {
namespace {

constexpr size_t kMaxRows = 20'000'000;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Walks a text, cutting it into cells; quoted cells are unescaped in place.
class Cutter {
 public:
  explicit Cutter(std::string& text) : text_(text) {}

  bool atEnd() const { return at_ >= text_.size(); }

  /// The cells up to the end of the line.
  std::vector<std::string_view> line() {
    std::vector<std::string_view> cells;
    for (bool more = true; more;) {
      cells.push_back(trimmed(text_[std::min(at_, text_.size() - 1)] == '"' && !atEnd() ? quoted() : plain()));
      more = !atEnd() && text_[at_] == ',';
      if (more) ++at_;
      if (more && atEnd()) cells.emplace_back();  // a comma as the last byte: one more, empty cell
      if (atEnd()) more = false;
    }
    endLine();
    return cells;
  }

  size_t lf = 0, crlf = 0, cr = 0;

 private:
  std::string_view plain() {
    const size_t start = at_;
    at_ = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    return std::string_view(text_).substr(start, at_ - start);
  }

  std::string_view quoted() {
    const size_t start = ++at_;
    size_t out = start;
    while (!atEnd()) {
      if (text_[at_] == '"') {
        if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          ++at_;
        } else {
          ++at_;
          break;
        }
      }
      text_[out++] = text_[at_++];
    }
    // What stands between the closing quote and the comma is not part of the cell.
    at_ = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    return std::string_view(text_).substr(start, out - start);
  }

  void endLine() {
    if (atEnd()) return;
    if (text_[at_] == '\r') {
      ++at_;
      if (!atEnd() && text_[at_] == '\n') {
        ++at_, ++crlf;
      } else {
        ++cr;
      }
    } else {
      ++at_, ++lf;
    }
  }

  std::string& text_;
  size_t at_ = 0;
};

}  // namespace

GtfsTable::GtfsTable(std::string file, std::string_view text, std::vector<GtfsNotice>& notices)
    : file_(std::move(file)), text_(text) {
  const auto notice = [&](const char* code, size_t line, std::string_view field = {}) {
    notices.push_back({code, file_, line, std::string(field)});
  };
  if (text_.starts_with("\xef\xbb\xbf")) text_.erase(0, 3);
  if (text_.starts_with("\xfe\xff") || text_.starts_with("\xff\xfe")) {
    notice("invalid_encoding", 0);  // UTF-16
    unreadable_ = true;
    return;
  }
  if (trimmed(text_).empty()) {
    notice("empty_file", 0);
    unreadable_ = true;
    return;
  }
  Cutter cutter(text_);
  header_ = cutter.line();
  while (!cutter.atEnd() && rows_.size() < kMaxRows) {
    std::vector<std::string_view> cells = cutter.line();
    if (cells.size() == 1 && cells[0].empty()) {
      if (cutter.atEnd()) break;
      notice("empty_row", rows_.size() + 2);
    } else if (cells.size() != header_.size()) {
      notice("invalid_row_length", rows_.size() + 2);
    }
    for (const std::string_view cell : cells) {
      if (cell.find('\0') != std::string_view::npos) notice("invalid_character", rows_.size() + 2);
      if (!simdjson::validate_utf8(cell.data(), cell.size())) notice("invalid_encoding", rows_.size() + 2);
    }
    rows_.push_back(std::move(cells));
  }
  if (rows_.empty()) notice("empty_file", 0);
  if ((cutter.lf > 0) + (cutter.crlf > 0) + (cutter.cr > 0) > 1) notice("mixed_line_ends", 0);
}

int GtfsTable::column(std::string_view name) const {
  for (size_t i = 0; i < header_.size(); ++i)
    if (header_[i] == name) return static_cast<int>(i);
  return -1;
}

std::string_view GtfsTable::cell(size_t row, int column) const {
  if (column < 0 || static_cast<size_t>(column) >= rows_[row].size()) return {};
  return rows_[row][static_cast<size_t>(column)];
}

}  // namespace feeds
