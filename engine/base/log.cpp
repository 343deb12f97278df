// SPDX-License-Identifier: Apache-2.0
#include "engine/base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace base {
namespace {

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = spdlog::stderr_color_mt("alphacity");
    made->set_pattern("%^%l%$: %v");
    return made;
  }();
  return *instance;
}

}  // namespace

void logError(std::string_view text) { logger().error("{}", text); }
void logWarning(std::string_view text) { logger().warn("{}", text); }
void logInfo(std::string_view text) { logger().info("{}", text); }
void logDebug(std::string_view text) { logger().debug("{}", text); }

void setupLog(bool verbose) { logger().set_level(verbose ? spdlog::level::debug : spdlog::level::info); }

bool LogLimiter::allow(long long nowNs) {
  constexpr long long kMinute = 60'000'000'000;
  if (nowNs - windowStart_ >= kMinute) {
    windowStart_ = nowNs;
    used_ = 0;
  }
  return used_++ < perMinute_;
}

}  // namespace base
