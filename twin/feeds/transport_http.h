// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/transport.h"

namespace feeds {

struct HttpOptions {
  std::string url;    ///< http or https only, redirects too (at most five)
  std::string topic;  ///< topic of the messages; empty: gtfs-rt/feed for protobuf, else the URL's path
  double periodSeconds = 15;
  std::string authorization;    ///< value of an Authorization header; a secret, never logged
  std::string caFile;           ///< empty: the system's certificates
  size_t maxBytes = 64u << 20;  ///< of one body, counted as it arrives
  double timeoutSeconds = 15;
  double backoffBase = 0.25, backoffCap = 30;  ///< seconds between tries after an error; Retry-After wins
};

/// Polls one URL. One thread of its own. A body equal to the one before (304 or same bytes) is not
/// delivered again.
std::unique_ptr<Transport> makeHttpTransport(HttpOptions options);

}  // namespace feeds
