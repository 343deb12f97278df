// SPDX-License-Identifier: Apache-2.0
#include "twin/core/zone_rules.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace core {
namespace {

constexpr size_t kHeader = 44;

int64_t bigEndian(std::string_view bytes, size_t at, size_t size) {
  uint64_t value = 0;
  for (size_t i = 0; i < size; ++i) value = value << 8 | static_cast<uint8_t>(bytes[at + i]);
  if (size == 4) return static_cast<int32_t>(static_cast<uint32_t>(value));
  return static_cast<int64_t>(value);
}

/// Counts of one TZif block (RFC 8536 section 3.1).
struct Counts {
  size_t isUt = 0, isStandard = 0, leaps = 0, times = 0, types = 0, chars = 0;
  size_t size(size_t timeBytes) const {
    return times * timeBytes + times + types * 6 + chars + leaps * (timeBytes + 4) + isStandard + isUt;
  }
};

bool readCounts(std::string_view bytes, size_t at, Counts& counts) {
  if (bytes.size() < at + kHeader || bytes.substr(at, 4) != "TZif") return false;
  size_t* const fields[] = {&counts.isUt, &counts.isStandard, &counts.leaps, &counts.times, &counts.types, &counts.chars};
  for (size_t i = 0; i < std::size(fields); ++i) {
    const int64_t count = bigEndian(bytes, at + 20 + 4 * i, 4);
    if (count < 0 || count > 10'000) return false;
    *fields[i] = static_cast<size_t>(count);
  }
  return counts.types > 0;
}

}  // namespace

base::Result<ZoneRules> ZoneRules::load(const std::string& name) {
  const bool plain = !name.empty() && name.size() < 64 && name.front() != '/' && name.find("..") == std::string::npos;
  const std::filesystem::path path = "/usr/share/zoneinfo/" + name;
  std::error_code unreadable;  // "Asia" is a folder, and reading one throws
  const bool isFile = plain && std::filesystem::is_regular_file(path, unreadable);
  std::ifstream file(path, std::ios::binary);
  if (!isFile || !file) return base::Error{"time zone '" + name + "' is not known here; use a name like Asia/Seoul"};
  return parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

base::Result<ZoneRules> ZoneRules::parse(std::string_view bytes) {
  const base::Error broken{"the zone file is broken"};
  Counts counts;
  if (!readCounts(bytes, 0, counts)) return broken;
  size_t at = kHeader, timeBytes = 4;
  if (bytes[4] >= '2') {  // a second block with 64-bit times follows
    const size_t second = kHeader + counts.size(4);
    if (!readCounts(bytes, second, counts)) return broken;
    at = second + kHeader;
    timeBytes = 8;
  }
  if (bytes.size() < at + counts.size(timeBytes)) return broken;
  const size_t indexAt = at + counts.times * timeBytes, typeAt = indexAt + counts.times;
  const auto offsetOf = [&](size_t type) { return static_cast<int>(bigEndian(bytes, typeAt + 6 * type, 4)); };
  ZoneRules rules;
  rules.first_ = offsetOf(0);
  for (size_t i = 0; i < counts.times; ++i) {
    const size_t type = static_cast<uint8_t>(bytes[indexAt + i]);
    if (type >= counts.types) return broken;
    rules.changes_.push_back({bigEndian(bytes, at + i * timeBytes, timeBytes), offsetOf(type)});
  }
  return rules;
}

int ZoneRules::offsetAt(base::UtcNs utc) const {
  const int64_t seconds = utc / base::kNsPerSecond;
  const auto after = std::upper_bound(changes_.begin(), changes_.end(), seconds,
                                      [](int64_t time, const Change& change) { return time < change.from; });
  return after == changes_.begin() ? first_ : std::prev(after)->offset;
}

base::UtcNs ZoneRules::fromLocal(int64_t days, int64_t seconds) const {
  const int64_t local = days * 86'400 + seconds;
  // Two guesses are enough: offsets change at most once within a day.
  const int before = offsetAt((local - 86'400) * base::kNsPerSecond);
  const base::UtcNs guess = (local - before) * base::kNsPerSecond;
  return offsetAt(guess) == before ? guess : (local - offsetAt(guess)) * base::kNsPerSecond;
}

}  // namespace core
