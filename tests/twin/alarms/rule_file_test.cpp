// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "engine/base/hash.h"
#include "twin/alarms/rule_file.h"

namespace {

using alarms::parseRules;

const char* const kText = R"(
name = { ko = "이름", en = "Name" }
means = { ko = "뜻", en = "Meaning" }
act = { ko = "조치", en = "Action" }
)";

std::string rule(const std::string& rest) { return "[[rule]]\nid = \"r\"\npriority = \"low\"\n" + rest + kText; }

TEST(RuleFile, ReadsARule) {
  const auto set = parseRules(rule("kind = \"threshold\"\nwatch = [\"waste_bin\"]\nproperty = \"temperature\"\nabove = 60\nclear = 45\non_delay = 20\n"), "a.toml");
  ASSERT_TRUE(set) << set.error();
  ASSERT_EQ(set->rules.size(), 1u);
  EXPECT_EQ(set->rules[0].above, 60);
  EXPECT_EQ(set->rules[0].clear, 45);
  EXPECT_EQ(set->rules[0].onDelay, 20);
  EXPECT_EQ(set->rules[0].name.ko, "이름");
  EXPECT_FALSE(set->rules[0].latched);
}

TEST(RuleFile, MissingDataIsAlwaysLatched) {
  EXPECT_TRUE(parseRules(rule("kind = \"no_data\"\nwatch = [\"cctv\"]\nperiods = 5\n"), "a.toml")->rules[0].latched);
  EXPECT_FALSE(parseRules(rule("kind = \"no_data\"\nwatch = [\"cctv\"]\nperiods = 5\nlatched = false\n"), "a.toml"));
}

TEST(RuleFile, SaysFileLineAndWhatToDo) {
  const std::pair<const char*, const char*> wrong[] = {
      {"kind = \"threshold\"\nwatch = [\"a\"]\nproperty = \"p\"\nabove = \"x\"\n", "a.toml:7: rule 'r': 'above' must be a number"},
      {"kind = \"threshold\"\nwatch = [\"a\"]\nproperty = \"p\"\nabov = 1\n", "needs either 'above' or 'below'"},
      {"kind = \"threshold\"\nwatch = [\"a\"]\nproperty = \"p\"\nabove = 1\nabuve = 2\n", "a.toml:8: rule 'r': 'abuve' is not a key"},
      {"kind = \"threshold\"\nwatch = [\"a\"]\nproperty = \"p\"\nabove = 1\nclear = 2\n", "normal side"},
      {"kind = \"thresold\"\n", "a.toml:4: rule 'r': 'kind' is 'thresold': use one of threshold"},
      {"kind = \"no_data\"\nwatch = [\"a\"]\n", "needs 'after'"},
      {"kind = \"geofence\"\nwatch = [\"a\"]\narea = [[1, 2], [3, 4]]\n", "at least three"},
      {"kind = \"geofence\"\nwatch = [\"a\"]\narea = [[1, 2], [3, 400], [5, 6]]\n", "degrees"},
      {"kind = \"text\"\nwatch = []\nproperty = \"p\"\nvalues = [\"x\"]\n", "'watch' must be a list"},
      {"kind = \"text\"\nwatch = [\"a\"]\nproperty = \"p\"\nvalues = [\"x\"]\nsuppressed_by = [\"gone\"]\n", "suppressed_by names 'gone'"},
  };
  for (const auto& [text, expected] : wrong) {
    const auto set = parseRules(rule(text), "a.toml");
    ASSERT_FALSE(set) << text;
    EXPECT_NE(set.error().find(expected), std::string::npos) << set.error();
    EXPECT_TRUE(set.error().starts_with("a.toml:")) << set.error();
    EXPECT_EQ(set.error().find('\n'), std::string::npos);
  }
  EXPECT_FALSE(parseRules("[[rule]\n", "a.toml"));
  EXPECT_FALSE(parseRules("rules = 1\n", "a.toml"));
  EXPECT_FALSE(parseRules(rule("kind = \"disk_full\"\n") + rule("kind = \"disk_full\"\n"), "a.toml")) << "two of one id";
  EXPECT_TRUE(parseRules("", "a.toml")) << "no rules is a choice";
}

std::string alphaRules() {
  std::ifstream file(std::string(ALPHACITY_SOURCE_DIR) + "/assets/city/alpha/alarms.toml");
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(RuleFile, AlphaCitysRulesAreSound) {
  const auto set = parseRules(alphaRules(), "alarms.toml");
  ASSERT_TRUE(set) << set.error();
  EXPECT_GE(set->rules.size(), 15u);
  std::set<alarms::RuleKind> kinds;
  for (const alarms::Rule& rule : set->rules) kinds.insert(rule.kind);
  EXPECT_EQ(kinds.size(), static_cast<size_t>(alarms::kRuleKinds)) << "each kind has its example";
}

/// Whatever a file holds, it is read or refused with a line of its own.
TEST(RuleFile, SurvivesMutations) {
  const std::string good = alphaRules();
  ASSERT_FALSE(good.empty());
  base::Random random(7);
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string text = good.substr(random.next() % good.size(), 200 + random.next() % 3000);
    if (i % 3 == 0) text = good;
    for (uint64_t n = random.next() % 6; n > 0 && !text.empty(); --n) {
      const size_t at = random.next() % text.size();
      switch (random.next() % 4) {
        case 0: text[at] = static_cast<char>(random.next()); break;
        case 1: text.erase(at, random.next() % 40); break;
        case 2: text.insert(at, std::string(random.next() % 8, "[]{}\"=.\n"[random.next() % 8])); break;
        default: text.insert(at, text.substr(random.next() % text.size(), 30)); break;
      }
    }
    const auto set = parseRules(text, "m.toml");
    if (set) continue;
    ++refused;
    EXPECT_TRUE(set.error().starts_with("m.toml:")) << set.error();
  }
  EXPECT_GT(refused, 500);
}

}  // namespace
