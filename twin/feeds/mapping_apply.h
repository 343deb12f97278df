// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "twin/feeds/decoder.h"
#include "twin/feeds/mapping.h"

namespace feeds {

/// What became of one path of a mapping in one message.
struct PathTrace {
  std::string path;
  std::string use;     ///< "property pm25", "time", "latitude"
  std::string raw;     ///< the first value met, as written
  std::string took;    ///< what was made of it
  uint64_t taken = 0;
  uint64_t missing = 0;
  std::map<std::string, uint64_t> refused;  ///< by reason
};

/// What became of one message, for the panel that shows it beside its mapping.
struct MappingTrace {
  std::string refusedFor;  ///< reason for the whole message, or empty
  uint64_t records = 0;
  uint64_t taken = 0;      ///< records of which something was taken
  std::map<std::string, uint64_t> refusedRecords;
  std::vector<PathTrace> paths;     ///< by Mapping::paths
  std::vector<std::string> unread;  ///< names of the first record that no path begins with
};

/// Observations of one message, by its mapping. Pure. Refused rows and values are reasons among the
/// warnings, one each. At most 200,000 records.
Decoded applyMapping(const Mapping& mapping, const RawMessage& message, const DecodeContext& context, MappingTrace* trace = nullptr);

/// mapped/<mapping>/...: by the registry of the context.
Decoded decodeMapped(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds
