// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/base/ensure.h"
#include "engine/base/handle.h"

namespace base {

/// Values in stable slots: a slot never moves while its value lives, so GPU buffers and pick ids may
/// point at it. Freed slots are used again with a higher generation.
template <typename T, typename Tag = T>
class SlotMap {
 public:
  using HandleType = Handle<Tag>;

  HandleType insert(T value) {
    uint32_t slot;
    if (free_.empty()) {
      slot = static_cast<uint32_t>(slots_.size());
      slots_.push_back({});
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    Slot& s = slots_[slot];
    s.value = std::move(value);
    s.alive = true;
    ++s.generation;
    ++size_;
    return {slot, s.generation};
  }

  void erase(HandleType h) {
    ENSURE(contains(h));
    Slot& s = slots_[h.slot];
    s.alive = false;
    s.value = T{};
    free_.push_back(h.slot);
    --size_;
  }

  bool contains(HandleType h) const {
    return h.slot < slots_.size() && slots_[h.slot].alive && slots_[h.slot].generation == h.generation;
  }
  T* find(HandleType h) { return contains(h) ? &slots_[h.slot].value : nullptr; }
  const T* find(HandleType h) const { return contains(h) ? &slots_[h.slot].value : nullptr; }

  /// The live handle in a slot, or none.
  HandleType handleAt(uint32_t slot) const {
    return slot < slots_.size() && slots_[slot].alive ? HandleType{slot, slots_[slot].generation} : HandleType{};
  }

  size_t size() const { return size_; }
  /// One more than the highest slot ever used.
  uint32_t slotCount() const { return static_cast<uint32_t>(slots_.size()); }

  template <typename F>
  void forEach(F&& f) {
    for (uint32_t i = 0; i < slots_.size(); ++i)
      if (slots_[i].alive) f(HandleType{i, slots_[i].generation}, slots_[i].value);
  }
  template <typename F>
  void forEach(F&& f) const {
    for (uint32_t i = 0; i < slots_.size(); ++i)
      if (slots_[i].alive) f(HandleType{i, slots_[i].generation}, slots_[i].value);
  }

 private:
  struct Slot {
    T value{};
    uint32_t generation = 0;
    bool alive = false;
  };
  std::vector<Slot> slots_;
  std::vector<uint32_t> free_;
  size_t size_ = 0;
};

}  // namespace base
