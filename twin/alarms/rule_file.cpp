// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/rule_file.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

#include <toml++/toml.h>

namespace alarms {
namespace {

constexpr size_t kMostRules = 500;
constexpr size_t kMostBytes = 1u << 20;
constexpr double kLongest = 400.0 * 86400;  // seconds; beyond a year something else was meant

/// Reads the keys of one table and remembers which it knew; the first thing wrong is kept.
class RuleReader {
 public:
  RuleReader(const toml::table& table, std::string_view file) : table_(table), file_(file) {}

  base::Result<Rule> read() {
    common();
    if (wrong_.empty()) special();
    for (const auto& [key, node] : table_)
      if (!known_.contains(key.str())) fail(node, "'" + std::string(key.str()) + "' is not a key of this kind of rule: correct or remove it");
    if (!wrong_.empty()) return base::Error{wrong_};
    return std::move(rule_);
  }

 private:
  void fail(const toml::node& at, const std::string& what) {
    if (!wrong_.empty()) return;
    wrong_ = std::string(file_) + ":" + std::to_string(at.source().begin.line) + ": " + (rule_.id.empty() ? "" : "rule '" + rule_.id + "': ") + what;
  }
  void fail(const std::string& what) { fail(table_, what); }

  const toml::node* take(const char* key) {
    known_.insert(key);
    return table_.get(key);
  }

  std::string text(const char* key, bool needed) {
    const toml::node* node = take(key);
    if (node == nullptr) {
      if (needed) fail(std::string("needs '") + key + "': write it as text");
      return {};
    }
    const auto value = node->value_exact<std::string>();
    if (!value || value->empty() || value->size() > 2000) fail(*node, std::string("'") + key + "' must be text of 1 to 2000 bytes");
    return value.value_or(std::string());
  }

  core::BilingualText both(const char* key) {
    const toml::node* node = take(key);
    core::BilingualText out;
    if (node == nullptr) {
      fail(std::string("needs '") + key + "': write " + key + " = { ko = \"...\", en = \"...\" }");
      return out;
    }
    if (const toml::table* pair = node->as_table()) {
      out.ko = (*pair)["ko"].value_or(std::string());
      out.en = (*pair)["en"].value_or(std::string());
    }
    if (out.ko.empty() || out.en.empty()) fail(*node, std::string("'") + key + "' must be { ko = \"...\", en = \"...\" }, both filled");
    return out;
  }

  /// A finite number in [low, high]; `fallback` when absent.
  double number(const char* key, double fallback, double low, double high) {
    const toml::node* node = take(key);
    if (node == nullptr) return fallback;
    const auto value = node->is_number() ? node->value<double>() : std::nullopt;
    if (!value || !std::isfinite(*value) || *value < low || *value > high) {
      fail(*node, std::string("'") + key + "' must be a number from " + shortText(low) + " to " + shortText(high));
      return fallback;
    }
    return *value;
  }
  double seconds(const char* key, double fallback = 0) { return number(key, fallback, 0, kLongest); }

  bool truth(const char* key, bool fallback) {
    const toml::node* node = take(key);
    if (node == nullptr) return fallback;
    const auto value = node->value_exact<bool>();
    if (!value) fail(*node, std::string("'") + key + "' must be true or false");
    return value.value_or(fallback);
  }

  std::vector<std::string> list(const char* key, bool needed) {
    const toml::node* node = take(key);
    std::vector<std::string> out;
    if (node == nullptr) {
      if (needed) fail(std::string("needs '") + key + "': write a list of texts");
      return out;
    }
    const toml::array* array = node->as_array();
    if (array != nullptr) {
      for (const toml::node& item : *array) {
        const auto word = item.value_exact<std::string>();
        if (!word || word->empty()) return fail(item, std::string("'") + key + "' must be a list of texts"), out;
        out.push_back(*word);
      }
    }
    if (out.empty()) fail(*node, std::string("'") + key + "' must be a list of at least one text");
    return out;
  }

  static std::string shortText(double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (!text.empty() && text.back() == '.') text.pop_back();
    return text;
  }

  template <size_t N>
  size_t word(const char* key, const char* const (&words)[N], size_t fallback, bool needed) {
    const std::string value = text(key, needed);
    if (value.empty()) return fallback;
    for (size_t i = 0; i < N; ++i)
      if (value == words[i]) return i;
    std::string choice;
    for (const char* w : words) choice += (choice.empty() ? "" : ", ") + std::string(w);
    fail(*table_.get(key), std::string("'") + key + "' is '" + value + "': use one of " + choice);
    return fallback;
  }

  void common() {
    rule_.id = text("id", true);
    if (!std::all_of(rule_.id.begin(), rule_.id.end(), [](unsigned char c) { return std::isalnum(c) || c == '_'; }))
      fail(*table_.get("id"), "'id' may hold letters, digits and _ only");
    static const char* const kKinds[] = {"threshold", "text", "rate", "no_data", "stuck", "geofence", "off_route",
                                         "signal_conflict", "air_grade", "event_crowd", "group_silent", "feed_gone", "disk_full"};
    rule_.kind = static_cast<RuleKind>(word("kind", kKinds, 0, true));
    static const char* const kUrgent[] = {"critical", "high", "medium", "low"};
    rule_.priority = static_cast<Priority>(1 + word("priority", kUrgent, 3, true));
    rule_.name = both("name");
    rule_.means = both("means");
    rule_.act = both("act");
    rule_.onDelay = seconds("on_delay");
    rule_.offDelay = seconds("off_delay");
    // What is lost stays lost until somebody has seen it.
    const bool silence = rule_.kind == RuleKind::NoData || rule_.kind == RuleKind::FeedGone || rule_.kind == RuleKind::GroupSilent;
    rule_.latched = truth("latched", silence);
    if (silence && !rule_.latched) fail("an alarm about missing data is always latched: remove 'latched = false'");
    rule_.reAlarm = seconds("re_alarm");
    rule_.maxShelve = seconds("max_shelve", rule_.maxShelve);
    rule_.view = text("view", false);
    if (table_.contains("suppressed_by")) rule_.suppressedBy = list("suppressed_by", true);
    known_.insert("suppressed_by");
  }

  void limits() {
    rule_.above = number("above", kUnset, -1e12, 1e12);
    rule_.below = number("below", kUnset, -1e12, 1e12);
    rule_.clear = number("clear", kUnset, -1e12, 1e12);
    if (std::isnan(rule_.above) == std::isnan(rule_.below)) fail("needs either 'above' or 'below'");
    if (!std::isnan(rule_.clear) && (rule_.clear > rule_.above || rule_.clear < rule_.below))
      fail(*table_.get("clear"), "'clear' must lie on the normal side of the limit");
  }

  void silence() {
    rule_.after = seconds("after");
    rule_.periods = number("periods", 0, 0, 1e6);
    if (rule_.after <= 0 && rule_.periods <= 0) fail("needs 'after' in seconds, or 'periods'");
  }

  void fence() {
    const toml::node* node = take("area");
    const toml::array* ring = node ? node->as_array() : nullptr;
    if (ring != nullptr) {
      for (const toml::node& point : *ring) {
        const toml::array* pair = point.as_array();
        const double lon = pair && pair->size() == 2 ? (*pair)[0].value_or(999.0) : 999;
        const double lat = pair && pair->size() == 2 ? (*pair)[1].value_or(999.0) : 999;
        if (!(std::abs(lon) <= 180 && std::abs(lat) <= 90)) return fail(point, "a point of 'area' is [longitude, latitude] in degrees");
        rule_.area.emplace_back(lon, lat);
      }
    }
    if (rule_.area.size() < 3) fail("needs 'area', a list of at least three [longitude, latitude]");
    static const char* const kWhen[] = {"inside", "outside"};
    rule_.outside = word("when", kWhen, 0, false) == 1;
  }

  void special() {
    const bool onThings = rule_.kind != RuleKind::EventCrowd && rule_.kind != RuleKind::FeedGone && rule_.kind != RuleKind::DiskFull;
    if (onThings) rule_.kinds = list("watch", true);
    switch (rule_.kind) {
      case RuleKind::Threshold: rule_.property = text("property", true); limits(); break;
      case RuleKind::Text: rule_.property = text("property", true); rule_.values = list("values", true); break;
      case RuleKind::Rate:
        rule_.property = text("property", true);
        rule_.above = number("above", kUnset, 1e-9, 1e12);
        rule_.window = number("window", 0, 1, 86400);
        if (std::isnan(rule_.above) || rule_.window <= 0) fail("needs 'above' (the change) and 'window' (its seconds)");
        break;
      case RuleKind::NoData: silence(); break;
      case RuleKind::Stuck:
        rule_.property = text("property", true);
        rule_.after = number("after", 0, 1, kLongest);
        rule_.tolerance = number("tolerance", 0, 0, 1e12);
        if (rule_.after <= 0) fail("needs 'after', the seconds of standstill");
        break;
      case RuleKind::Geofence: fence(); break;
      case RuleKind::OffRoute:
        rule_.route = text("route", true);
        rule_.limit = number("limit", 0, 1, 1e5);
        rule_.clear = number("clear", kUnset, 0, 1e5);
        if (rule_.limit <= 0) fail("needs 'limit', the metres from the route");
        break;
      case RuleKind::SignalConflict: break;
      case RuleKind::AirGrade: limits(); break;
      case RuleKind::EventCrowd: {
        rule_.events = list("events", true);
        rule_.count = static_cast<int>(number("count", 1, 1, 1e5));
        rule_.window = number("window", 0, 1, 86400);
        if (rule_.window <= 0) fail("needs 'window', the seconds in which the events count");
        static const char* const kBy[] = {"thing", "link"};
        rule_.byLink = word("by", kBy, 0, false) == 1;
        break;
      }
      case RuleKind::GroupSilent:
        silence();
        rule_.groupBy = text("group_by", true);
        rule_.count = static_cast<int>(number("count", 5, 2, 1e6));
        rule_.share = number("share", 0.8, 0.01, 1);
        break;
      case RuleKind::FeedGone:
        silence();
        if (table_.contains("sources")) rule_.sources = list("sources", true);
        known_.insert("sources");
        break;
      case RuleKind::DiskFull: break;
    }
  }

  const toml::table& table_;
  std::string_view file_;
  std::set<std::string, std::less<>> known_;
  Rule rule_;
  std::string wrong_;
};

base::Error at(std::string_view file, const toml::node& node, const std::string& what) {
  return base::Error{std::string(file) + ":" + std::to_string(node.source().begin.line) + ": " + what};
}

}  // namespace

int RuleSet::find(std::string_view id) const {
  for (size_t i = 0; i < rules.size(); ++i)
    if (rules[i].id == id) return static_cast<int>(i);
  return -1;
}

base::Result<RuleSet> parseRules(std::string_view text, std::string_view file) {
  if (text.size() > kMostBytes) return base::Error{std::string(file) + ":1: larger than 1 MiB: split or shorten it"};
  const toml::parse_result parsed = toml::parse(text, file);
  if (!parsed)
    return base::Error{std::string(file) + ":" + std::to_string(parsed.error().source().begin.line) + ": " +
                       std::string(parsed.error().description()) + ": correct the TOML"};
  const toml::table& root = parsed.table();
  RuleSet set;
  for (const auto& [key, node] : root) {
    const toml::array* array = node.as_array();
    if (key.str() != "rule" || array == nullptr) return at(file, node, "'" + std::string(key.str()) + "' is not known here: write [[rule]] tables");
    if (array->size() > kMostRules) return at(file, node, "more than 500 rules: nobody can answer so many alarms");
    for (const toml::node& item : *array) {
      const toml::table* table = item.as_table();
      if (table == nullptr) return at(file, item, "a rule must be a [[rule]] table");
      auto rule = RuleReader(*table, file).read();
      if (!rule) return base::Error{rule.error()};
      if (set.find(rule->id) >= 0) return at(file, item, "a second rule '" + rule->id + "': give each its own id");
      set.rules.push_back(*std::move(rule));
    }
  }
  for (const Rule& rule : set.rules)
    for (const std::string& other : rule.suppressedBy)
      if (set.find(other) < 0 || other == rule.id)
        return base::Error{std::string(file) + ":1: rule '" + rule.id + "': suppressed_by names '" + other + "': name another rule of this file"};
  return set;
}

base::Result<RuleSet> loadRules(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::Error{path.string() + ":1: cannot be read: check the path and its permissions"};
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return parseRules(text, path.string());
}

}  // namespace alarms
