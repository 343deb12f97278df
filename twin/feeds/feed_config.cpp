// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/feed_config.h"

#include <toml++/toml.h>

#include <cstdlib>
#include <map>

#include "twin/core/time.h"

namespace feeds {
namespace {

/// One key of a table, and where it stands. Tables of one name are merged key by key.
struct Setting {
  std::string file;
  size_t line = 0;
  std::string key;
  std::shared_ptr<toml::node> value;
};
using Settings = std::map<std::string, Setting>;

base::Error wrong(const Setting& at, const std::string& why) {
  return base::Error{at.file + ":" + std::to_string(at.line) + ": " + at.key + ": " + why};
}

/// Copies a node; toml++ has no virtual clone.
std::shared_ptr<toml::node> copyOf(const toml::node& node) {
  return node.visit([](const auto& n) -> std::shared_ptr<toml::node> {
    return std::make_shared<std::decay_t<decltype(n)>>(n);
  });
}

const char* asText(const Setting& s, std::string& out) {
  const auto text = s.value->value<std::string>();
  if (!s.value->is_string() || !text) return "must be text in quotes";
  out = *text;
  return nullptr;
}

const char* asSeconds(const Setting& s, double& out) {
  const auto number = s.value->value<double>();
  if (!s.value->is_number() || !number || !(*number >= 0.1 && *number <= 31536000.0))
    return "must be seconds from 0.1 to 31536000, as in 60";
  out = *number;
  return nullptr;
}

const char* asPath(const Setting& s, std::filesystem::path& out) {
  std::string text;
  if (const char* why = asText(s, text)) return why;
  if (text.empty()) return "is empty; name a file";
  if (text.starts_with("~/"))
    if (const char* home = std::getenv("HOME")) text = home + text.substr(1);
  out = text;
  if (out.is_relative()) out = std::filesystem::path(s.file).parent_path() / out;
  return nullptr;
}

const char* asHeaders(const Setting& s, std::vector<std::pair<std::string, std::string>>& out) {
  const toml::table* table = s.value->as_table();
  if (!table) return "must be a table, as in { Accept = \"application/json\" }";
  for (const auto& [name, value] : *table) {
    const auto text = value.value<std::string>();
    if (!text || text->find_first_of("\r\n") != std::string::npos) return "every header must be one line of text";
    out.emplace_back(std::string(name.str()), *text);
  }
  return nullptr;
}

const char* asProvenance(const Setting& s, FeedDescription& feed) {
  std::string word;
  if (const char* why = asText(s, word)) return why;
  if (word == "measured") feed.provenance = model::Provenance::Measured;
  else if (word == "predicted") feed.provenance = model::Provenance::Predicted;
  else if (word == "simulated") feed.provenance = model::Provenance::Simulated;
  else if (word == "recorded sample") feed.provenance = model::Provenance::Simulated, feed.sample = true;
  else return "must be \"measured\", \"predicted\", \"simulated\" or \"recorded sample\"";
  return nullptr;
}

const char* asPlace(const Setting& s, std::optional<core::GeoPoint>& out) {
  const toml::array* pair = s.value->as_array();
  const auto at = [&](size_t i) { return pair->get(i)->value<double>().value_or(1e9); };
  if (!pair || pair->size() != 2 || !(at(0) >= -180 && at(0) <= 180) || !(at(1) >= -85 && at(1) <= 85))
    return "must be [longitude, latitude] in degrees, as in [128.69, 35.8365]";
  out = core::GeoPoint{at(0), at(1), 0};
  return nullptr;
}

const char* asMoment(const Setting& s, base::UtcNs& out) {
  std::string text;
  if (const char* why = asText(s, text)) return why;
  const auto parsed = core::parseIso8601(text);
  if (!parsed) return "must be a time with zone in quotes, as in \"2026-11-22T14:00:00+09:00\"";
  out = *parsed;
  return nullptr;
}

const char* asQuota(const Setting& s, uint32_t& out) {
  const auto number = s.value->value<int64_t>();
  if (!s.value->is_integer() || !number || *number < 1 || *number > 100000000)
    return "must be a whole number of calls per day from 1 to 100000000, as in 1000";
  out = static_cast<uint32_t>(*number);
  return nullptr;
}

const char* asHours(const Setting& s, std::optional<ServiceHours>& out) {
  std::string text;
  if (const char* why = asText(s, text)) return why;
  const auto hours = parseServiceHours(text);
  if (!hours) return "write hours on the city's clock like \"05:00-23:30\"";
  out = *hours;
  return nullptr;
}

const char* asFlag(const Setting& s, bool& out) {
  const auto flag = s.value->value<bool>();
  if (!s.value->is_boolean() || !flag) return "must be true or false";
  out = *flag;
  return nullptr;
}

/// What is wrong with one setting, or null.
const char* apply(const Setting& s, FeedDescription& f, bool& expectedGiven) {
  if (s.key == "name") return asText(s, f.name);
  if (s.key == "url") return asText(s, f.url);
  if (s.key == "format") return asText(s, f.format);
  if (s.key == "subject") return asText(s, f.subject);
  if (s.key == "period") return asSeconds(s, f.period);
  if (s.key == "expected_period") return expectedGiven = true, asSeconds(s, f.expectedPeriod);
  if (s.key == "key_env") return asText(s, f.keyEnv);
  if (s.key == "key_file") return asPath(s, f.keyFile);
  if (s.key == "key_parameter") return asText(s, f.keyParameter);
  if (s.key == "mapping") return asPath(s, f.mapping);
  if (s.key == "quota") return asQuota(s, f.quotaPerDay);
  if (s.key == "quota_name") return asText(s, f.quotaName);
  if (s.key == "hours") return asHours(s, f.hours);
  if (s.key == "headers") return asHeaders(s, f.headers);
  if (s.key == "place") return asPlace(s, f.place);
  if (s.key == "provenance") return asProvenance(s, f);
  if (s.key == "sample_time") return asMoment(s, f.sampleTime);
  if (s.key == "enabled") return asFlag(s, f.enabled);
  if (s.key == "key") return "a key does not belong in this file; put it in a file with owner-only permission and write key_file = \"...\"";
  return "is not known; see assets/feeds/example.toml for the keys";
}

base::Result<FeedDescription> describe(const Settings& settings) {
  FeedDescription feed;
  bool expectedGiven = false;
  for (const auto& [key, setting] : settings)
    if (const char* why = apply(setting, feed, expectedGiven)) return wrong(setting, why);
  const Setting& name = settings.at("name");
  feed.origin = name.file + ":" + std::to_string(name.line);
  const auto at = [&](const char* key) { return settings.contains(key) ? settings.at(key) : name; };
  if (feed.url.empty()) return wrong(name, "feed '" + feed.name + "' has no url; add url = \"https://...\"");
  if (!expectedGiven) feed.expectedPeriod = feed.period;
  if (feed.quotaName.empty()) feed.quotaName = feed.name;
  const size_t scheme = feed.url.find(':');
  const std::string kind = feed.url.substr(0, scheme);
  const size_t authority = feed.url.find("://");
  if (authority != std::string::npos &&
      feed.url.substr(authority + 3, feed.url.find('/', authority + 3) - authority - 3).find('@') != std::string::npos) {
    return wrong(at("url"), "user and password do not belong in a URL; use key_env or key_file");
  }
  if (scheme == std::string::npos || (kind != "http" && kind != "https" && kind != "mqtt" && kind != "mqtts" &&
                                      kind != "file" && kind != "sample"))
    return wrong(at("url"), "begins with none of https:// http:// mqtt:// mqtts:// file: sample:");
  if (!feed.keyEnv.empty() && !feed.keyFile.empty()) return wrong(at("key_file"), "give key_env or key_file, not both");
  if (kind == "sample" && !feed.sample) return wrong(at("url"), "a sample needs provenance = \"recorded sample\"");
  return feed;
}

base::Status addText(toml::parse_result parsed, const std::string& file, std::vector<Settings>& tables) {
  if (!parsed) {
    const auto& where = parsed.error().source().begin;
    return base::Error{file + ":" + std::to_string(where.line) + ": not TOML: " + std::string(parsed.error().description())};
  }
  for (const auto& [key, node] : parsed.table()) {
    if (key.str() != "feed" || !node.is_array_of_tables())
      return base::Error{file + ":" + std::to_string(node.source().begin.line) + ": " + std::string(key.str()) + ": only [[feed]] tables are known here"};
  }
  const toml::array* list = parsed.table()["feed"].as_array();
  for (size_t i = 0; list && i < list->size(); ++i) {
    const toml::table& table = *list->get(i)->as_table();
    const auto name = table["name"].value<std::string>();
    const std::string line = std::to_string(table.source().begin.line);
    if (!name || name->empty() || name->size() > 64 || name->find_first_of("/+#\r\n\t") != std::string::npos)
      return base::Error{file + ":" + line + ": name: every [[feed]] needs a name of at most 64 bytes without / + #"};
    Settings* target = nullptr;
    for (Settings& known : tables)
      if (known.at("name").value->value<std::string>() == name) target = &known;
    if (!target) target = &tables.emplace_back();
    for (const auto& [key, value] : table) {
      const std::string word(key.str());
      (*target)[word] = {file, value.source().begin.line, word, copyOf(value)};
    }
  }
  return base::okStatus();
}

base::Result<std::vector<FeedDescription>> describeAll(const std::vector<Settings>& tables) {
  std::vector<FeedDescription> feeds;
  for (const Settings& settings : tables) {
    auto feed = describe(settings);
    if (!feed) return base::Error{feed.error()};
    if (feed->enabled) feeds.push_back(*std::move(feed));
  }
  return feeds;
}

}  // namespace

base::Result<std::vector<FeedDescription>> readFeedFiles(const std::vector<std::filesystem::path>& files) {
  std::vector<Settings> tables;
  for (const std::filesystem::path& file : files) {
    std::error_code failed;
    if (!std::filesystem::is_regular_file(file, failed))
      return base::Error{file.string() + ": no such file; a feed file is TOML with [[feed]] tables, see assets/feeds/example.toml"};
    if (auto added = addText(toml::parse_file(file.string()), file.string(), tables); !added) return base::Error{added.error()};
  }
  return describeAll(tables);
}

base::Result<std::vector<FeedDescription>> parseFeedText(std::string_view text, const std::string& name) {
  std::vector<Settings> tables;
  if (auto added = addText(toml::parse(text), name, tables); !added) return base::Error{added.error()};
  return describeAll(tables);
}

std::filesystem::path userFeedFile() {
  if (const char* config = std::getenv("XDG_CONFIG_HOME"); config && *config)
    return std::filesystem::path(config) / "alphacity" / "feeds.toml";
  if (const char* home = std::getenv("HOME"); home && *home)
    return std::filesystem::path(home) / ".config" / "alphacity" / "feeds.toml";
  return {};
}

}  // namespace feeds
