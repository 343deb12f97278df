// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "twin/feeds/transport.h"

namespace feeds {

struct HttpInOptions {
  std::string host = "127.0.0.1";  ///< address to listen on
  int port = 0;                    ///< 0: any free one, told to `bound`
  std::string path = "/";
  std::string topic;               ///< topic given to the messages
  bool remote = false;             ///< may listen on an address that others reach; otherwise loopback only
  std::string authorization;       ///< secret: when given, requests must carry this Authorization header
  size_t maxBytes = 64u << 20;     ///< of one body
  double ratePerSecond = 200;      ///< accepted requests; twice as many at once
  double timeoutSeconds = 10;      ///< for all of a request, from its first byte or the connection on
  size_t maxConnections = 64;
  std::function<void(int)> bound;  ///< told the port once it listens; on the transport's thread
};

/// A small HTTP endpoint for notifications (NGSI-LD and NGSI-v2 subscriptions, webhooks). POST of JSON only;
/// answers 204 once the message is accepted, 503 when it was refused, else the plain reason: 400, 401, 403
/// (a browser's Origin, or a Host that is not this machine), 404, 405, 413, 415, 429. One thread.
std::unique_ptr<Transport> makeHttpInTransport(HttpInOptions options);

/// True for 127.0.0.0/8, ::1 and localhost.
bool isLoopback(std::string_view host);

}  // namespace feeds
