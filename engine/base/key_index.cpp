// SPDX-License-Identifier: Apache-2.0
#include "engine/base/key_index.h"

#include <utility>

#include "engine/base/ensure.h"

namespace base {
namespace {

constexpr size_t kFirst = 64;  // slots

}  // namespace

/// Where the key is, or the empty slot where it would be.
size_t KeyIndex::slotOf(uint64_t key) const {
  size_t at = home(key);
  while (slots_[at].number != kNone && slots_[at].key != key) at = next(at);
  return at;
}

std::optional<uint64_t> KeyIndex::find(uint64_t key) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slotOf(key)];
  return slot.number == kNone ? std::nullopt : std::optional(slot.number);
}

void KeyIndex::grow() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.empty() ? kFirst : slots_.size() * 2));
  for (const Slot& slot : old)
    if (slot.number != kNone) slots_[slotOf(slot.key)] = slot;
}

void KeyIndex::set(uint64_t key, uint64_t number) {
  ENSURE(number != kNone);
  if ((size_ + 1) * 2 > slots_.size()) grow();
  Slot& slot = slots_[slotOf(key)];
  if (slot.number == kNone) ++size_;
  slot = {key, number};
}

/// Moves what comes after the gap back to it where that is nearer to home (Knuth, volume 3, 6.4, algorithm R).
void KeyIndex::erase(uint64_t key) {
  if (slots_.empty()) return;
  size_t gap = slotOf(key);
  if (slots_[gap].number == kNone) return;
  --size_;
  for (size_t at = next(gap); slots_[at].number != kNone; at = next(at)) {
    const size_t fromHome = (at - home(slots_[at].key)) & (slots_.size() - 1), fromGap = (at - gap) & (slots_.size() - 1);
    if (fromHome < fromGap) continue;
    slots_[gap] = slots_[at];
    gap = at;
  }
  slots_[gap] = {};
}

}  // namespace base
