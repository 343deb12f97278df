// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "twin/feeds/state_frame.h"
#include "twin/feeds/transport.h"

namespace feeds {

/// The display's side of state frames: keeps frames in order, splits them into deliveries by source, and
/// knows which things are in which tile, so that what left while nobody listened goes away here too. Not
/// thread-safe.
class StateReceiver {
 public:
  explicit StateReceiver(MessageSink& sink) : sink_(sink) {}

  enum class Verdict {
    Taken,
    Missed,  ///< taken, but something before it is missing: ask for a key frame
    Old,     ///< repeated, overtaken, or of a writer that a newer one has replaced
    Refused
  };
  /// `tile`: the topic below <prefix>/state/, or "event".
  Verdict take(std::string_view tile, std::string_view bytes);
  /// Only these tiles are followed from now on; movers of others leave. Empty: all.
  void follow(std::set<std::string> tiles);
  bool follows(const std::string& tile) const { return followed_.empty() || followed_.contains(tile); }
  base::UtcNs lastTime() const { return lastTime_; }

 private:
  struct Tile {
    uint32_t seq = 0;
    std::set<std::string> here;
  };
  void leave(const std::vector<std::string>& ids, base::UtcNs time);
  void place(const StateFrame& frame, const std::string& name, Tile& tile);

  MessageSink& sink_;
  uint64_t epoch_ = 0;
  base::UtcNs lastTime_ = 0;
  std::map<std::string, Tile> tiles_;
  std::unordered_map<std::string, std::string> tileOf_;  // of each thing
  std::set<std::string> followed_;
};

}  // namespace feeds
