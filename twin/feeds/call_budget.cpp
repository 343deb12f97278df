// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/call_budget.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <nlohmann/json.hpp>

namespace feeds {
namespace {

constexpr int64_t kDay = 86400 * base::kNsPerSecond;
constexpr int64_t kMinute = 60 * base::kNsPerSecond;

std::optional<int> minutesOf(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const size_t at : {0u, 1u, 3u, 4u})
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
  const int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) return std::nullopt;
  return hour * 60 + minute;
}

}  // namespace

base::Result<ServiceHours> parseServiceHours(std::string_view text) {
  const auto from = minutesOf(text.substr(0, std::min<size_t>(5, text.size())));
  const auto to = text.size() == 11 && text[5] == '-' ? minutesOf(text.substr(6)) : std::nullopt;
  if (!from || !to || *from == *to) return base::Error{"write hours on the city's clock like \"05:00-23:30\""};
  return ServiceHours{*from, *to};
}

CallLedger::CallLedger(std::filesystem::path file) : file_(std::move(file)) {
  std::ifstream in(file_);
  if (!in) return;
  const nlohmann::json json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object()) {
    error_ = file_.string() + ": not readable as JSON; today's calls are counted from zero";
    return;
  }
  for (const auto& [service, count] : json.items()) {
    if (!count.is_object()) continue;
    counts_[service] = {count.value("day", int64_t{0}), count.value("calls", uint32_t{0})};
  }
}

uint32_t CallLedger::used(const std::string& service, int64_t day) const {
  std::lock_guard lock(mutex_);
  const auto it = counts_.find(service);
  return it != counts_.end() && it->second.day == day ? it->second.calls : 0;
}

void CallLedger::add(const std::string& service, int64_t day) {
  std::lock_guard lock(mutex_);
  Count& count = counts_[service];
  if (count.day != day) count = {day, 0};
  ++count.calls;
  write();
}

std::string CallLedger::error() const {
  std::lock_guard lock(mutex_);
  return error_;
}

/// To a neighbour first, then renamed: a crash leaves the old file or the new one.
void CallLedger::write() {
  if (file_.empty()) return;
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [service, count] : counts_) json[service] = {{"day", count.day}, {"calls", count.calls}};
  std::error_code failed;
  std::filesystem::create_directories(file_.parent_path(), failed);
  const std::filesystem::path fresh = file_.string() + ".new";
  {
    std::ofstream out(fresh, std::ios::trunc);
    out << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (!out.flush()) {
      error_ = fresh.string() + ": cannot be written; a restart forgets today's calls";
      return;
    }
  }
  std::filesystem::rename(fresh, file_, failed);
  error_ = failed ? file_.string() + ": " + failed.message() : std::string();
}

CallBudget::CallBudget(std::string service, uint32_t perDay, std::optional<ServiceHours> hours,
                       core::TimeZone zone, std::shared_ptr<CallLedger> ledger)
    : service_(std::move(service)),
      perDay_(perDay),
      hours_(hours),
      zone_(std::move(zone)),
      ledger_(std::move(ledger)) {}

int64_t CallBudget::dayOf(base::UtcNs now) const {
  return (now + zone_.offsetMinutes * kMinute) / kDay;
}

BudgetState CallBudget::state(base::UtcNs now) const {
  const int64_t day = dayOf(now);
  BudgetState state{.used = ledger_->used(service_, day), .perDay = perDay_};
  const base::UtcNs midnight = day * kDay - zone_.offsetMinutes * kMinute;
  {
    std::lock_guard lock(mutex_);
    state.spent = exhaustedDay_ == day || (perDay_ > 0 && state.used >= perDay_);
  }
  if (state.spent) state.opensAt = midnight + kDay;
  if (!hours_) return state;
  const base::UtcNs from = midnight + hours_->from * kMinute;
  const base::UtcNs reference = std::max(now, state.opensAt);  // a spent quota ends before the hours do
  const auto minute = static_cast<int>((reference + zone_.offsetMinutes * kMinute) % kDay / kMinute);
  const auto open = [&](int at) {
    return hours_->from < hours_->to ? at >= hours_->from && at < hours_->to
                                     : at >= hours_->from || at < hours_->to;
  };
  const auto nowMinute = static_cast<int>((now + zone_.offsetMinutes * kMinute) % kDay / kMinute);
  state.offHours = !open(nowMinute);
  if (!open(minute)) state.opensAt = from > reference ? from : from + kDay;
  return state;
}

double CallBudget::take(base::UtcNs now) {
  const BudgetState before = state(now);
  if (before.opensAt > now) return static_cast<double>(before.opensAt - now) / 1e9;
  ledger_->add(service_, dayOf(now));
  return 0;
}

void CallBudget::exhaust(base::UtcNs now) {
  std::lock_guard lock(mutex_);
  exhaustedDay_ = dayOf(now);
}

std::filesystem::path callLedgerFile() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state)
    return std::filesystem::path(state) / "alphacity" / "calls.json";
  if (const char* home = std::getenv("HOME"); home && *home)
    return std::filesystem::path(home) / ".local" / "state" / "alphacity" / "calls.json";
  return {};
}

}  // namespace feeds
