// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/keyed_request.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "twin/feeds/kma_grid.h"

namespace feeds {
namespace {

constexpr std::array<std::string_view, 8> kPlaceholders{"key", "base_date", "base_time", "nx", "ny", "today", "yesterday", "subject"};

std::string dateOf(base::UtcNs now, const core::TimeZone& zone) {
  const core::LocalTime t = core::toLocal(now, zone);
  char text[16];
  std::snprintf(text, sizeof text, "%04d%02d%02d", t.year % 10000, t.month, t.day);
  return text;
}

/// data.go.kr gives every key twice, plain and percent-encoded; encoding the second again would spoil it.
std::string encodedKey(const std::string& key) {
  return key.find('%') != std::string::npos ? key : percentEncoded(key);
}

std::string_view lastLevel(std::string_view topic) {
  return topic.substr(topic.rfind('/') + 1);
}

}  // namespace

base::Result<Secret> keyOf(const FeedDescription& feed) {
  if (!feed.keyFile.empty()) {
    auto key = readSecretFile(feed.keyFile.string());
    if (!key) return base::Error{feed.origin + ": key_file: " + key.error()};
    return key;
  }
  if (feed.keyEnv.empty()) return Secret();
  const char* value = std::getenv(feed.keyEnv.c_str());
  if (!value || !*value) return base::Error{feed.origin + ": key_env: the environment variable " + feed.keyEnv + " is not set; export it or use key_file"};
  return Secret(value);
}

std::string unknownPlaceholder(const FeedDescription& feed) {
  const auto search = [](std::string_view text) -> std::string {
    for (size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
      const size_t close = text.find('}', open);
      if (close == std::string_view::npos) return std::string(text.substr(open, 32));
      const std::string_view name = text.substr(open + 1, close - open - 1);
      if (std::find(kPlaceholders.begin(), kPlaceholders.end(), name) == kPlaceholders.end()) return std::string(text.substr(open, close - open + 1));
    }
    return {};
  };
  std::string found = search(feed.url);
  for (const auto& [name, value] : feed.headers)
    if (found.empty()) found = search(value);
  return found;
}

KeyedRequest::KeyedRequest(const FeedDescription& feed, Secret key, core::GeoPoint cityOrigin, core::TimeZone zone,
                           std::shared_ptr<CallLedger> ledger)
    : feed_(feed),
      key_(std::move(key)),
      place_(feed.place.value_or(cityOrigin)),
      zone_(zone),
      budget_(feed.quotaName, feed.quotaPerDay, feed.hours, std::move(zone), std::move(ledger)) {}

std::string KeyedRequest::valueOf(std::string_view name, base::UtcNs now) const {
  if (name == "key") return encodedKey(key_.expose());
  if (name == "base_date") return kmaBase(lastLevel(feed_.format), now).date;
  if (name == "base_time") return kmaBase(lastLevel(feed_.format), now).time;
  if (name == "nx") return std::to_string(kmaCell(place_.longitude, place_.latitude).nx);
  if (name == "ny") return std::to_string(kmaCell(place_.longitude, place_.latitude).ny);
  if (name == "today") return dateOf(now, zone_);
  if (name == "yesterday") return dateOf(now - 86400 * base::kNsPerSecond, zone_);
  if (name == "subject") return percentEncoded(feed_.subject);
  return {};
}

std::string KeyedRequest::fill(std::string_view pattern, base::UtcNs now) const {
  std::string filled;
  while (!pattern.empty()) {
    const size_t open = pattern.find('{');
    const size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    filled += pattern.substr(0, close == std::string_view::npos ? pattern.size() : open);
    if (close == std::string_view::npos) break;
    filled += valueOf(pattern.substr(open + 1, close - open - 1), now);
    pattern.remove_prefix(close + 1);
  }
  return filled;
}

HttpRequest KeyedRequest::prepare(base::UtcNs now) {
  HttpRequest request;
  request.url = fill(feed_.url, now);
  if (!key_.empty() && !feed_.keyParameter.empty()) {
    request.url += request.url.find('?') == std::string::npos ? '?' : '&';
    request.url += feed_.keyParameter + "=" + encodedKey(key_.expose());
  }
  for (const auto& [name, value] : feed_.headers) {
    // In a header a key stands as it is.
    std::string text = value;
    if (const size_t at = text.find("{key}"); at != std::string::npos) text.replace(at, 5, key_.expose());
    request.headers.push_back(name + ": " + fill(text, now));
  }
  return request;
}

void KeyedRequest::received(std::string& body, base::UtcNs now) {
  if (!key_.empty()) redact(body, key_);
  // The gateway of data.go.kr answers a spent quota with status 200 and code 22 (decode_kr.h).
  if (body.size() < 4096 && body.find("LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS") != std::string::npos) budget_.exhaust(now);
}

}  // namespace feeds
