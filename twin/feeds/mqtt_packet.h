// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace feeds::mqtt {

/// Control packet types (MQTT 3.1.1, table 2.1) that this program tells apart.
enum class PacketType : uint8_t { Publish = 3, Pubrel = 6 };

/// The packet in front of a stream.
struct FrontPacket {
  PacketType type{};
  uint8_t flags = 0;  ///< the four bits beside the type
  size_t header = 0;  ///< bytes of the fixed header
  size_t size = 0;    ///< bytes with the header

  bool isPublish() const { return type == PacketType::Publish; }
  unsigned qos() const { return (flags >> 1) & 3u; }  ///< of a PUBLISH; 3 is malformed
};

/// Reads the fixed header (MQTT 3.1.1, 2.2: type, flags, and a length of one to four bytes). Empty when the header has
/// not come yet, or has a length of more than four bytes.
std::optional<FrontPacket> frontPacket(std::string_view stream);

/// What a PUBLISH carries; both point into the packet.
struct Publication {
  std::string_view topic, payload;
};

/// Of a whole PUBLISH at QoS 0 (3.1.1, 3.3; `version5`: with a length of properties, 5.0, 3.3.2.3). Empty when it is
/// anything else, breaks a rule, or has properties (one may be an alias for the topic from now on).
std::optional<Publication> readPublication(std::string_view packet, const FrontPacket& front, bool version5);

}  // namespace feeds::mqtt
