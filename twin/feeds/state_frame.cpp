// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/state_frame.h"

#include <zlib.h>

namespace feeds {
namespace {

using namespace state;

constexpr uint8_t kMagic = 'S';
constexpr uint8_t kVersion = 1;
enum FrameFlags : uint8_t { kKey = 1, kCompressed = 2 };
constexpr size_t kMaxBody = 16u << 20;
constexpr size_t kWorthCompressing = 256;

void putTexts(ByteWriter& out, const std::vector<std::string>& texts) {
  out.varint(texts.size());
  for (const std::string& text : texts) out.text(text);
}

std::vector<std::string> getTexts(ByteReader& in) {
  std::vector<std::string> texts;
  const size_t count = in.count();
  for (size_t i = 0; i < count && in.ok(); ++i) texts.push_back(in.text());
  return texts;
}

std::string bodyOf(const StateFrame& frame) {
  std::string body;
  ByteWriter out(body);
  putTexts(out, frame.here);
  out.varint(frame.moved.size());
  for (const auto& [id, tile] : frame.moved) {
    out.text(id);
    out.text(tile);
  }
  putTexts(out, frame.gone);
  out.varint(frame.sections.size());
  for (const StateSection& section : frame.sections) {
    out.put(static_cast<uint8_t>(section.hasSource));
    if (section.hasSource) putSource(out, section.source);
    out.text(section.bytes);
  }
  return body;
}

bool readBody(std::string_view body, StateFrame& frame) {
  ByteReader in(body);
  frame.here = getTexts(in);
  const size_t moved = in.count(2);
  for (size_t i = 0; i < moved && in.ok(); ++i) {
    std::string id = in.text();
    frame.moved.emplace_back(std::move(id), in.text());
  }
  frame.gone = getTexts(in);
  const size_t sections = in.count(2);
  for (size_t i = 0; i < sections && in.ok(); ++i) {
    StateSection& section = frame.sections.emplace_back();
    section.hasSource = in.get<uint8_t>() != 0;
    if (section.hasSource) section.source = getSource(in);
    section.bytes = in.text();
  }
  return in.ok() && in.rest().empty();
}

}  // namespace

std::string encodeStateFrame(const StateFrame& frame) {
  std::string body = bodyOf(frame);
  const auto size = static_cast<uint32_t>(body.size());
  uint8_t flags = frame.key ? kKey : 0;
  if (body.size() > kWorthCompressing) {
    std::string compressed(compressBound(size), '\0');
    auto length = static_cast<uLongf>(compressed.size());
    const int rc = compress2(reinterpret_cast<Bytef*>(compressed.data()), &length,
                             reinterpret_cast<const Bytef*>(body.data()), size, Z_BEST_SPEED);
    if (rc == Z_OK && length < body.size()) {
      compressed.resize(length);
      body = std::move(compressed);
      flags |= kCompressed;
    }
  }
  std::string bytes;
  ByteWriter out(bytes);
  out.put(kMagic);
  out.put(kVersion);
  out.put(flags);
  out.put(frame.epoch);
  out.put(frame.seq);
  out.put(frame.time);
  out.put(size);
  return bytes + body;
}

base::Result<StateFrame> decodeStateFrame(std::string_view bytes) {
  ByteReader in(bytes);
  const auto magic = in.get<uint8_t>(), version = in.get<uint8_t>();
  if (!in.ok() || magic != kMagic) return base::Error{"not a state frame"};
  if (version != kVersion)
    return base::Error{"a state frame has version " + std::to_string(version) + ", this program reads 1"};
  const auto flags = in.get<uint8_t>();
  StateFrame frame;
  frame.key = (flags & kKey) != 0;
  frame.epoch = in.get<uint64_t>();
  frame.seq = in.get<uint32_t>();
  frame.time = in.get<int64_t>();
  const auto size = in.get<uint32_t>();
  if (!in.ok() || size > kMaxBody) return base::Error{"a state frame is damaged"};
  if ((flags & kCompressed) == 0) {
    if (size != in.rest().size() || !readBody(in.rest(), frame)) return base::Error{"a state frame is damaged"};
    return frame;
  }
  // zlib cannot make more than about 1,030 bytes out of one.
  if (size / 1100 > in.rest().size()) return base::Error{"a state frame is damaged"};
  std::string body(size, '\0');
  auto length = static_cast<uLongf>(size);
  const int rc = uncompress(reinterpret_cast<Bytef*>(body.data()), &length,
                            reinterpret_cast<const Bytef*>(in.rest().data()), in.rest().size());
  if (rc != Z_OK || length != size || !readBody(body, frame)) return base::Error{"a state frame is damaged"};
  return frame;
}

SectionWriter::SectionWriter(base::UtcNs baseTime) : out_(bytes_), base_(baseTime) {
  out_.put(kSectionVersion);
  out_.put(baseTime);
}

void SectionWriter::thing(const model::EntityInfo& info) {
  if (about_ == &info) return;
  about_ = &info;
  out_.put(SectionItem::Thing);
  out_.text(info.id);
  out_.text(info.kind);
}

void SectionWriter::property(const model::PropertyRow& row) {
  out_.put(SectionItem::Property);
  out_.text(row.name);
  putValue(out_, row.value);
  out_.text(row.unit);
  putTime(out_, row.eventTime, base_);
  putTime(out_, row.received, base_);
  out_.put(static_cast<uint8_t>(static_cast<uint8_t>(row.provenance) | (row.bad ? 0x80 : 0)));
}

void SectionWriter::pose(const model::Pose& pose) {
  out_.put(SectionItem::Pose);
  putPoint(out_, pose.position);
  putNumber(out_, pose.heading);
  putNumber(out_, pose.pitch);
  putNumber(out_, pose.speed);
  putTime(out_, pose.eventTime, base_);
  putTime(out_, pose.received, base_);
  out_.put(static_cast<uint8_t>(static_cast<uint8_t>(pose.provenance) | (pose.hasElevation ? 0x80 : 0)));
}

void SectionWriter::description(const model::EntityInfo& info) {
  out_.put(SectionItem::Description);
  out_.text(info.name.ko);
  out_.text(info.name.en);
  putPoint(out_, info.position);
  putNumber(out_, info.heading);
  putAttributes(out_, info.attributes);
  putTime(out_, info.described, base_);
  out_.put(info.expires);
  out_.put(static_cast<uint8_t>(static_cast<uint8_t>(info.origin) | (info.geometry ? 0x80 : 0) |
                                (info.hasElevation ? 0x40 : 0)));
  if (info.geometry) putGeometry(out_, *info.geometry);
}

void SectionWriter::event(const model::Event& event) {
  out_.put(SectionItem::Event);
  putEvent(out_, event.what, event.received, base_);
}

void SectionWriter::departure(std::string_view id, base::UtcNs time) {
  about_ = nullptr;
  out_.put(SectionItem::Thing);
  out_.text(id);
  out_.text("");
  out_.put(SectionItem::Departure);
  putTime(out_, time, base_);
}

}  // namespace feeds
