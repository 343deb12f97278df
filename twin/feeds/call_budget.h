// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "twin/core/time.h"
#include "twin/feeds/request_policy.h"

namespace feeds {

/// Calls made today, by service, kept in a file so that a restart does not spend a quota twice. Shared
/// by all feeds; safe from any thread. A file that cannot be read or written costs the memory of today's
/// calls, never the feed: error() says so.
class CallLedger {
 public:
  /// Empty: in memory only.
  explicit CallLedger(std::filesystem::path file = {});

  uint32_t used(const std::string& service, int64_t day) const;
  void add(const std::string& service, int64_t day);
  std::string error() const;

 private:
  struct Count {
    int64_t day = 0;  ///< days since 1970-01-01 on the city's clock
    uint32_t calls = 0;
  };
  void write();

  const std::filesystem::path file_;
  mutable std::mutex mutex_;
  std::map<std::string, Count> counts_;
  std::string error_;
};

/// Hours of the day in which a service answers, as minutes after midnight on the city's clock; `to`
/// before `from` reaches over midnight.
struct ServiceHours {
  int from = 0;
  int to = 24 * 60;
};

/// "05:00-23:30"
base::Result<ServiceHours> parseServiceHours(std::string_view text);

/// What one feed may ask, and when.
class CallBudget {
 public:
  CallBudget(std::string service, uint32_t perDay, std::optional<ServiceHours> hours, core::TimeZone zone,
             std::shared_ptr<CallLedger> ledger);

  /// Seconds until a call is allowed; 0: it was counted just now.
  double take(base::UtcNs now);
  /// The service said that nothing is left today.
  void exhaust(base::UtcNs now);
  BudgetState state(base::UtcNs now) const;

 private:
  int64_t dayOf(base::UtcNs now) const;

  const std::string service_;
  const uint32_t perDay_;
  const std::optional<ServiceHours> hours_;
  const core::TimeZone zone_;
  const std::shared_ptr<CallLedger> ledger_;
  mutable std::mutex mutex_;
  int64_t exhaustedDay_ = -1;
};

/// $XDG_STATE_HOME/alphacity/calls.json, or below ~/.local/state; empty without a home.
std::filesystem::path callLedgerFile();

}  // namespace feeds
