// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/figures.h"

#include <algorithm>
#include <map>

namespace alarms {
namespace {

constexpr int64_t kMinute = 60 * base::kNsPerSecond;
constexpr int64_t kTenMinutes = 10 * kMinute;
constexpr int64_t kDay = 1440 * kMinute;
constexpr int kFloodBegins = 10;
constexpr int kFloodEndsBelow = 5;
constexpr int kChatter = 3;

}  // namespace

void FigureKeeper::announced(base::UtcNs time, const std::string& key, Priority priority) {
  auto place = day_.end();
  while (place != day_.begin() && std::prev(place)->time > time) --place;
  day_.insert(place, {time, key, priority});
}

void FigureKeeper::tick(base::UtcNs now) {
  if (begun_ == 0) begun_ = now;
  size_t gone = 0;
  while (gone < day_.size() && day_[gone].time <= now - kDay) ++gone;
  day_.erase(day_.begin(), day_.begin() + static_cast<std::ptrdiff_t>(gone));
  tenMinutesFrom_ -= std::min(tenMinutesFrom_, gone);
  while (tenMinutesFrom_ < day_.size() && day_[tenMinutesFrom_].time <= now - kTenMinutes) ++tenMinutesFrom_;
  const int recent = static_cast<int>(day_.size() - tenMinutesFrom_);
  const base::UtcNs slot = now - now % kTenMinutes;
  if (peaks_.empty() || peaks_.back().first != slot) peaks_.emplace_back(slot, 0);
  peaks_.back().second = std::max(peaks_.back().second, recent);
  while (peaks_.front().first < now - kDay) peaks_.pop_front();
  if (!flood_ && recent >= kFloodBegins) {
    flood_ = true;
    floods_.emplace_back(now, 0);
  } else if (flood_ && recent < kFloodEndsBelow) {
    flood_ = false;
    floods_.back().second = now;
  }
  while (!floods_.empty() && floods_.front().second != 0 && floods_.front().second < now - kDay) floods_.pop_front();
  lastTick_ = now;
}

void FigureKeeper::shift(int64_t by) {
  for (Announcement& a : day_) a.time += by;
  for (auto& [from, to] : floods_) {
    from += by;
    if (to != 0) to += by;
  }
  peaks_.clear();
  if (begun_ != 0) begun_ += by;
  lastTick_ += by;
}

AlarmFigures FigureKeeper::at(base::UtcNs now) const {
  AlarmFigures f;
  f.lastTenMinutes = static_cast<int>(day_.size() - std::min(tenMinutesFrom_, day_.size()));
  f.lastDay = static_cast<int>(day_.size());
  for (const auto& [slot, most] : peaks_) f.peakTenMinutes = std::max(f.peakTenMinutes, most);
  const int64_t known = begun_ == 0 ? 0 : std::clamp<int64_t>(now - begun_, 0, kDay);
  f.knownHours = static_cast<double>(known) / (60.0 * kMinute);
  f.perDay = known > 0 ? static_cast<double>(f.lastDay) * static_cast<double>(kDay) / static_cast<double>(known) : 0;
  f.flood = flood_;
  int64_t flooded = 0;
  for (const auto& [from, to] : floods_) flooded += (to == 0 ? now : to) - std::max(from, now - kDay);
  if (known > 0) f.floodShare = std::clamp(static_cast<double>(flooded) / static_cast<double>(known), 0.0, 1.0);

  std::map<std::string, std::vector<base::UtcNs>> byKey;
  for (const Announcement& a : day_) {
    ++f.byPriority[static_cast<size_t>(a.priority) - 1];
    byKey[a.key].push_back(a.time);
  }
  for (const auto& [key, times] : byKey) {
    f.topTen.push_back({key, static_cast<int>(times.size())});
    for (size_t i = kChatter - 1; i < times.size(); ++i)
      if (times[i] - times[i - (kChatter - 1)] <= kMinute) {
        ++f.chattering;
        break;
      }
  }
  std::stable_sort(f.topTen.begin(), f.topTen.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  if (f.topTen.size() > 10) f.topTen.resize(10);
  int top = 0;
  for (const auto& row : f.topTen) top += row.count;
  if (f.lastDay > 0) f.topTenShare = static_cast<double>(top) / f.lastDay;
  return f;
}

}  // namespace alarms
