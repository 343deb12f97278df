// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace base {

/// From keys that are well-mixed hashes to numbers, for many look-ups a second: open addressing with linear probing, so
/// that one look touches one line of the cache where std::unordered_map touches three. The number UINT64_MAX is not
/// allowed.
class KeyIndex {
 public:
  std::optional<uint64_t> find(uint64_t key) const;
  void set(uint64_t key, uint64_t number);
  void erase(uint64_t key);
  size_t size() const { return size_; }

 private:
  static constexpr uint64_t kNone = UINT64_MAX;
  struct Slot {
    uint64_t key = 0, number = kNone;
  };
  size_t home(uint64_t key) const { return key & (slots_.size() - 1); }
  size_t next(size_t at) const { return (at + 1) & (slots_.size() - 1); }
  size_t slotOf(uint64_t key) const;
  void grow();

  std::vector<Slot> slots_;  // a power of two, at most half of it in use
  size_t size_ = 0;
};

}  // namespace base
