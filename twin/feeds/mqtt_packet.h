// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace feeds::mqtt {

/// What the first byte of a packet says (MQTT 3.1.1, 2.2 and 3.3.1).
enum class PacketKind : uint8_t { Message, AcknowledgedMessage, OnceMessage, Release, Other };
PacketKind kindOf(char first);

/// The packet in front of a stream.
struct FrontPacket {
  size_t header = 0;  ///< bytes of the fixed header
  size_t size = 0;    ///< bytes with the header
};

/// Reads the fixed header (2.2: a byte, and a length of one to four bytes). Empty when it has not come yet, or has a
/// length of more than four bytes.
std::optional<FrontPacket> frontPacket(std::string_view stream);
/// Writes one: the first byte, and the length of what follows.
void appendHeader(std::string& to, unsigned first, size_t length);

/// What a PUBLISH carries; both point into the packet.
struct Publication {
  std::string_view topic, payload;
};

/// Of a whole PUBLISH at QoS 0 (3.3; `version5`: with properties, 5.0, 3.3.2.3, which are passed over). Empty when it
/// is malformed, or has no topic of its own (an alias, which nobody is asked for).
std::optional<Publication> readPublication(std::string_view packet, const FrontPacket& front, bool version5);

}  // namespace feeds::mqtt
