// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "twin/feeds/byte_io.h"
#include "twin/model/entity.h"

namespace feeds {

/// Who was there at the last census of each list, so that who is missing at the next has left (GBFS vehicles,
/// a full GTFS-Realtime data set, a fleet's status list). Not thread-safe: the writer owns it.
class Roster {
 public:
  /// When the message is a census, appends a departure for everything that the one before had and this one
  /// has not. A census older than the one before counts nothing.
  void count(model::SourceId source, model::Observations& observations);

  /// For keyframes, as Sequencer::save() and load().
  void save(ByteWriter& out) const;
  bool load(ByteReader& in, const std::vector<model::SourceId>& numbers);
  void clear() { lists_.clear(); }

 private:
  struct List {
    base::UtcNs counted = 0;
    std::set<std::string> there;
  };
  std::map<std::pair<model::SourceId, std::string>, List> lists_;
};

}  // namespace feeds
