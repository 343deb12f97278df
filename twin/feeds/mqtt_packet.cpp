// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/mqtt_packet.h"

#include "twin/feeds/text_encoding.h"

namespace feeds::mqtt {
namespace {

constexpr size_t kMaxLengthBytes = 4;
constexpr unsigned kPublish = 3, kPubrel = 6;  // types (2.2.1)

uint8_t byteAt(std::string_view bytes, size_t at) {
  return static_cast<uint8_t>(bytes[at]);
}

struct Varint {
  size_t value = 0, bytes = 0;
};

/// A variable byte integer (5.0, 1.5.5), little end first, seven bits a byte.
std::optional<Varint> readVarint(std::string_view bytes) {
  Varint number;
  while (number.bytes < kMaxLengthBytes && number.bytes < bytes.size()) {
    const uint8_t byte = byteAt(bytes, number.bytes);
    number.value |= static_cast<size_t>(byte & 0x7f) << (7 * number.bytes++);
    if ((byte & 0x80) == 0) return number;
  }
  return std::nullopt;
}

/// 3.1.1, 3.3.2.1 and 1.5.3: UTF-8 without U+0000. What a wildcard would mean is for others to say.
bool isTopicName(std::string_view topic) {
  return !topic.empty() && topic.find('\0') == std::string_view::npos && isUtf8(topic);
}

}  // namespace

PacketKind kindOf(char first) {
  const unsigned type = static_cast<uint8_t>(first) >> 4, qos = (static_cast<uint8_t>(first) >> 1) & 3u;
  if (type == kPubrel) return PacketKind::Release;
  if (type != kPublish) return PacketKind::Other;
  return qos == 0 ? PacketKind::Message : qos == 1 ? PacketKind::AcknowledgedMessage : PacketKind::OnceMessage;
}

std::optional<FrontPacket> frontPacket(std::string_view stream) {
  if (stream.empty()) return std::nullopt;
  const auto length = readVarint(stream.substr(1));
  if (!length) return std::nullopt;
  return FrontPacket{.header = 1 + length->bytes, .size = 1 + length->bytes + length->value};
}

void appendHeader(std::string& to, unsigned first, size_t length) {
  to += static_cast<char>(first);
  do {
    to += static_cast<char>((length & 0x7f) | (length > 0x7f ? 0x80u : 0u));
  } while ((length >>= 7) != 0);
}

std::optional<Publication> readPublication(std::string_view packet, const FrontPacket& front, bool version5) {
  if (packet.size() != front.size || kindOf(packet[0]) != PacketKind::Message) return std::nullopt;
  packet.remove_prefix(front.header);
  if (packet.size() < 2) return std::nullopt;
  const size_t length = static_cast<size_t>(byteAt(packet, 0)) << 8 | byteAt(packet, 1);
  packet.remove_prefix(2);
  if (packet.size() < length) return std::nullopt;
  Publication found{.topic = packet.substr(0, length), .payload = packet.substr(length)};
  if (!isTopicName(found.topic)) return std::nullopt;
  if (version5) {
    const auto properties = readVarint(found.payload);
    if (!properties || found.payload.size() - properties->bytes < properties->value) return std::nullopt;
    found.payload.remove_prefix(properties->bytes + properties->value);
  }
  return found;
}

}  // namespace feeds::mqtt
