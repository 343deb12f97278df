// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mosquitto.h>

#include <functional>
#include <string>

#include "twin/feeds/mqtt_packet.h"

namespace feeds::mqtt {

/// Reads a subscriber's connection for libmosquitto, which asks the kernel three or four times for each message: looks
/// at a block of the socket's bytes, takes messages at QoS 0 out of it itself, and leaves every other packet to
/// the library, which then finds it in front. For plain TCP, and for connections that do not publish: only then does
/// the library read one packet at a time, and never into the next.
class BlockReader {
 public:
  using OnMessage = std::function<void(const Publication& message)>;

  /// `client`: has just been granted its subscription, so that a packet begins in front. It must outlive this object.
  BlockReader(::mosquitto* client, bool version5, OnMessage onMessage);

  /// Reads what has come, one block at most. A code of libmosquitto's.
  int read();
  /// To be told of each message that the library has delivered.
  void onLibraryMessage() { inLibrary_ = false; }
  /// So much comes at once that a look for each message would be the greater part of the work: wait a millisecond.
  bool shouldRest() const { return shouldRest_; }

 private:
  int look();
  int leave(PacketKind kind, bool whole);
  int leaveToLibrary();
  bool take(size_t bytes);

  ::mosquitto* client_;
  const bool version5_;
  OnMessage onMessage_;
  std::string block_;
  size_t held_ = 0;           // bytes at the block's start: of a message that has come in part, taken from the socket
  bool shouldRest_ = false;
  bool inLibrary_ = false;    // the library has the first of a message
  bool libraryOnly_ = false;  // from now on
};

}  // namespace feeds::mqtt
