// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "twin/alarms/engine.h"

namespace testing_alarms {

constexpr int64_t kS = base::kNsPerSecond;
constexpr base::UtcNs kStart = 1'800'000'000 * kS;

inline std::string rule(const std::string& id, const std::string& rest, const std::string& priority = "low") {
  return "[[rule]]\nid = \"" + id + "\"\npriority = \"" + priority +
         "\"\nname = { ko = \"이름\", en = \"Name\" }\nmeans = { ko = \"뜻\", en = \"Meaning\" }\nact = { ko = \"조치\", en = \"Action\" }\n" + rest + "\n";
}

inline std::shared_ptr<const alarms::RuleSet> rules(const std::string& text) {
  auto set = alarms::parseRules(text, "test.toml");
  EXPECT_TRUE(set) << set.error();
  return set ? std::make_shared<const alarms::RuleSet>(*std::move(set)) : std::make_shared<const alarms::RuleSet>();
}

/// A folder that goes with the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "alarms_XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// An engine without a thread, and short ways to feed it.
class Desk {
 public:
  explicit Desk(std::shared_ptr<const alarms::RuleSet> set, alarms::RuleContext context = {}, const std::filesystem::path& folder = {})
      : engine(alarms::Engine::create({.rules = std::move(set), .context = std::move(context), .runInline = true, .stateFolder = folder})) {
    engine->advance(kStart);
  }

  /// Seconds after the start.
  void at(double second) {
    now = kStart + static_cast<int64_t>(second * 1e9);
    engine->advance(now);
  }
  void value(double second, const std::string& thing, const std::string& kind, const std::string& property, model::Value v, bool bad = false,
             const std::string& source = "sim") {
    model::Observations news;
    news.properties.push_back({.entity = thing, .kind = kind, .property = property, .value = std::move(v), .eventTime = utc(second), .bad = bad});
    apply(second, news, source);
  }
  void pose(double second, const std::string& thing, const std::string& kind, glm::dvec3 p) {
    model::Observations news;
    news.poses.push_back({.entity = thing, .kind = kind, .position = p, .eventTime = utc(second)});
    apply(second, news, "sim");
  }
  void event(double second, const std::string& type, const std::string& thing, glm::dvec3 p) {
    model::Observations news;
    news.events.push_back({.id = type + std::to_string(second) + thing, .type = type, .entity = thing, .position = p, .eventTime = utc(second)});
    apply(second, news, "sim");
  }
  void apply(double second, const model::Observations& news, const std::string& source) {
    static const model::Observations kNone;
    const model::SourceId id = source == "sim" ? 0 : 1;
    engine->onApplied({news, kNone, id, utc(second)}, {.name = source, .expectedPeriod = 1});
  }
  static base::UtcNs utc(double second) { return kStart + static_cast<int64_t>(second * 1e9); }

  std::string state(const std::string& key) const {
    const auto view = engine->view();
    const alarms::AlarmRow* row = view->find(key);
    return row ? alarms::nameOf(row->state) : "Normal";
  }
  alarms::DeskAnswer ask(alarms::DeskAction action, std::vector<std::string> keys, const std::string& note = {}, double seconds = 0) {
    const uint64_t id = engine->request({.action = action, .keys = std::move(keys), .who = "kim", .note = note, .seconds = seconds});
    engine->advance(now);
    for (const alarms::DeskAnswer& answer : engine->view()->answers)
      if (answer.request == id) return answer;
    return {.text = "no answer"};
  }

  std::unique_ptr<alarms::Engine> engine;
  base::UtcNs now = kStart;
};

}  // namespace testing_alarms
