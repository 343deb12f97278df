// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "twin/core/catalogue.h"

namespace panels {

/// The words of the panels in both languages, from assets/i18n/ko.toml and en.toml (flat dotted keys).
class I18n {
 public:
  static base::Result<I18n> load(const std::filesystem::path& folder);

  /// The text in the current language; a key that is missing is shown as itself, so it is seen.
  const char* tr(std::string_view key) const;
  /// The text, or null when no such key exists.
  const char* find(std::string_view key) const;
  void setLanguage(core::Language language) { language_ = language; }
  core::Language language() const { return language_; }
  /// Every text of both languages, for the font atlas.
  std::vector<const char*> allTexts() const;
  const std::map<std::string, std::string, std::less<>>& table(core::Language language) const;

 private:
  core::Language language_ = core::Language::Korean;
  std::map<std::string, std::string, std::less<>> korean_, english_;
  mutable std::set<std::string, std::less<>> missing_;  ///< keys that were asked for in vain; panels have one thread
};

}  // namespace panels
