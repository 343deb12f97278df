// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/state_framer.h"

#include <algorithm>
#include <cmath>

namespace feeds {
namespace {

constexpr const char* kNoPlace = "none";
constexpr size_t kKeptEvents = 64;             // told again with key frames, for late joiners
constexpr size_t kSectionBytes = 192u << 10;   // brokers refuse messages beyond 1 MiB (NATS)
constexpr size_t kFrameBytes = 512u << 10;
constexpr int64_t kSignEvery = base::kNsPerSecond / 2;
constexpr int64_t kAskedAtMost = base::kNsPerSecond / 2;

bool same(const model::PropertyRow& a, const model::PropertyRow& b) {
  return a.eventTime == b.eventTime && a.received == b.received && a.source == b.source && a.bad == b.bad &&
         a.value == b.value && a.unit == b.unit && a.provenance == b.provenance;
}

bool same(const model::Pose& a, const model::Pose& b) {
  return a.eventTime == b.eventTime && a.received == b.received && a.source == b.source &&
         a.position == b.position;
}

/// Who is asked about a thing as a whole.
model::SourceId mainSource(const model::Entity& entity) {
  if (entity.moving) return entity.latest.source;
  return entity.properties.empty() ? model::kNoSource : entity.properties.front().source;
}

bool saysSomething(const model::Entity& entity) {
  return !entity.info->fromPack || entity.info->described != 0 || entity.moving || !entity.properties.empty();
}

}  // namespace

std::string StateFramer::tileOf(const model::Entity& entity) const {
  glm::dvec3 at = entity.moving ? entity.latest.position : entity.info->position;
  if (at == glm::dvec3(0) && entity.info->geometry && !entity.info->geometry->parts.empty() &&
      !entity.info->geometry->parts.front().empty())
    at = entity.info->geometry->parts.front().front();
  if (at == glm::dvec3(0)) return kNoPlace;
  const auto cell = [&](double metres) { return static_cast<int64_t>(std::floor(metres / options_.tileMetres)); };
  return std::to_string(cell(at.x)) + "_" + std::to_string(cell(at.y));
}

StateFramer::Draft& StateFramer::draft(const std::string& tile) {
  const auto [it, isNew] = drafts_.try_emplace(tile);
  if (isNew) it->second.now = now_;
  return it->second;
}

SectionWriter& StateFramer::section(Draft& draft, model::SourceId source) {
  const auto close = [&](SectionWriter& writer) {
    StateSection& done = draft.frame.sections.emplace_back();
    done.hasSource = source < sources_->size();
    if (done.hasSource) done.source = (*sources_)[source];
    done.bytes = writer.take();
  };
  auto it = draft.open.find(source);
  if (it != draft.open.end() && it->second.size() > kSectionBytes) {
    close(it->second);
    draft.open.erase(it);
    it = draft.open.end();
  }
  if (it == draft.open.end()) it = draft.open.try_emplace(source, draft.now).first;
  return it->second;
}

/// What differs from before, or all of it.
void StateFramer::write(Draft& draft, const model::Entity& entity, const model::Entity* before) {
  const auto into = [&](model::SourceId source) -> SectionWriter& {
    SectionWriter& writer = section(draft, source);
    writer.thing(*entity.info);
    return writer;
  };
  if (entity.info->described != 0 && (!before || before->info != entity.info))
    into(mainSource(entity)).description(*entity.info);
  if (entity.moving && (!before || !before->moving || !same(before->latest, entity.latest)))
    into(entity.latest.source).pose(entity.latest);
  for (size_t i = 0; i < entity.properties.size(); ++i) {
    const model::PropertyRow& row = entity.properties[i];
    const bool known = before && i < before->properties.size() && before->properties[i].name == row.name;
    if (!known || !same(before->properties[i], row)) into(row.source).property(row);
  }
}

void StateFramer::change(const model::EntityRow& row) {
  if (!saysSomething(row.entity)) return;
  const std::string tile = tileOf(row.entity);
  const auto it = known_.find(row.handle);
  if (it != known_.end() && it->second.tile == tile) {
    write(draft(tile), row.entity, &it->second.entity);
    it->second.entity = row.entity;
    return;
  }
  if (it != known_.end()) {
    draft(it->second.tile).frame.moved.emplace_back(row.entity.info->id, tile);
    tiles_[it->second.tile].things.erase(row.handle);
  }
  Draft& entered = draft(tile);
  entered.frame.here.push_back(row.entity.info->id);
  write(entered, row.entity, nullptr);
  tiles_[tile].things.insert(row.handle);
  known_[row.handle] = {row.entity, tile};
}

void StateFramer::keyFrame(const std::string& name, Tile& tile) {
  Draft& said = draft(name);
  StateFrame changes = std::move(said.frame);
  said.frame = {};
  said.open.clear();
  said.frame.key = true;
  said.frame.moved = std::move(changes.moved);
  said.frame.gone = std::move(changes.gone);
  for (const model::EntityHandle handle : tile.things) {
    const model::Entity& entity = known_.at(handle).entity;
    said.frame.here.push_back(entity.info->id);
    write(said, entity, nullptr);
  }
  if (name == kNoPlace)
    for (const model::Event& event : lastEvents_) section(said, event.source).event(event);
  tile.lastKey = now_;
  tile.asked = false;
}

/// One frame, or several where it is large: the first says who is there.
void StateFramer::emit(const std::string& name, Draft& said, std::vector<FramedMessage>& out) {
  for (auto& [source, writer] : said.open) {
    StateSection& done = said.frame.sections.emplace_back();
    done.hasSource = source < sources_->size();
    if (done.hasSource) done.source = (*sources_)[source];
    done.bytes = writer.take();
  }
  std::vector<StateSection> sections = std::move(said.frame.sections);
  Tile& tile = tiles_[name];
  size_t next = 0;
  do {
    StateFrame& frame = said.frame;
    frame.epoch = options_.epoch;
    frame.seq = ++tile.seq;
    frame.time = now_;
    frame.sections.clear();
    for (size_t bytes = 0; next < sections.size() && bytes < kFrameBytes; ++next) {
      bytes += sections[next].bytes.size();
      frame.sections.push_back(std::move(sections[next]));
    }
    out.push_back({"state/" + name, encodeStateFrame(frame), false});
    frame = {};
  } while (next < sections.size());
}

std::vector<FramedMessage> StateFramer::step(const model::ChangeBatch& changes, const std::vector<Source>& sources,
                                             base::UtcNs now) {
  std::vector<FramedMessage> out;
  now_ = now;
  sources_ = &sources;
  drafts_.clear();
  for (const model::EntityHandle handle : changes.removed) {
    const auto it = known_.find(handle);
    if (it == known_.end()) continue;
    draft(it->second.tile).frame.gone.push_back(it->second.entity.info->id);
    tiles_[it->second.tile].things.erase(handle);
    known_.erase(it);
  }
  for (const model::EntityRow& row : changes.rows) change(row);
  for (const model::Event& event : changes.events) {
    lastEvents_.push_back(event);
    if (lastEvents_.size() > kKeptEvents) lastEvents_.pop_front();
  }
  tiles_[kNoPlace];  // always there
  if (now - lastSign_ >= kSignEvery) {
    draft(kNoPlace);
    lastSign_ = now;
  }
  const auto keyEvery = static_cast<int64_t>(options_.keySeconds * 1e9);
  for (auto& [name, tile] : tiles_)
    if (now - tile.lastKey >= keyEvery || (tile.asked && now - tile.lastKey >= kAskedAtMost)) keyFrame(name, tile);
  // Who has left first: it may be back in another tile already.
  for (const bool gone : {true, false}) {
    for (auto it = drafts_.begin(); it != drafts_.end();) {
      if (it->second.frame.gone.empty() == gone) {
        ++it;
        continue;
      }
      emit(it->first, it->second, out);
      it = drafts_.erase(it);
    }
  }
  if (!changes.events.empty()) {
    Draft said;
    said.now = now;
    for (const model::Event& event : changes.events) section(said, event.source).event(event);
    const size_t first = out.size();
    emit("event", said, out);
    tiles_.erase("event");
    for (size_t i = first; i < out.size(); ++i) {
      out[i].topic = "event";
      out[i].event = true;
    }
  }
  drafts_.clear();
  return out;
}

void StateFramer::asked(std::string_view tiles) {
  if (tiles == "*") {
    for (auto& [name, tile] : tiles_) tile.asked = true;
    return;
  }
  while (!tiles.empty()) {
    const size_t end = std::min(tiles.find('\n'), tiles.size());
    if (const auto it = tiles_.find(std::string(tiles.substr(0, end))); it != tiles_.end()) it->second.asked = true;
    tiles.remove_prefix(std::min(end + 1, tiles.size()));
  }
}

}  // namespace feeds
