// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/mqtt_block_reader.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace feeds::mqtt {
namespace {

constexpr size_t kBlock = 256u << 10;
constexpr size_t kMaxHeader = 5;  // bytes of the fixed header

}  // namespace

BlockReader::BlockReader(::mosquitto* client, bool version5, OnMessage onMessage)
    : client_(client), version5_(version5), onMessage_(std::move(onMessage)), block_(kBlock, '\0') {}

int BlockReader::leaveToLibrary() {
  errno = 0;  // it says "see errno" also when there is nothing to see
  return mosquitto_loop_read(client_, 1);
}

/// Takes bytes that have been looked at from the socket. False when it has broken.
bool BlockReader::take(size_t bytes) {
  while (bytes > 0) {
    const ssize_t got = recv(mosquitto_socket(client_), block_.data(), bytes, MSG_TRUNC);  // not written: tcp(7)
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes -= static_cast<size_t>(got);
  }
  return true;
}

int BlockReader::read() {
  shouldRest_ = false;
  return libraryOnly_ || inLibrary_ ? leaveToLibrary() : look();
}

/// Leaves the packet in front to the library.
int BlockReader::leave(PacketKind kind, bool whole) {
  // Where a message ends the library says itself. Of QoS 2 and its releases it may read several at once.
  inLibrary_ = kind == PacketKind::AcknowledgedMessage && !whole;
  libraryOnly_ = kind == PacketKind::OnceMessage || kind == PacketKind::Release || (kind == PacketKind::Other && !whole);
  const int rc = leaveToLibrary();
  return rc == MOSQ_ERR_SUCCESS && mosquitto_socket(client_) < 0 ? MOSQ_ERR_CONN_LOST : rc;
}

int BlockReader::look() {
  if (held_ == block_.size()) block_.resize(block_.size() * 2);  // as it comes: a header alone may claim 256 MiB
  const ssize_t come = recv(mosquitto_socket(client_), block_.data() + held_, block_.size() - held_, MSG_PEEK | MSG_DONTWAIT);
  if (come < 0 && (errno == EAGAIN || errno == EINTR)) return MOSQ_ERR_SUCCESS;
  if (come <= 0) return leaveToLibrary();  // has the words for it

  const size_t end = held_ + static_cast<size_t>(come);
  std::string_view rest(block_.data(), end);
  size_t taken = std::exchange(held_, 0);
  int messages = 0;
  while (!rest.empty()) {
    const size_t at = static_cast<size_t>(rest.data() - block_.data());
    const auto front = frontPacket(rest);
    const bool whole = front && front->size <= rest.size();
    const PacketKind kind = kindOf(rest[0]);
    if (kind != PacketKind::Message) {
      if (!take(at - taken)) return MOSQ_ERR_CONN_LOST;
      if (const int rc = leave(kind, whole); rc != MOSQ_ERR_SUCCESS || !whole || libraryOnly_) return rc;
      taken = at + front->size;
    } else if (whole) {
      const auto message = readPublication(rest.substr(0, front->size), *front, version5_);
      if (!message) return MOSQ_ERR_MALFORMED_PACKET;
      onMessage_(*message);
      ++messages;
    } else {
      if (!front && rest.size() >= kMaxHeader) return MOSQ_ERR_MALFORMED_PACKET;
      break;
    }
    rest.remove_prefix(front->size);
  }
  // Also what has come in part: while it lies in the socket, the kernel counts the whole segment it came in against
  // the window, and the rest may never come.
  if (!take(end - taken)) return MOSQ_ERR_CONN_LOST;
  std::memmove(block_.data(), rest.data(), rest.size());
  held_ = rest.size();
  if (block_.size() > kBlock && held_ < kBlock) block_ = block_.substr(0, kBlock);
  shouldRest_ = messages > 1 && end < block_.size();  // a full block: there is more
  return MOSQ_ERR_SUCCESS;
}

}  // namespace feeds::mqtt
