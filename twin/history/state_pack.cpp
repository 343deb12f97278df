// SPDX-License-Identifier: Apache-2.0
//
// A keyframe: zstd over version (1), a time that the others are near, the things, what was overtaken, and the
// departures that late rows must respect.
#include "engine/base/compression.h"
#include "engine/base/hash.h"
#include "twin/history/state.h"

namespace history {
namespace {

constexpr uint8_t kVersion = 1;
enum ThingFlags : uint8_t { kFromPack = 1, kMoving = 2, kOnePose = 4, kInfo = 8 };
constexpr uint8_t kBad = 0x80, kHigh = 0x40, kProvenance = 0x0f;

void writePose(ByteWriter& out, const model::Pose& pose, base::UtcNs near) {
  out.u8(static_cast<uint8_t>((pose.hasElevation ? kHigh : 0) | static_cast<uint8_t>(pose.provenance)));
  for (const double v : {pose.position.x, pose.position.y, pose.position.z, pose.heading, pose.pitch, pose.speed})
    out.real(v);
  out.time(pose.eventTime, near);
  out.time(pose.received, near);
  out.number(pose.source);
}

model::Pose readPose(ByteReader& in, base::UtcNs near) {
  model::Pose pose;
  const uint8_t flags = in.u8();
  pose.hasElevation = (flags & kHigh) != 0;
  pose.provenance = static_cast<model::Provenance>(flags & kProvenance);
  for (double* v : {&pose.position.x, &pose.position.y, &pose.position.z, &pose.heading, &pose.pitch, &pose.speed})
    *v = in.real();
  pose.eventTime = in.time(near);
  pose.received = in.time(near);
  pose.source = static_cast<model::SourceId>(in.number());
  return pose;
}

void writeRow(ByteWriter& out, const Names& names, const model::PropertyRow& row, base::UtcNs near) {
  out.u8(static_cast<uint8_t>((row.bad ? kBad : 0) | static_cast<uint8_t>(row.provenance)));
  out.number(names.find(row.name));
  out.number(names.find(row.unit));
  out.time(row.eventTime, near);
  out.time(row.received, near);
  out.number(row.source);
  writeValue(out, row.value);
}

void writeInfo(ByteWriter& out, const model::EntityInfo& info) {
  ByteWriter body;
  body.u8(static_cast<uint8_t>(info.origin));
  body.text(info.name.ko);
  body.text(info.name.en);
  body.text(info.source);
  for (const double v : {info.position.x, info.position.y, info.position.z, info.heading}) body.real(v);
  body.u8(info.hasElevation ? 1 : 0);
  body.whole(info.described);
  body.whole(info.expires);
  writeGeometry(body, info.geometry.get());
  body.number(info.attributes.size());
  for (const auto& [name, value] : info.attributes) {
    body.text(name);
    writeValue(body, value);
  }
  out.text(body.out);
}

}  // namespace

model::PropertyRow State::readRow(ByteReader& in, base::UtcNs near) const {
  model::PropertyRow row;
  const uint8_t flags = in.u8();
  row.bad = (flags & kBad) != 0;
  row.provenance = static_cast<model::Provenance>(flags & kProvenance);
  row.name = names_->text(static_cast<NameId>(in.number()));
  row.unit = names_->text(static_cast<NameId>(in.number()));
  row.eventTime = in.time(near);
  row.received = in.time(near);
  row.source = static_cast<model::SourceId>(in.number());
  row.value = readValue(in);
  return row;
}

std::string State::pack() const {
  ByteWriter out;
  out.u8(kVersion);
  const base::UtcNs near = message_.received;
  out.whole(near);
  out.number(size_);
  forEach([&](NameId id, const model::Entity& entity) {
    const bool one = entity.previous.eventTime == entity.latest.eventTime;
    const bool info = !entity.info->fromPack || entity.info->described != 0;
    out.number(id);
    out.number(names_->find(entity.info->kind));
    out.u8(static_cast<uint8_t>((entity.info->fromPack ? kFromPack : 0) | (entity.moving ? kMoving : 0) |
                                (one ? kOnePose : 0) | (info ? kInfo : 0)));
    if (info) writeInfo(out, *entity.info);
    if (entity.moving) writePose(out, entity.latest, near);
    if (entity.moving && !one) writePose(out, entity.previous, near);
    out.number(entity.properties.size());
    for (const model::PropertyRow& row : entity.properties) writeRow(out, *names_, row, near);
  });
  out.number(overtaken_.size());
  for (const auto& [key, row] : overtaken_) {
    out.number(key.first);
    writeRow(out, *names_, row, near);
  }
  out.number(overtakenPoses_.size());
  for (const auto& [id, pose] : overtakenPoses_) {
    out.number(id);
    writePose(out, pose, near);
  }
  out.number(departed_.size());
  for (const auto& [id, time] : departed_) {
    out.number(id);
    out.time(time, near);
  }
  rawBytes_ = out.out.size();
  return base::packed(out.out);
}

std::shared_ptr<const model::EntityInfo> State::readInfo(NameId id, NameId kind, uint8_t flags, std::string_view bytes) {
  const uint64_t hash = base::hashBytes(bytes, base::mix(kind));
  InfoCache::Entry* const cached = cache_ ? &cache_->entries[id] : nullptr;
  if (cached && cached->info && cached->hash == hash) return cached->info;
  ByteReader in(bytes);
  const auto* packed = (flags & kFromPack) ? pack_->find(names_->text(id)) : nullptr;
  model::EntityInfo info;
  info.id = names_->text(id);
  info.kind = names_->text(kind);
  info.origin = static_cast<model::Provenance>(in.u8());
  info.name.ko = in.text();
  info.name.en = in.text();
  info.source = in.text();
  for (double* v : {&info.position.x, &info.position.y, &info.position.z, &info.heading}) *v = in.real();
  info.hasElevation = in.u8() != 0;
  info.described = in.whole();
  info.expires = in.whole();
  info.geometry = readGeometry(in);
  for (uint64_t n = in.number(); n > 0 && in.ok(); --n) {
    std::string name(in.text());
    info.attributes.emplace_back(std::move(name), readValue(in));
  }
  if (packed) {  // the pack's own word, with what feeds said of it
    model::EntityInfo own = **packed;
    own.attributes = std::move(info.attributes);
    own.described = info.described;
    info = std::move(own);
  }
  auto shared = std::make_shared<const model::EntityInfo>(std::move(info));
  if (cached) *cached = {hash, shared};
  return shared;
}

void State::readThing(ByteReader& in, base::UtcNs near) {
  const auto id = static_cast<NameId>(in.number());
  const auto kind = static_cast<NameId>(in.number());
  const uint8_t flags = in.u8();
  if (!in.ok() || id == 0 || id > names_->last()) return;
  model::Entity entity;
  if (flags & kInfo) {
    entity.info = readInfo(id, kind, flags, in.text());
  } else if (const auto* known = pack_->find(names_->text(id))) {
    entity.info = *known;
  } else {  // of a pack that this program does not show
    model::EntityInfo info;
    info.id = names_->text(id);
    info.kind = names_->text(kind);
    entity.info = std::make_shared<const model::EntityInfo>(std::move(info));
  }
  if (flags & kMoving) {
    entity.moving = true;
    entity.latest = readPose(in, near);
    entity.previous = (flags & kOnePose) ? entity.latest : readPose(in, near);
  }
  const uint64_t rows = in.number();
  if (rows <= in.left()) entity.properties.reserve(rows);
  for (uint64_t n = rows; n > 0 && in.ok(); --n) entity.properties.push_back(readRow(in, near));
  if (!in.ok()) return;
  if (id >= things_.size()) things_.resize(names_->last() + size_t{1});
  if (!things_[id]) ++size_;
  things_[id] = std::make_unique<model::Entity>(std::move(entity));
}

base::Status State::unpack(std::string_view packed) {
  const auto raw = base::unpacked(packed, kMaxBlockBytes);
  if (!raw) return base::Error{"a block of the history is broken: " + raw.error()};
  things_.clear();
  size_ = 0;
  departed_.clear();
  overtaken_.clear();
  overtakenPoses_.clear();
  ByteReader in(*raw);
  if (in.u8() != kVersion) return base::Error{"a keyframe of the history is of another version"};
  const base::UtcNs near = in.whole();
  for (uint64_t n = in.number(); n > 0 && in.ok(); --n) readThing(in, near);
  for (uint64_t n = in.number(); n > 0 && in.ok(); --n) {
    const auto id = static_cast<NameId>(in.number());
    model::PropertyRow row = readRow(in, near);
    if (view_ == TimeView::AsKnown) {
      overtaken_[{id, row.name}] = std::move(row);
    } else if (find(id)) {
      for (model::PropertyRow& known : things_[id]->properties)
        if (known.name == row.name && known.eventTime < row.eventTime) known = row;
    }
  }
  for (uint64_t n = in.number(); n > 0 && in.ok(); --n) {
    const auto id = static_cast<NameId>(in.number());
    const model::Pose pose = readPose(in, near);
    if (view_ == TimeView::AsKnown) overtakenPoses_[id] = pose;
    else if (find(id)) addPose(id, 0, pose);
  }
  for (uint64_t n = in.number(); n > 0 && in.ok(); --n) {
    const auto id = static_cast<NameId>(in.number());
    departed_[id] = in.time(near);
  }
  message_.received = near;
  if (!in.ok()) return base::Error{"a keyframe of the history is broken"};
  return base::okStatus();
}

}  // namespace history
