// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/poll_plan.h"
#include "twin/feeds/request_policy.h"
#include "twin/feeds/transport.h"

namespace feeds {

struct HttpOptions {
  std::string url;    ///< http or https only, redirects too (at most five)
  std::string topic;  ///< topic of the messages; empty: gtfs-rt/feed for protobuf, else the URL's path
  double periodSeconds = 15;
  PollPlan plan;                ///< more than one URL, paging, discovery; without requests: `url` alone
  std::string authorization;    ///< value of an Authorization header; a secret, never logged
  std::vector<std::pair<std::string, std::string>> headers;  ///< further ones (API keys), as secret
  std::string caFile;           ///< empty: the system's certificates
  std::string certFile, keyFile;  ///< client certificate
  size_t maxBytes = 64u << 20;  ///< of one body, counted inflated as it arrives
  double maxRatio = 100;        ///< inflated to received bytes
  double timeoutSeconds = 15;
  /// Who may ask when, and with which key; null: `url` as it is, whenever the period says. With one, `url`
  /// is only what logs may show.
  std::shared_ptr<RequestPolicy> policy;
  double backoffBase = 0.25, backoffCap = 30;  ///< seconds between tries after an error; Retry-After wins
};

/// Polls the URLs of a plan, each with its own period, validators (ETag, Last-Modified) and back-off. One thread
/// of its own. A body equal to the one before (304 or same bytes) is not delivered again. Authorization and
/// further headers go to the origin of `url` only, whatever links, redirects or discovery say.
std::unique_ptr<Transport> makeHttpTransport(HttpOptions options);

}  // namespace feeds
