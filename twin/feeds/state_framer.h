// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "twin/feeds/source.h"
#include "twin/feeds/state_frame.h"

namespace feeds {

struct FramerOptions {
  double tileMetres = 500;
  double keySeconds = 2;  ///< between key frames of a tile
  uint64_t epoch = 0;     ///< when this writer started, UTC ns; a later one takes over from it
};

/// One message to be sent.
struct FramedMessage {
  std::string topic;  ///< below the prefix
  std::string bytes;
  bool event = false;  ///< to be delivered at least once
};

/// Turns what the store has changed into state frames by tile. A pure state machine: no clock, no network.
class StateFramer {
 public:
  explicit StateFramer(FramerOptions options) : options_(options) {}

  /// Frames for everything in `changes`, and key frames where they are due. `sources` by SourceId.
  std::vector<FramedMessage> step(const model::ChangeBatch& changes, const std::vector<Source>& sources,
                                  base::UtcNs now);
  /// A display asks: lines of tile names, or "*". Answered with the next step, at most twice a second a tile.
  void asked(std::string_view tiles);
  size_t tiles() const { return tiles_.size(); }
  size_t things() const { return known_.size(); }

 private:
  struct Known {
    model::Entity entity;
    std::string tile;
  };
  struct Tile {
    std::set<model::EntityHandle> things;
    uint32_t seq = 0;
    base::UtcNs lastKey = 0;
    bool asked = true;
  };
  /// What one step has to say of one tile.
  struct Draft {
    StateFrame frame;
    std::map<model::SourceId, SectionWriter> open;
    base::UtcNs now = 0;
  };
  struct Wanted {
    bool whole = false;
    const model::Entity* before = nullptr;
  };
  std::string tileOf(const model::Entity& entity) const;
  Draft& draft(const std::string& tile);
  SectionWriter& section(Draft& draft, model::SourceId source);
  void write(Draft& draft, const model::Entity& entity, const model::Entity* before);
  void change(const model::EntityRow& row);
  void keyFrame(const std::string& name, Tile& tile);
  void emit(const std::string& name, Draft& draft, std::vector<FramedMessage>& out);

  FramerOptions options_;
  std::map<std::string, Tile> tiles_;
  std::unordered_map<model::EntityHandle, Known> known_;
  std::deque<model::Event> lastEvents_;
  base::UtcNs lastSign_ = 0;
  // Of the current step:
  std::map<std::string, Draft> drafts_;
  const std::vector<Source>* sources_ = nullptr;
  base::UtcNs now_ = 0;
};

}  // namespace feeds
