// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_state.h"

#include "twin/feeds/decode_reason.h"
#include "twin/feeds/state_frame.h"

namespace feeds {
namespace {

using namespace state;

class SectionReader {
 public:
  explicit SectionReader(std::string_view bytes) : in_(bytes) {}

  Decoded read() {
    if (in_.get<uint8_t>() != kSectionVersion) return base::Error{reason::kWrongType};
    base_ = in_.get<int64_t>();
    seen_.settled = true;
    while (in_.ok() && !in_.rest().empty()) item();
    if (!in_.ok()) return base::Error{reason::kMissingField};
    return std::move(seen_);
  }

 private:
  void item() {
    const auto kind = static_cast<SectionItem>(in_.get<uint8_t>());
    if (kind != SectionItem::Thing && kind != SectionItem::Event && id_.empty()) return in_.fail();
    switch (kind) {
      case SectionItem::Thing:
        id_ = name();
        kind_ = in_.text();
        return;
      case SectionItem::Property:
        return property();
      case SectionItem::Pose:
        return pose();
      case SectionItem::Description:
        return description();
      case SectionItem::Event:
        return event();
      case SectionItem::Departure:
        seen_.departures.push_back({id_, time()});
        return;
    }
    in_.fail();  // another version would say so in its first byte
  }

  /// What a publisher writes has a name and a time; bytes without are damaged or of somebody else.
  std::string name() {
    std::string text = in_.text();
    if (text.empty()) in_.fail();
    return text;
  }

  base::UtcNs time() {
    const base::UtcNs at = getTime(in_, base_);
    if (at <= 0) in_.fail();
    return at;
  }

  void event() {
    const model::EventObservation& event = seen_.events.emplace_back(getEvent(in_, base_));
    if (event.id.empty() || event.type.empty() || event.eventTime <= 0) in_.fail();
  }

  void property() {
    model::PropertyObservation& row = seen_.properties.emplace_back();
    row.entity = id_;
    row.kind = kind_;
    row.property = name();
    row.value = getValue(in_);
    row.unit = in_.text();
    row.eventTime = time();
    row.received = getTime(in_, base_);
    const auto bits = in_.get<uint8_t>();
    row.provenance = getProvenance(in_, bits & 0x7f);
    row.bad = (bits & 0x80) != 0;
  }

  void pose() {
    model::PoseObservation& pose = seen_.poses.emplace_back();
    pose.entity = id_;
    pose.kind = kind_;
    pose.position = getPoint(in_);
    pose.heading = getNumber(in_);
    pose.pitch = getNumber(in_);
    pose.speed = getNumber(in_);
    pose.eventTime = time();
    pose.received = getTime(in_, base_);
    const auto bits = in_.get<uint8_t>();
    pose.provenance = getProvenance(in_, bits & 0x7f);
    pose.hasElevation = (bits & 0x80) != 0;
  }

  void description() {
    model::DescriptionObservation& said = seen_.descriptions.emplace_back();
    said.entity = id_;
    said.kind = kind_;
    said.name.ko = in_.text();
    said.name.en = in_.text();
    said.position = getPoint(in_);
    said.heading = getNumber(in_);
    said.attributes = getAttributes(in_);
    for (const auto& attribute : said.attributes)
      if (attribute.first.empty()) in_.fail();
    said.eventTime = time();
    said.expires = in_.get<int64_t>();
    const auto bits = in_.get<uint8_t>();
    said.provenance = getProvenance(in_, bits & 0x3f);
    said.hasElevation = (bits & 0x40) != 0;
    if ((bits & 0x80) != 0) geometry(said);
  }

  void geometry(model::DescriptionObservation& said) {
    said.geometry = getGeometry(in_);
    const size_t least = said.geometry->shape == model::Geometry::Shape::Area ? 3 : 2;
    for (const auto& part : said.geometry->parts)
      if (part.size() < least) in_.fail();
  }

  ByteReader in_;
  base::UtcNs base_ = 0;
  std::string id_, kind_;
  model::Observations seen_;
};

}  // namespace

Decoded decodeState(const RawMessage& message, const DecodeContext&) {
  return SectionReader(message.bytes).read();
}

}  // namespace feeds
