// SPDX-License-Identifier: Apache-2.0
#include "twin/history/journal.h"

namespace history {
namespace {

enum Sort : uint8_t { kMessage = 1, kValue, kPose, kDeparture, kDescription, kEvent };
constexpr uint8_t kVersion = 1;
constexpr uint8_t kBad = 0x80, kHigh = 0x40, kNoPitch = 0x20, kProvenance = 0x0f;

void writePoint(ByteWriter& out, const glm::dvec3& p) {
  out.real(p.x);
  out.real(p.y);
  out.real(p.z);
}

glm::dvec3 readPoint(ByteReader& in) {
  glm::dvec3 p;
  p.x = in.real();
  p.y = in.real();
  p.z = in.real();
  return p;
}

model::Provenance provenanceOf(uint8_t flags) { return static_cast<model::Provenance>(flags & kProvenance); }

/// +0, which needs not be written; -0 is another number.
bool isZero(double v) { return std::bit_cast<uint64_t>(v) == 0; }

ValueRecord readValueRecord(ByteReader& in, base::UtcNs received) {
  ValueRecord r;
  const uint8_t flags = in.u8();
  r.entity = static_cast<NameId>(in.number());
  r.kind = static_cast<NameId>(in.number());
  r.property = static_cast<NameId>(in.number());
  r.unit = static_cast<NameId>(in.number());
  r.event = in.time(received);
  r.value = readValue(in);
  r.bad = (flags & kBad) != 0;
  r.provenance = provenanceOf(flags);
  return r;
}

PoseRecord readPose(ByteReader& in, base::UtcNs received) {
  PoseRecord r;
  const uint8_t flags = in.u8();
  r.entity = static_cast<NameId>(in.number());
  r.kind = static_cast<NameId>(in.number());
  r.event = in.time(received);
  r.position = readPoint(in);
  r.heading = in.real();
  r.speed = in.real();
  if (!(flags & kNoPitch)) r.pitch = in.real();
  r.hasElevation = (flags & kHigh) != 0;
  r.provenance = provenanceOf(flags);
  return r;
}

DescriptionRecord readDescription(ByteReader& in, base::UtcNs received) {
  DescriptionRecord r;
  model::DescriptionObservation& d = r.what;
  const uint8_t flags = in.u8();
  r.entity = static_cast<NameId>(in.number());
  r.kind = static_cast<NameId>(in.number());
  d.eventTime = in.time(received);
  d.provenance = provenanceOf(flags);
  d.hasElevation = (flags & kHigh) != 0;
  d.name.ko = in.text();
  d.name.en = in.text();
  if (in.u8()) d.position = readPoint(in);
  d.heading = in.real();
  d.expires = in.whole();
  d.geometry = readGeometry(in);
  for (uint64_t n = in.number(); n > 0 && in.ok(); --n) {
    std::string name(in.text());
    d.attributes.emplace_back(std::move(name), readValue(in));
  }
  return r;
}

EventRecord readEvent(ByteReader& in, base::UtcNs received) {
  EventRecord r;
  model::EventObservation& e = r.what;
  e.provenance = provenanceOf(in.u8());
  r.entity = static_cast<NameId>(in.number());
  e.eventTime = in.time(received);
  e.id = in.text();
  e.type = in.text();
  e.severity = static_cast<int>(in.whole());
  if (in.u8()) e.position = readPoint(in);
  for (uint64_t n = in.number(); n > 0 && in.ok(); --n) {
    std::string name(in.text());
    e.details.emplace_back(std::move(name), std::string(in.text()));
  }
  return r;
}

}  // namespace

void writeValue(ByteWriter& out, const model::Value& value) {
  out.u8(static_cast<uint8_t>(value.index()));
  if (const auto* number = std::get_if<double>(&value)) out.real(*number);
  if (const auto* flag = std::get_if<bool>(&value)) out.u8(*flag ? 1 : 0);
  if (const auto* text = std::get_if<std::string>(&value)) out.text(*text);
}

model::Value readValue(ByteReader& in) {
  switch (in.u8()) {
    case 1: return in.real();
    case 2: return in.u8() != 0;
    case 3: return std::string(in.text());
    default: return {};
  }
}

void writeGeometry(ByteWriter& out, const model::Geometry* geometry) {
  out.u8(geometry ? 1 : 0);
  if (!geometry) return;
  out.u8(static_cast<uint8_t>(geometry->shape));
  out.u8(geometry->hasElevation ? 1 : 0);
  out.number(geometry->parts.size());
  for (const auto& part : geometry->parts) {
    out.number(part.size());
    for (const glm::dvec3& point : part) writePoint(out, point);
  }
}

std::shared_ptr<const model::Geometry> readGeometry(ByteReader& in) {
  if (!in.u8()) return nullptr;
  auto geometry = std::make_shared<model::Geometry>();
  geometry->shape = in.u8() ? model::Geometry::Shape::Area : model::Geometry::Shape::Lines;
  geometry->hasElevation = in.u8() != 0;
  for (uint64_t parts = in.number(); parts > 0 && in.ok(); --parts) {
    auto& part = geometry->parts.emplace_back();
    for (uint64_t points = in.number(); points > 0 && in.ok(); --points) part.push_back(readPoint(in));
  }
  return geometry;
}

void JournalWriter::add(const MessageRecord& m) {
  bytes_.u8(kMessage);
  bytes_.u8(m.late ? 1 : 0);
  bytes_.number(m.source);
  bytes_.time(m.received, received_);
  received_ = m.received;
}

void JournalWriter::add(const ValueRecord& r) {
  bytes_.u8(kValue);
  bytes_.u8(static_cast<uint8_t>((r.bad ? kBad : 0) | static_cast<uint8_t>(r.provenance)));
  bytes_.number(r.entity);
  bytes_.number(r.kind);
  bytes_.number(r.property);
  bytes_.number(r.unit);
  bytes_.time(r.event, received_);
  writeValue(bytes_, r.value);
}

void JournalWriter::add(const PoseRecord& r) {
  bytes_.u8(kPose);
  const bool level = isZero(r.pitch);
  bytes_.u8(static_cast<uint8_t>((r.hasElevation ? kHigh : 0) | (level ? kNoPitch : 0) | static_cast<uint8_t>(r.provenance)));
  bytes_.number(r.entity);
  bytes_.number(r.kind);
  bytes_.time(r.event, received_);
  writePoint(bytes_, r.position);
  bytes_.real(r.heading);
  bytes_.real(r.speed);
  if (!level) bytes_.real(r.pitch);
}

void JournalWriter::add(const DepartureRecord& r) {
  bytes_.u8(kDeparture);
  bytes_.number(r.entity);
  bytes_.time(r.event, received_);
}

void JournalWriter::add(const DescriptionRecord& r) {
  const model::DescriptionObservation& d = r.what;
  bytes_.u8(kDescription);
  bytes_.u8(static_cast<uint8_t>((d.hasElevation ? kHigh : 0) | static_cast<uint8_t>(d.provenance)));
  bytes_.number(r.entity);
  bytes_.number(r.kind);
  bytes_.time(d.eventTime, received_);
  bytes_.text(d.name.ko);
  bytes_.text(d.name.en);
  bytes_.u8(d.position ? 1 : 0);
  if (d.position) writePoint(bytes_, *d.position);
  bytes_.real(d.heading);
  bytes_.whole(d.expires);
  writeGeometry(bytes_, d.geometry.get());
  bytes_.number(d.attributes.size());
  for (const auto& [name, value] : d.attributes) {
    bytes_.text(name);
    writeValue(bytes_, value);
  }
}

void JournalWriter::add(const EventRecord& r) {
  const model::EventObservation& e = r.what;
  bytes_.u8(kEvent);
  bytes_.u8(static_cast<uint8_t>(e.provenance));
  bytes_.number(r.entity);
  bytes_.time(e.eventTime, received_);
  bytes_.text(e.id);
  bytes_.text(e.type);
  bytes_.whole(e.severity);
  bytes_.u8(e.position ? 1 : 0);
  if (e.position) writePoint(bytes_, *e.position);
  bytes_.number(e.details.size());
  for (const auto& [name, value] : e.details) {
    bytes_.text(name);
    bytes_.text(value);
  }
}

base::Status readJournal(std::string_view packed, JournalVisitor& visitor) {
  const auto raw = base::unpacked(packed, kMaxBlockBytes);
  if (!raw) return base::Error{"a block of the history is broken: " + raw.error()};
  ByteReader in(*raw);
  if (in.u8() != kVersion) return base::Error{"a block of the history is of another version"};
  base::UtcNs received = 0;
  bool wanted = true;
  while (!in.atEnd() && in.ok()) {
    switch (in.u8()) {
      case kMessage: {
        MessageRecord m;
        m.late = in.u8() != 0;
        m.source = static_cast<uint16_t>(in.number());
        received = m.received = in.time(received);
        wanted = in.ok() && visitor.on(m);
        break;
      }
      case kValue:
        if (const auto r = readValueRecord(in, received); wanted && in.ok()) visitor.on(r);
        break;
      case kPose:
        if (const auto r = readPose(in, received); wanted && in.ok()) visitor.on(r);
        break;
      case kDeparture: {
        DepartureRecord r;
        r.entity = static_cast<NameId>(in.number());
        r.event = in.time(received);
        if (wanted && in.ok()) visitor.on(r);
        break;
      }
      case kDescription:
        if (const auto r = readDescription(in, received); wanted && in.ok()) visitor.on(r);
        break;
      case kEvent:
        if (const auto r = readEvent(in, received); wanted && in.ok()) visitor.on(r);
        break;
      default: return base::Error{"a block of the history is broken"};
    }
  }
  if (!in.ok()) return base::Error{"a block of the history is broken"};
  return base::okStatus();
}

}  // namespace history
