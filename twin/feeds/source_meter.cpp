// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/source_meter.h"

#include <algorithm>

namespace feeds {
namespace {

constexpr size_t kShownBytes = 2048;
constexpr size_t kKeptBytes = 8u << 20;  // of a mapped message, for the panel
constexpr size_t kLags = 1024;
constexpr int64_t kRateSeconds = 5;
constexpr size_t kMostGateways = 1024;

double percentile(std::vector<float>& values, double share) {
  if (values.empty()) return 0;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// Bytes for a screen: control characters become dots, UTF-8 stays unless cut at the end.
std::string printable(std::string_view bytes) {
  std::string text(bytes);
  bool utf8 = true;
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0) utf8 = false;  // protobuf and other binary
    if (byte < 0x20 || byte == 0x7f) c = '.';
  }
  if (!utf8) {
    for (char& c : text)
      if (static_cast<unsigned char>(c) >= 0x80) c = '.';
  }
  return text;
}

}  // namespace

uint64_t SourceStats::rejectedTotal() const {
  uint64_t sum = 0;
  for (const auto& [why, count] : rejected) sum += count;
  return sum;
}

void SourceMeter::arrived(std::string_view topic, std::string_view bytes, base::UtcNs received,
                          base::MonoNs mono) {
  ++stats_.messages;
  ++stats_.queued;
  stats_.bytes += bytes.size();
  stats_.lastReceived = received;
  stats_.lastTopic = topic.substr(0, 256);
  lastBytes_ = bytes.substr(0, kShownBytes);
  if (topic.starts_with("mapped/") && bytes.size() <= kKeptBytes)
    stats_.lastMapped = std::make_shared<const KeptMessage>(KeptMessage{std::string(topic), std::string(bytes), received});
  const int64_t second = mono / base::kNsPerSecond;
  auto& slot = perSecond_[static_cast<size_t>(second) % perSecond_.size()];
  if (slot.first != second) slot = {second, 0};
  ++slot.second;
}

void SourceMeter::rejected(const std::string& why, std::string_view topic) {
  ++stats_.rejected[why];
  --stats_.queued;
  stats_.lastRejectedReason = why;
  stats_.lastRejectedTopic = topic.substr(0, 256);
}

void SourceMeter::observations(uint64_t accepted, uint64_t late, uint64_t duplicate, uint64_t superseded) {
  stats_.observations += accepted;
  stats_.lateObservations += late;
  stats_.duplicateObservations += duplicate;
  stats_.supersededObservations += superseded;
}

void SourceMeter::gap(std::string_view why, base::UtcNs when) {
  ++stats_.gaps;
  stats_.lastGap = why;
  stats_.lastGapAt = when;
}

void SourceMeter::lag(double seconds) {
  if (lags_.size() < kLags) {
    lags_.push_back(static_cast<float>(seconds));
  } else {
    lags_[nextLag_] = static_cast<float>(seconds);
  }
  nextLag_ = (nextLag_ + 1) % kLags;
}

void SourceMeter::gateway(const std::string& name, bool online) {
  if (stats_.online.size() + stats_.offline.size() >= kMostGateways && !stats_.online.contains(name) &&
      !stats_.offline.contains(name))
    return;
  (online ? stats_.offline : stats_.online).erase(name);
  (online ? stats_.online : stats_.offline).insert(name);
}

SourceStats SourceMeter::snapshot(base::MonoNs now, const TransportStatus& link) const {
  SourceStats stats = stats_;
  stats.link = link;
  stats.clockOffset = clock_.seconds();
  stats.lastMessage = printable(lastBytes_);
  const int64_t second = now / base::kNsPerSecond;
  uint64_t recent = 0;
  for (const auto& [when, count] : perSecond_)
    if (when < second && when >= second - kRateSeconds) recent += count;  // whole seconds only
  stats.ratePerSecond = static_cast<double>(recent) / kRateSeconds;
  std::vector<float> lags = lags_;
  stats.lagP50 = percentile(lags, 0.5);
  stats.lagP95 = percentile(lags, 0.95);
  return stats;
}

}  // namespace feeds
