// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mosquitto.h>

#include <functional>
#include <string>

#include "twin/feeds/mqtt_packet.h"

namespace feeds::mqtt {

/// Reads a subscriber's connection for libmosquitto, which asks the kernel three or four times for each message: looks
/// at a block of the socket's bytes, takes whole messages at QoS 0 out of it itself, and leaves every other packet to
/// the library, which then finds it in front. For plain TCP, and for connections that neither publish nor
/// receive at QoS 2: only then does the library read exactly one packet at a time.
class BlockReader {
 public:
  using OnMessage = std::function<void(const Publication& message)>;

  /// `client`: has just been granted its subscription, so that a packet begins in front. It must outlive this object.
  BlockReader(::mosquitto* client, bool version5, OnMessage onMessage);

  /// Reads what has come, one block at most. `closing`: the other side will send no more.
  /// A code of libmosquitto's.
  int read(bool closing);
  /// To be told of each message that the library has delivered.
  void onLibraryMessage() { inLibrary_ = false; }
  /// Whether to wait a millisecond before the next look, whatever the socket says: so much comes at once that a look
  /// for each message would be the greater part of the work, or what is in front has come only in part.
  bool shouldRest() const { return shouldRest_; }

 private:
  int leaveToLibrary();
  bool take(size_t bytes);
  int readPart(std::string_view part, bool closing);

  ::mosquitto* client_;
  const bool version5_;
  OnMessage onMessage_;
  std::string block_;
  bool shouldRest_ = false;
  bool inLibrary_ = false;    // a message greater than a block: the library has the first of it
  bool libraryOnly_ = false;  // from now on
};

}  // namespace feeds::mqtt
