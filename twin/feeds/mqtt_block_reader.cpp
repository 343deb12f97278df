// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/mqtt_block_reader.h"

#include <sys/socket.h>

#include <cerrno>
#include <utility>

namespace feeds::mqtt {
namespace {

constexpr size_t kBlock = 256u << 10;
constexpr size_t kMaxHeader = 5;  // bytes of the fixed header
constexpr unsigned kExactlyOnce = 2;

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
    const ssize_t got = recv(mosquitto_socket(client_), block_.data(), bytes, MSG_TRUNC);  // thrown away: tcp(7)
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes -= static_cast<size_t>(got);
  }
  return true;
}

int BlockReader::read(bool closing) {
  shouldRest_ = false;
  if (libraryOnly_ || inLibrary_) return leaveToLibrary();
  const ssize_t come = recv(mosquitto_socket(client_), block_.data(), block_.size(), MSG_PEEK | MSG_DONTWAIT);
  if (come < 0 && (errno == EAGAIN || errno == EINTR)) return MOSQ_ERR_SUCCESS;
  if (come <= 0) return leaveToLibrary();  // has the words for it

  std::string_view rest(block_.data(), static_cast<size_t>(come));
  size_t done = 0;  // in front of `rest`, still in the socket
  int messages = 0;
  while (const auto front = frontPacket(rest)) {
    if (front->size > rest.size()) break;
    if (const auto message = readPublication(rest.substr(0, front->size), *front, version5_)) {
      onMessage_(*message);
      done += front->size;
      ++messages;
    } else {
      libraryOnly_ = front->type == PacketType::Pubrel || (front->isPublish() && front->qos() >= kExactlyOnce);
      if (!take(std::exchange(done, 0))) return MOSQ_ERR_CONN_LOST;
      if (const int rc = leaveToLibrary(); rc != MOSQ_ERR_SUCCESS || libraryOnly_) return rc;
      if (mosquitto_socket(client_) < 0) return MOSQ_ERR_CONN_LOST;
    }
    rest.remove_prefix(front->size);
  }
  if (!take(done)) return MOSQ_ERR_CONN_LOST;
  const bool more = static_cast<size_t>(come) == block_.size();  // in the socket than was looked at
  shouldRest_ = !more && (messages > 1 || !rest.empty());
  return rest.empty() || (more && rest.size() < block_.size()) ? MOSQ_ERR_SUCCESS : readPart(rest, closing);
}

/// `part`: of a packet, all that has come.
int BlockReader::readPart(std::string_view part, bool closing) {
  const auto front = frontPacket(part);
  const bool endless = !front && part.size() > kMaxHeader;
  inLibrary_ = front && front->size > block_.size();
  libraryOnly_ = closing || endless;  // knows what is wrong with it
  return inLibrary_ || libraryOnly_ ? leaveToLibrary() : MOSQ_ERR_SUCCESS;
}

}  // namespace feeds::mqtt
