// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"

namespace feeds {

/// One request as it goes out. It may hold a key: never logged, never shown.
struct HttpRequest {
  std::string url;
  std::vector<std::string> headers;  ///< "Name: value"
};

/// How far the calls of a service may still go today, for the feeds panel.
struct BudgetState {
  uint32_t used = 0;    ///< calls since the day began in the city
  uint32_t perDay = 0;  ///< 0: no limit given
  bool offHours = false;
  bool spent = false;         ///< nothing left today, by our count or by the service's word
  base::UtcNs opensAt = 0;    ///< when asking is allowed again; 0: now
};

/// What a polling transport asks before, during and after a request. One per feed; called from the
/// transport's thread, budget() from any.
class RequestPolicy {
 public:
  virtual ~RequestPolicy() = default;
  /// Seconds until a call is allowed; 0: allowed now, and counted.
  virtual double wait(base::UtcNs now) = 0;
  /// The request for this moment: placeholders filled, key put in.
  virtual HttpRequest prepare(base::UtcNs now) = 0;
  /// Sees a body before anybody else: takes secrets out of it and notices a spent quota.
  virtual void received(std::string& body, base::UtcNs now) = 0;
  virtual BudgetState budget(base::UtcNs now) const = 0;
};

}  // namespace feeds
