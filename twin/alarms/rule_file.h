// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "twin/alarms/rule.h"

namespace alarms {

/// The rules of one file, in its order.
struct RuleSet {
  std::vector<Rule> rules;
  /// Index by id, or -1.
  int find(std::string_view id) const;
};

/// Reads `[[rule]]` tables (assets/city/FORMAT.md). A file with anything wrong is refused whole, with one
/// line: file, line, what is wrong, what to do. A key that nobody knows is an error: a mistyped limit must
/// not switch an alarm off in silence.
base::Result<RuleSet> parseRules(std::string_view toml, std::string_view fileName);
base::Result<RuleSet> loadRules(const std::filesystem::path& file);

}  // namespace alarms
