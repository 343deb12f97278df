// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "twin/feeds/clock_offset.h"
#include "twin/feeds/feed_stats.h"
#include "twin/feeds/raw_message.h"

namespace feeds {

/// Counts of one source while it runs. Ingest guards it with one mutex, so that every snapshot adds up.
class SourceMeter {
 public:
  explicit SourceMeter(Source source) { stats_.source = std::move(source); }

  void arrived(std::string_view topic, std::string_view bytes, base::UtcNs received, base::MonoNs mono);
  void rejected(const std::string& why, std::string_view topic);
  void conflated() { ++stats_.conflated, --stats_.queued; }
  void applied() { ++stats_.applied, --stats_.queued; }
  void late() { ++stats_.late, --stats_.queued; }
  void duplicate() { ++stats_.duplicate, --stats_.queued; }
  void flagged(const std::string& why, uint64_t count) { stats_.flagged[why] += count; }
  void observations(uint64_t accepted, uint64_t late, uint64_t duplicate, uint64_t superseded);
  void gap(std::string_view why, base::UtcNs when);
  void lag(double seconds);
  void spilled() { ++stats_.spilled; }
  void clock(base::UtcNs received, base::UtcNs event) { clock_.sample(received, event); }
  void gateway(const std::string& name, bool online);

  uint64_t queued() const { return stats_.queued; }
  const Source& source() const { return stats_.source; }
  /// With rate and lag percentiles worked out.
  SourceStats snapshot(base::MonoNs now, const TransportStatus& link) const;

 private:
  SourceStats stats_;                                        // derived members stay empty here
  std::string lastBytes_;                                    // as it came; made printable in snapshot()
  std::array<std::pair<int64_t, uint64_t>, 6> perSecond_{};  // second of the steady clock, messages
  std::vector<float> lags_;                                  // ring of the last 1,024
  size_t nextLag_ = 0;
  ClockOffset clock_;
};

}  // namespace feeds
