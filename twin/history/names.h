// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string_view>
#include <unordered_map>

#include "twin/history/history.h"

namespace history {

/// Table `name` in memory: texts by number and numbers by text.
class Names {
 public:
  /// 0 for the empty text; a text that is new gets the next number and is kept in fresh().
  NameId obtain(std::string_view text) {
    if (text.empty()) return 0;
    const auto known = ids_.find(text);
    if (known != ids_.end()) return known->second;
    const auto id = static_cast<NameId>(texts_.size());
    put({id, std::string(text)});
    fresh_.push_back({id, texts_.back()});
    return id;
  }
  /// 0 when it is not known.
  NameId find(std::string_view text) const {
    const auto known = ids_.find(text);
    return known == ids_.end() ? 0 : known->second;
  }
  /// Empty for 0 and for numbers that are not known.
  const std::string& text(NameId id) const { return id < texts_.size() ? texts_[id] : texts_.front(); }
  /// A row of the table; rows come in order.
  void put(NameRow row) {
    if (row.id >= texts_.size()) texts_.resize(row.id + size_t{1});
    texts_[row.id] = std::move(row.text);
    ids_.emplace(texts_[row.id], row.id);
  }
  NameId last() const { return static_cast<NameId>(texts_.size() - 1); }
  /// What was added since the last call, to be stored.
  std::vector<NameRow> takeFresh() { return std::exchange(fresh_, {}); }

 private:
  std::deque<std::string> texts_{std::string()};  // views into it stay good
  std::unordered_map<std::string_view, NameId> ids_;
  std::vector<NameRow> fresh_;
};

}  // namespace history
