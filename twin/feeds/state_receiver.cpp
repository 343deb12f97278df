// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/state_receiver.h"

#include <algorithm>

namespace feeds {

void StateReceiver::leave(const std::vector<std::string>& ids, base::UtcNs time) {
  if (ids.empty()) return;
  SectionWriter writer(time);
  for (const std::string& id : ids) writer.departure(id, time);
  const std::string bytes = writer.take();
  sink_.deliver({.topic = kSectionTopic, .bytes = bytes});
}

/// Who is in the tile now. What is not in a key frame any more has left, unless another tile has it.
void StateReceiver::place(const StateFrame& frame, const std::string& name, Tile& tile) {
  std::vector<std::string> gone;
  const auto drop = [&](const std::string& id) {
    tile.here.erase(id);
    const auto at = tileOf_.find(id);
    if (at == tileOf_.end() || at->second != name) return;
    tileOf_.erase(at);
    gone.push_back(id);
  };
  for (const std::string& id : frame.gone) drop(id);
  for (const auto& [id, to] : frame.moved) {
    if (!follows(to)) {
      drop(id);
    } else {
      tile.here.erase(id);  // the frame of that tile brings it
      if (const auto at = tileOf_.find(id); at != tileOf_.end() && at->second == name) at->second = to;
    }
  }
  if (frame.key) {
    const std::set<std::string> now(frame.here.begin(), frame.here.end());
    const std::set<std::string> before = tile.here;
    for (const std::string& id : before)
      if (!now.contains(id)) drop(id);
  }
  for (const std::string& id : frame.here) {
    tile.here.insert(id);
    std::string& at = tileOf_[id];
    if (!at.empty() && at != name)
      if (const auto other = tiles_.find(at); other != tiles_.end()) other->second.here.erase(id);
    at = name;
  }
  leave(gone, frame.time);
}

StateReceiver::Verdict StateReceiver::take(std::string_view name, std::string_view bytes) {
  auto frame = decodeStateFrame(bytes);
  if (!frame) {
    sink_.deliver({.topic = kSectionTopic, .bytes = bytes});  // refused there, and counted
    return Verdict::Refused;
  }
  const bool event = name == "event";
  if (!event && !follows(std::string(name))) return Verdict::Old;  // on its way when it was let go
  if (frame->epoch < epoch_) return Verdict::Old;
  if (frame->epoch > epoch_) {
    epoch_ = frame->epoch;
    for (auto& [tile, known] : tiles_) known.seq = 0;
  }
  Verdict verdict = Verdict::Taken;
  if (!event) {
    Tile& tile = tiles_[std::string(name)];
    if (frame->seq <= tile.seq) return Verdict::Old;
    if (frame->seq != tile.seq + 1 && !frame->key) verdict = Verdict::Missed;
    tile.seq = frame->seq;
    place(*frame, std::string(name), tile);
    lastTime_ = std::max(lastTime_, frame->time);
  }
  for (const StateSection& section : frame->sections)
    sink_.deliver({.topic = kSectionTopic,
                   .bytes = section.bytes,
                   .recordedFrom = section.hasSource ? &section.source : nullptr});
  return verdict;
}

void StateReceiver::follow(std::set<std::string> tiles) {
  followed_ = std::move(tiles);
  for (auto it = tiles_.begin(); it != tiles_.end();) {
    if (follows(it->first)) {
      ++it;
      continue;
    }
    std::vector<std::string> gone;
    for (const std::string& id : it->second.here) {
      const auto at = tileOf_.find(id);
      if (at == tileOf_.end() || at->second != it->first) continue;
      tileOf_.erase(at);
      gone.push_back(id);
    }
    leave(gone, lastTime_);
    it = tiles_.erase(it);
  }
}

}  // namespace feeds
