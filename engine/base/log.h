// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace base {

/// Levels by reader: error = the operator must act; warning = something was worked around; info = the
/// few lines that a user of the terminal wants; debug = developers only.
void logError(std::string_view text);
void logWarning(std::string_view text);
void logInfo(std::string_view text);
void logDebug(std::string_view text);

/// Everything to stderr; stdout belongs to answers (--list, --help). Debug lines with `verbose`.
void setupLog(bool verbose);

/// A limiter for lines that a hostile or broken feed could repeat without end.
class LogLimiter {
 public:
  explicit LogLimiter(int perMinute) : perMinute_(perMinute) {}
  /// True when a line may be written at `nowNs` (monotonic nanoseconds).
  bool allow(long long nowNs);

 private:
  int perMinute_;
  int used_ = 0;
  long long windowStart_ = 0;
};

}  // namespace base
