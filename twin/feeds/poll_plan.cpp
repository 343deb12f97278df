// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/poll_plan.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "twin/feeds/json_in.h"

namespace feeds {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
  std::string result(text);
  curl_free(text);
  return result;
}

std::optional<json::object> pageOf(std::string_view body) {
  const auto root = json::parse(body, json::kLarge);
  json::object object;
  if (!root || root->get(object)) return std::nullopt;
  return object;
}

double ttlOf(const json::object& page) {
  const auto ttl = json::member(page, "ttl");
  return std::clamp(ttl ? json::number(*ttl).value_or(0) : 0.0, 0.0, 86400.0);
}

/// <https://...>; rel="next" among the links of a header.
std::string nextOf(std::string_view header) {
  while (!header.empty()) {
    const size_t open = header.find('<'), close = header.find('>', open);
    if (open == std::string_view::npos || close == std::string_view::npos) return {};
    const std::string_view target = header.substr(open + 1, close - open - 1);
    header.remove_prefix(close + 1);
    const std::string_view parameters = header.substr(0, header.find('<'));
    if (parameters.find("rel=\"next\"") != std::string_view::npos ||
        parameters.find("rel=next") != std::string_view::npos)
      return std::string(target);
  }
  return {};
}

/// The number of a query parameter; where its digits stand in the URL.
struct QueryNumber {
  long long value;
  size_t at, length;
};
std::optional<QueryNumber> queryNumber(std::string_view url, std::string_view name) {
  const size_t query = url.find('?');
  for (size_t at = query; at != std::string_view::npos; at = url.find('&', at + 1)) {
    std::string_view pair = url.substr(at + 1);
    if (!pair.starts_with(name) || pair.size() <= name.size() || pair[name.size()] != '=') continue;
    pair.remove_prefix(name.size() + 1);
    QueryNumber number{0, at + 2 + name.size(), 0};
    const auto [end, error] = std::from_chars(pair.data(), pair.data() + pair.size(), number.value);
    if (error != std::errc() || number.value < 0) return std::nullopt;
    number.length = static_cast<size_t>(end - pair.data());
    return number;
  }
  return std::nullopt;
}

PollPlan sensorThingsPlan(std::string url, const std::string& name, double period) {
  PollPlan plan;
  plan.follow = followSensorThings;
  const std::string topic = name.empty() ? "v1.1" : "sensorthings/" + name;
  if (url.find('?') != std::string::npos) {
    const std::string path = url.substr(0, url.find('?'));
    plan.requests = {{url, topic + "/" + path.substr(path.rfind('/') + 1), period}};
    return plan;
  }
  while (url.ends_with('/')) url.pop_back();
  plan.requests = {{url + "/Things?$expand=Locations,Datastreams($expand=ObservedProperty,Sensor)",
                    topic + "/Things", 10 * period},
                   {url + "/Datastreams?$select=id&$expand=Observations($orderby=phenomenonTime%20desc;$top=1)",
                    topic + "/Datastreams", period}};
  return plan;
}

}  // namespace

FollowUps followSensorThings(const PollAnswer& answer) {
  const auto page = pageOf(answer.body);
  const auto next = page ? json::member(*page, "@iot.nextLink") : std::nullopt;
  return {.nextPage = next ? std::string(json::text(*next).value_or("")) : std::string()};
}

FollowUps followNgsi(const PollAnswer& answer) {
  if (std::string next = nextOf(answer.link); !next.empty()) return {.nextPage = std::move(next)};
  if (answer.link.find("rel=\"prev\"") != std::string_view::npos) return {};  // a broker with links: this was the last
  const auto limit = queryNumber(answer.url, "limit");
  if (!limit || limit->value == 0) return {};
  const auto offset = queryNumber(answer.url, "offset");
  const long long seen = (offset ? offset->value : 0) + limit->value;
  if (answer.resultsCount >= 0) {
    if (seen >= answer.resultsCount) return {};
  } else {
    const auto root = json::parse(answer.body, json::kLarge);
    simdjson::dom::array list;
    if (!root || root->get(list) || static_cast<long long>(list.size()) < limit->value) return {};
  }
  std::string next(answer.url);
  if (offset) {
    next.replace(offset->at, offset->length, std::to_string(seen));
  } else {
    next += "&offset=" + std::to_string(seen);
  }
  return {.nextPage = std::move(next)};
}

namespace {

/// The files of gbfs.json: data.feeds (3.0), else data.<language>.feeds (2.x; languages say the same).
std::optional<simdjson::dom::array> gbfsFiles(const json::object& data) {
  simdjson::dom::array files;
  if (!data.at_key("feeds").get(files)) return files;
  for (const std::string_view wanted : {"ko", "en", ""}) {
    for (const auto& [language, value] : data) {
      json::object one;
      if ((wanted.empty() || language == wanted) && !value.get(one) && !one.at_key("feeds").get(files)) return files;
    }
  }
  return std::nullopt;
}

constexpr std::string_view kGbfsRead[] = {"station_information", "station_status",     "free_bike_status",
                                          "vehicle_status",      "system_information", "vehicle_types"};

}  // namespace

FollowUps followGbfs(const PollAnswer& answer) {
  const auto page = pageOf(answer.body);
  if (!page) return {};
  FollowUps result{.nextPage = {}, .discovered = {}, .ttlSeconds = ttlOf(*page)};
  if (!answer.topic.ends_with("/gbfs")) return result;
  const auto data = json::member(*page, "data");
  json::object members;
  if (!data || data->get(members)) return result;
  const auto files = gbfsFiles(members);
  if (!files) return result;
  const std::string stem(answer.topic.substr(0, answer.topic.size() - 4));
  for (const json::element item : *files) {
    json::object file;
    if (item.get(file)) continue;
    const auto name = json::member(file, "name"), url = json::member(file, "url");
    const std::string_view word = name ? json::text(*name).value_or("") : "";
    if (!url || std::find(std::begin(kGbfsRead), std::end(kGbfsRead), word) == std::end(kGbfsRead)) continue;
    result.discovered.push_back({std::string(json::text(*url).value_or("")), stem + std::string(word)});
  }
  return result;
}

FollowUps followMds(const PollAnswer& answer) {
  const auto page = pageOf(answer.body);
  if (!page) return {};
  FollowUps result{.nextPage = {}, .discovered = {}, .ttlSeconds = ttlOf(*page) / 1000};  // MDS: milliseconds
  const auto links = json::member(*page, "links");
  json::object members;
  if (!links || links->get(members)) return result;
  if (const auto next = json::member(members, "next")) result.nextPage = json::text(*next).value_or("");
  return result;
}

base::Result<PollPlan> makePollPlan(std::string_view format, const std::string& url, const std::string& name,
                                    double periodSeconds) {
  const std::string path = url.substr(0, url.find_first_of("?#"));
  const std::string host = originOf(url);
  std::string system = name;
  if (system.empty() && format != "sensorthings") system = host.substr(std::min(host.find("://") + 3, host.size()));
  if (system.find('/') != std::string::npos) return base::Error{"a feed's name cannot hold '/'"};
  PollPlan plan;
  if (format == "sensorthings") return sensorThingsPlan(url, system, periodSeconds);
  if (format == "ngsi") {
    plan.follow = followNgsi;
    std::string first = url;
    if (!queryNumber(first, "limit")) first += (first.find('?') == std::string::npos ? "?" : "&") + std::string("limit=1000");
    plan.requests = {{first, "ngsi/" + system, periodSeconds}};
    return plan;
  }
  if (format == "gbfs") {
    plan.follow = followGbfs;
    plan.requests = {{url, "gbfs/" + system + "/gbfs", std::max(periodSeconds, 300.0)}};
    return plan;
  }
  if (format == "mds") {
    plan.follow = followMds;
    // "vehicles/status" and "events/recent" are files of two levels.
    std::string file = path.substr(path.rfind('/') + 1);
    const std::string before = path.substr(0, path.rfind('/'));
    if (file == "status" && before.ends_with("/vehicles")) file = "vehicles_status";
    if (before.ends_with("/events")) file = "events";
    plan.requests = {{url, "mds/" + system + "/" + file, periodSeconds}};
    return plan;
  }
  return base::Error{"format '" + std::string(format) + "' is not known; use sensorthings, ngsi, gbfs or mds"};
}

std::string resolveUrl(std::string_view base, std::string_view link) {
  const Url url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, std::string(base).c_str(), 0) != CURLUE_OK) return {};
  if (curl_url_set(url.get(), CURLUPART_URL, std::string(link).c_str(), CURLU_URLENCODE) != CURLUE_OK) return {};
  const std::string scheme = part(url, CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") return {};
  curl_url_set(url.get(), CURLUPART_USER, nullptr, 0);  // secrets do not come from a server
  curl_url_set(url.get(), CURLUPART_PASSWORD, nullptr, 0);
  curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
  return part(url, CURLUPART_URL);
}

std::string originOf(std::string_view text) {
  const Url url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_URLENCODE) != CURLUE_OK) return {};
  std::string origin = part(url, CURLUPART_SCHEME) + "://" + part(url, CURLUPART_HOST) + ":" +
                       part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::transform(origin.begin(), origin.end(), origin.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return origin;
}

}  // namespace feeds
