// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"

namespace core {

/// Offsets of a named time zone over the years, from the machine's zone files (TZif, RFC 8536). Without a
/// zone it is UTC. Constant once read; after the last listed change (2037) the last offset stays.
class ZoneRules {
 public:
  ZoneRules() = default;
  /// "Asia/Seoul". Fails for names that are not there or do not look like a zone.
  static base::Result<ZoneRules> load(const std::string& name);
  /// Parses the content of a TZif file, version 1 to 4.
  static base::Result<ZoneRules> parse(std::string_view bytes);

  /// Seconds east of UTC at a moment.
  int offsetAt(base::UtcNs utc) const;
  /// The moment at which this zone's clocks show `seconds` after midnight of the day (days since 1970-01-01).
  /// Where clocks repeat an hour it is the first one.
  base::UtcNs fromLocal(int64_t days, int64_t seconds) const;

 private:
  struct Change {
    int64_t from = 0;  ///< seconds since 1970
    int offset = 0;
  };
  int first_ = 0;
  std::vector<Change> changes_;
};

}  // namespace core
