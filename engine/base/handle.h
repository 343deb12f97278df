// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace base {

/// Slot and generation: a stale handle is told from a live one after its slot was used again.
/// Generation 0 is never handed out, so a default handle is "none".
template <typename Tag>
struct Handle {
  uint32_t slot = 0;
  uint32_t generation = 0;

  explicit operator bool() const { return generation != 0; }
  auto operator<=>(const Handle&) const = default;
};

}  // namespace base

template <typename Tag>
struct std::hash<base::Handle<Tag>> {
  size_t operator()(const base::Handle<Tag>& h) const noexcept {
    return std::hash<uint64_t>{}(uint64_t{h.generation} << 32 | h.slot);
  }
};
