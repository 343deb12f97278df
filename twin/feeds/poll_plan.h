// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace feeds {

/// One URL that is asked again and again.
struct PollRequest {
  std::string url;
  std::string topic;         ///< topic of its messages; empty: by content type and path
  double periodSeconds = 0;  ///< 0: the source's
  bool operator==(const PollRequest&) const = default;
};

/// What the answer to a request says about further requests. URLs may be relative (RFC 3986 section 5).
struct FollowUps {
  std::string nextPage;                ///< of the same list; empty: this was the last
  std::vector<PollRequest> discovered; ///< to be polled from now on
  double ttlSeconds = 0;               ///< the answer stays the same for so long
};

/// The parts of an answer that matter for that.
struct PollAnswer {
  std::string_view url;   ///< that was asked
  std::string_view topic;
  std::string_view body;
  std::string_view link;  ///< Link header (RFC 8288), empty when absent
  long long resultsCount = -1;  ///< NGSILD-Results-Count or Fiware-Total-Count, -1 when absent
};

/// A pure function of the answer.
using FollowRule = FollowUps (*)(const PollAnswer&);

/// What a source that needs more than one URL is asked for.
struct PollPlan {
  std::vector<PollRequest> requests;
  FollowRule follow = nullptr;
  size_t maxPages = 100;              ///< of one list
  size_t maxBytes = 256u << 20;       ///< of one list, all pages
  size_t maxRequests = 64;            ///< with what was discovered
};

/// SensorThings: "@iot.nextLink" (OGC 18-088 section 9.3.3.7).
FollowUps followSensorThings(const PollAnswer& answer);
/// NGSI-LD: Link rel="next" (ETSI GS CIM 009 clause 5.5.9); else, as for NGSI-v2, offset and limit of the URL
/// against the result count, and without a count as long as pages come full.
FollowUps followNgsi(const PollAnswer& answer);
/// GBFS: the files that gbfs.json names (2.x by language, 3.0 plainly), and ttl.
FollowUps followGbfs(const PollAnswer& answer);
/// MDS: links.next, ttl.
FollowUps followMds(const PollAnswer& answer);

/// The plan of a format ("sensorthings", "ngsi", "gbfs", "mds") for a source's base URL; `name` is the middle
/// of the topics ("ngsi/<name>"), one level without '/'. The error lists the formats that are known.
///   sensorthings  .../v1.1: Things with Locations and Datastreams every ten periods, the newest Observation
///                 of every Datastream every period. A URL with a query is asked as it is.
///   ngsi          an entities URL (.../ngsi-ld/v1/entities?type=...&options=sysAttrs, .../v2/entities)
///   gbfs          .../gbfs.json
///   mds           one of the lists: .../vehicles, .../vehicles/status, .../events/recent, ...
base::Result<PollPlan> makePollPlan(std::string_view format, const std::string& url, const std::string& name,
                                    double periodSeconds);

/// `link` against `base` (RFC 3986 section 5.2, http and https only); empty when it is neither.
std::string resolveUrl(std::string_view base, std::string_view link);
/// Scheme, host and port, in lower case with the port always there: "https://host:443".
std::string originOf(std::string_view url);

}  // namespace feeds
