// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/feed_url.h"

#include <charconv>
#include <optional>

namespace feeds {
namespace {

constexpr std::string_view kExamples =
    "use sim:, mqtt://127.0.0.1:1883/#, file:day.log or "
    "https://host/vehicles.pb#topic=gtfs-rt/bus/vehicle_positions";

base::Error wrong(std::string_view text, std::string_view why) {
  return base::Error{"feed '" + std::string(text) + "': " + std::string(why) + "; " + std::string(kExamples)};
}

std::optional<int> portOf(std::string_view digits) {
  int port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port < 1 || port > 65535)
    return std::nullopt;
  return port;
}

/// "host", "host:port" or "[::1]:port".
bool splitAuthority(std::string_view authority, std::string& host, int& port) {
  if (authority.starts_with('[')) {
    const size_t close = authority.find(']');
    if (close == std::string_view::npos) return false;
    host = authority.substr(1, close - 1);
    authority.remove_prefix(close + 1);
    if (authority.empty()) return !host.empty();
    if (!authority.starts_with(':')) return false;
  } else {
    const size_t colon = std::min(authority.find(':'), authority.size());
    host = authority.substr(0, colon);
    authority.remove_prefix(colon);
    if (authority.empty()) return !host.empty();
  }
  const auto number = portOf(authority.substr(1));
  if (!number || host.empty()) return false;
  port = *number;
  return true;
}

/// MQTT 3.1.1 section 4.7.1: '#' only as the last level, '+' only as a whole level.
bool validFilter(std::string_view filter) {
  for (size_t i = 0; i < filter.size(); ++i) {
    const bool levelStart = i == 0 || filter[i - 1] == '/',
               levelEnd = i + 1 == filter.size() || filter[i + 1] == '/';
    if (filter[i] == '#' && !(levelStart && i + 1 == filter.size())) return false;
    if (filter[i] == '+' && !(levelStart && levelEnd)) return false;
  }
  return filter.size() <= 256;
}

base::Result<FeedUrl> parseMqtt(FeedUrl url, std::string_view rest) {
  const size_t slash = std::min(rest.find('/'), rest.size());
  url.port = url.tls ? 8883 : 1883;
  std::string_view brokers = rest.substr(0, slash);
  for (bool first = true; first || !brokers.empty(); first = false) {
    const size_t end = std::min(brokers.find(','), brokers.size());
    std::string host;
    int port = url.tls ? 8883 : 1883;
    if (!splitAuthority(brokers.substr(0, end), host, port)) return wrong(url.text, "host or port cannot be read");
    brokers.remove_prefix(std::min(end + 1, brokers.size()));
    if (first) {
      url.host = std::move(host);
      url.port = port;
    } else {
      url.alternatives.emplace_back(std::move(host), port);
    }
  }
  url.path = slash + 1 < rest.size() ? rest.substr(slash + 1) : std::string_view("#");
  if (!validFilter(url.path)) return wrong(url.text, "the topic filter has '#' or '+' in a wrong place");
  return url;
}

base::Result<FeedUrl> parseState(std::string_view text) {
  auto url = parseFeedUrl(text.substr(std::string_view("state:").size()));
  if (!url) return url;
  if (url->kind != FeedUrl::Kind::Mqtt)
    return wrong(text, "state comes over MQTT, as in state:mqtt://127.0.0.1:1883/alphacity");
  url->text = text;
  while (url->path.ends_with('/')) url->path.pop_back();
  if (url->path.empty() || url->path.find_first_of("#+. ") != std::string::npos)
    return wrong(text, "the prefix after the broker must be a topic without # + . or space");
  url->kind = FeedUrl::Kind::State;
  return url;
}

/// What stands behind '#', shared by http and http-in.
base::Result<FeedUrl> parseFragment(FeedUrl url) {
  const size_t hash = url.text.find('#');
  std::string_view options =
      hash == std::string::npos ? std::string_view() : std::string_view(url.text).substr(hash + 1);
  while (!options.empty()) {
    const size_t end = std::min(options.find('&'), options.size());
    const std::string_view option = options.substr(0, end);
    options.remove_prefix(std::min(end + 1, options.size()));
    if (option.starts_with("topic=")) {
      url.topic = option.substr(6);
    } else if (option.starts_with("name=")) {
      url.name = option.substr(5);
      if (url.name.empty() || url.name.size() > 64 || url.name.find_first_of("/+#") != std::string::npos)
        return wrong(url.text, "name= needs one word without / + #");
    } else if (option.starts_with("format=")) {
      url.format = option.substr(7);
      if (url.format != "sensorthings" && url.format != "ngsi" && url.format != "gbfs" && url.format != "mds")
        return wrong(url.text, "format= knows sensorthings, ngsi, gbfs and mds");
    } else if (option == "remote=yes" && url.kind == FeedUrl::Kind::HttpIn) {
      url.remote = true;
    } else if (option.starts_with("period=")) {
      const std::string_view digits = option.substr(7);
      const auto [stop, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), url.periodSeconds);
      if (error != std::errc() || stop != digits.data() + digits.size() ||
          !(url.periodSeconds >= 1 && url.periodSeconds <= 86400)) {
        return wrong(url.text, "period= needs seconds from 1 to 86400");
      }
    } else {
      return wrong(url.text, "after # only topic=, format=, name= and period= are known");
    }
  }
  return url;
}

base::Result<FeedUrl> parseHttp(FeedUrl url) {
  url.path = url.text.substr(0, url.text.find('#'));
  if (url.path.find("://") + 3 >= url.path.size()) return wrong(url.text, "there is no host");
  return parseFragment(std::move(url));
}

/// http-in://host:port/path#options
base::Result<FeedUrl> parseHttpIn(FeedUrl url, std::string_view rest) {
  rest = rest.substr(0, rest.find('#'));
  const size_t slash = std::min(rest.find('/'), rest.size());
  if (!splitAuthority(rest.substr(0, slash), url.host, url.port) || url.port == 0)
    return wrong(url.text, "host and port are needed");
  url.path = slash < rest.size() ? rest.substr(slash) : std::string_view("/");
  auto parsed = parseFragment(std::move(url));
  if (!parsed) return parsed;
  if (parsed->topic.empty() && parsed->format == "ngsi")
    parsed->topic = "ngsi/" + (parsed->name.empty() ? "notified" : parsed->name);
  if (parsed->topic.empty()) return wrong(parsed->text, "#topic= or #format=ngsi must say what comes in");
  return parsed;
}

}  // namespace

std::string withoutQuery(std::string_view url) {
  const size_t query = url.find('?');
  return std::string(url.substr(0, query)) + (query == std::string_view::npos ? "" : "?...");
}

base::Result<FeedUrl> parseFeedUrl(std::string_view text) {
  FeedUrl url;
  url.text = text;
  if (text == "sim:" || text == "sim") return url;
  if (text == "sample:" || text == "sample") {
    url.kind = FeedUrl::Kind::Sample;
    return url;
  }
  if (text.starts_with("state:")) return parseState(text);
  if (text.starts_with("file:")) {
    url.kind = FeedUrl::Kind::File;
    std::string_view path = text.substr(5);
    if (path.starts_with("//")) path.remove_prefix(2);
    if (const size_t hash = path.rfind("#mapping="); hash != std::string_view::npos) {
      url.mapping = path.substr(hash + 9);
      path = path.substr(0, hash);
      if (url.mapping.empty()) return wrong(text, "after #mapping= there is no file name");
    }
    url.path = path;
    if (url.path.empty()) return wrong(text, "there is no file name");
    return url;
  }
  const size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return wrong(text, "the kind of feed is missing");
  const std::string_view name = text.substr(0, scheme), rest = text.substr(scheme + 3);
  if (rest.substr(0, std::min(rest.find('/'), rest.size())).find('@') != std::string_view::npos) {
    // The text holds a secret now, so it is not repeated.
    return base::Error{
        "feed " + std::string(name) +
        "://...: user and password do not belong in the command line; set ALPHACITY_MQTT_USER and "
        "ALPHACITY_MQTT_PASSWORD, or a file with owner-only permission"};
  }
  url.tls = name == "mqtts" || name == "https";
  if (name == "mqtt" || name == "mqtts") {
    url.kind = FeedUrl::Kind::Mqtt;
    return parseMqtt(std::move(url), rest);
  }
  if (name == "http-in") {
    url.kind = FeedUrl::Kind::HttpIn;
    return parseHttpIn(std::move(url), rest);
  }
  if (name == "http" || name == "https") {
    url.kind = FeedUrl::Kind::Http;
    return parseHttp(std::move(url));
  }
  return wrong(text, "'" + std::string(name) + "' is not a known kind of feed");
}

}  // namespace feeds
