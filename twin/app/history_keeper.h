// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <string>
#include <unordered_map>

#include "twin/model/change_batch.h"
#include "twin/panels/panel_input.h"

namespace app {

/// The last minutes of numbers of every reporting thing, in memory, for the inspector's curves. Bounded
/// per property; movers keep their speed.
class HistoryKeeper {
 public:
  void remember(const model::ChangeBatch& changes);
  std::vector<panels::PropertyHistory> of(model::EntityHandle entity) const;
  size_t series() const { return series_.size(); }

 private:
  void add(model::EntityHandle entity, const std::string& property, base::UtcNs time, double value);

  std::unordered_map<model::EntityHandle, std::map<std::string, std::deque<std::pair<base::UtcNs, double>>>> series_;
};

}  // namespace app
