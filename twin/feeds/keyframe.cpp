// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/keyframe.h"

#include "twin/feeds/state_values.h"

namespace feeds {
namespace {

using namespace state;

constexpr uint8_t kKeyframeVersion = 1;
enum EntityBits : uint8_t { kFromPack = 1, kMoving = 2, kDescribed = 4, kGeometry = 8, kElevation = 16 };
enum RowBits : uint8_t { kBad = 0x80 };

void putInfo(ByteWriter& out, const model::EntityInfo& info) {
  out.text(info.source);
  out.text(info.name.ko);
  out.text(info.name.en);
  putPoint(out, info.position);
  putNumber(out, info.heading);
  putAttributes(out, info.attributes);
  if (info.geometry) putGeometry(out, *info.geometry);
  out.put(info.described);
  out.put(info.expires);
}

void getInfo(ByteReader& in, uint8_t bits, model::EntityInfo& info) {
  info.source = in.text();
  info.name.ko = in.text();
  info.name.en = in.text();
  info.position = getPoint(in);
  info.heading = getNumber(in);
  info.attributes = getAttributes(in);
  if ((bits & kGeometry) != 0) info.geometry = getGeometry(in);
  info.hasElevation = (bits & kElevation) != 0;
  info.described = in.get<int64_t>();
  info.expires = in.get<int64_t>();
}

void putPose(ByteWriter& out, const model::Pose& pose) {
  putPoint(out, pose.position);
  out.put(static_cast<uint8_t>(pose.hasElevation));
  putNumber(out, pose.heading);
  putNumber(out, pose.pitch);
  putNumber(out, pose.speed);
  out.put(pose.eventTime);
  out.put(pose.received);
  out.put(pose.source);
  out.put(static_cast<uint8_t>(pose.provenance));
}

model::Pose getPose(ByteReader& in) {
  model::Pose pose;
  pose.position = getPoint(in);
  pose.hasElevation = in.get<uint8_t>() != 0;
  pose.heading = getNumber(in);
  pose.pitch = getNumber(in);
  pose.speed = getNumber(in);
  pose.eventTime = in.get<int64_t>();
  pose.received = in.get<int64_t>();
  pose.source = in.get<uint16_t>();
  pose.provenance = getProvenance(in, in.get<uint8_t>());
  return pose;
}

void putRow(ByteWriter& out, const model::PropertyRow& row) {
  out.text(row.name);
  putValue(out, row.value);
  out.text(row.unit);
  out.put(row.eventTime);
  out.put(row.received);
  out.put(row.source);
  out.put(static_cast<uint8_t>(static_cast<uint8_t>(row.provenance) | (row.bad ? kBad : 0)));
}

model::PropertyRow getRow(ByteReader& in) {
  model::PropertyRow row;
  row.name = in.text();
  row.value = getValue(in);
  row.unit = in.text();
  row.eventTime = in.get<int64_t>();
  row.received = in.get<int64_t>();
  row.source = in.get<uint16_t>();
  const auto bits = in.get<uint8_t>();
  row.provenance = getProvenance(in, static_cast<uint8_t>(bits & ~kBad));
  row.bad = (bits & kBad) != 0;
  return row;
}

/// Of a thing of the pack the pack itself says what it is, unless a feed has added to it.
void putEntity(ByteWriter& out, const model::Entity& entity) {
  const model::EntityInfo& info = *entity.info;
  const bool whole = !info.fromPack || info.described != 0;
  out.put(static_cast<uint8_t>((info.fromPack ? kFromPack : 0) | (entity.moving ? kMoving : 0) |
                               (whole ? kDescribed : 0) | (whole && info.geometry ? kGeometry : 0) |
                               (info.hasElevation ? kElevation : 0)));
  out.text(info.id);
  out.text(info.kind);
  out.put(static_cast<uint8_t>(info.origin));
  if (whole) putInfo(out, info);
  out.varint(entity.properties.size());
  for (const model::PropertyRow& row : entity.properties) putRow(out, row);
  if (!entity.moving) return;
  putPose(out, entity.previous);
  putPose(out, entity.latest);
}

model::Entity getEntity(ByteReader& in) {
  model::Entity entity;
  auto info = std::make_shared<model::EntityInfo>();
  const auto bits = in.get<uint8_t>();
  info->id = in.text();
  info->kind = in.text();
  info->origin = getProvenance(in, in.get<uint8_t>());
  info->fromPack = (bits & kFromPack) != 0;
  if ((bits & kDescribed) != 0) getInfo(in, bits, *info);
  const size_t rows = in.count(21);
  for (size_t i = 0; i < rows && in.ok(); ++i) entity.properties.push_back(getRow(in));
  entity.moving = (bits & kMoving) != 0;
  if (entity.moving) {
    entity.previous = getPose(in);
    entity.latest = getPose(in);
  }
  entity.info = std::move(info);
  return entity;
}

bool sourcesExist(const Keyframe& keyframe) {
  const auto known = [&](model::SourceId id) { return id == model::kNoSource || id < keyframe.sources.size(); };
  for (const model::Entity& entity : keyframe.entities) {
    for (const model::PropertyRow& row : entity.properties)
      if (!known(row.source)) return false;
    if (entity.moving && (!known(entity.latest.source) || !known(entity.previous.source))) return false;
  }
  for (const model::Event& event : keyframe.events)
    if (!known(event.source)) return false;
  for (const Keyframe::Lesson& lesson : keyframe.lessons)
    if (!known(lesson.source) || lesson.source == model::kNoSource) return false;
  return true;
}

}  // namespace

std::string encodeKeyframe(const Keyframe& keyframe) {
  std::string bytes;
  ByteWriter out(bytes);
  out.put(kKeyframeVersion);
  out.varint(keyframe.sources.size());
  for (const Keyframe::Known& known : keyframe.sources) {
    putSource(out, known.source);
    out.varint(known.settled);
  }
  out.varint(keyframe.entities.size());
  for (const model::Entity& entity : keyframe.entities) putEntity(out, entity);
  out.varint(keyframe.events.size());
  for (const model::Event& event : keyframe.events) {
    out.put(event.source);
    putEvent(out, event.what, event.received, 0);
  }
  out.text(keyframe.memory);
  out.varint(keyframe.lessons.size());
  for (const Keyframe::Lesson& lesson : keyframe.lessons) {
    out.put(lesson.source);
    out.text(lesson.topic);
    out.text(lesson.bytes);
  }
  return bytes;
}

base::Result<Keyframe> decodeKeyframe(std::string_view bytes) {
  ByteReader in(bytes);
  if (const auto version = in.get<uint8_t>(); version != kKeyframeVersion)
    return base::Error{"a keyframe has version " + std::to_string(version) + ", this program reads 1"};
  Keyframe keyframe;
  const size_t sources = in.count(13);
  for (size_t i = 0; i < sources && in.ok(); ++i) {
    Source source = getSource(in);
    keyframe.sources.push_back({std::move(source), in.varint()});
  }
  const size_t entities = in.count(5);
  for (size_t i = 0; i < entities && in.ok(); ++i) keyframe.entities.push_back(getEntity(in));
  const size_t events = in.count(9);
  for (size_t i = 0; i < events && in.ok(); ++i) {
    model::Event& event = keyframe.events.emplace_back();
    event.source = in.get<uint16_t>();
    event.what = getEvent(in, 0);
    event.received = event.what.received;
  }
  keyframe.memory = in.text();
  const size_t lessons = in.count(4);
  for (size_t i = 0; i < lessons && in.ok(); ++i) {
    const auto source = in.get<uint16_t>();
    std::string topic = in.text();
    keyframe.lessons.push_back({source, std::move(topic), in.text()});
  }
  if (!in.ok() || !in.rest().empty() || !sourcesExist(keyframe)) return base::Error{"a keyframe is damaged"};
  return keyframe;
}

}  // namespace feeds
