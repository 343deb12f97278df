// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string_view>
#include <unordered_map>

#include "twin/model/change_batch.h"

namespace model {

/// The reader's copy of the twin, on the frame's thread.
class Mirror {
 public:
  /// False when the batch does not follow on what was applied before (a gap): ask for a keyframe.
  bool apply(const ChangeBatch& batch);

  const Entity* find(EntityHandle handle) const;
  EntityHandle handleOf(std::string_view id) const;
  const Entity* findById(std::string_view id) const { return find(handleOf(id)); }
  size_t size() const { return byId_.size(); }
  uint64_t revision() const { return revision_; }
  /// In place of all events, after a jump in time. Oldest first.
  void setEvents(std::vector<Event> events) { events_.assign(events.begin(), events.end()); }
  /// The last few thousand events, oldest first.
  const std::deque<Event>& events() const { return events_; }
  /// In slot order, so output is the same every time.
  template <typename F>
  void forEach(F&& f) const {
    for (uint32_t slot = 0; slot < rows_.size(); ++slot)
      if (rows_[slot].handle) f(rows_[slot].handle, rows_[slot].entity);
  }
  uint64_t stateHash() const;

 private:
  struct IdHash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const noexcept { return std::hash<std::string_view>{}(s); }
  };
  std::vector<EntityRow> rows_;  // by slot
  std::unordered_map<std::string, EntityHandle, IdHash, std::equal_to<>> byId_;
  std::deque<Event> events_;
  uint64_t revision_ = 0;
};

}  // namespace model
