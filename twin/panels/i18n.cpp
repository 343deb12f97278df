// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/i18n.h"

#include <toml++/toml.h>

namespace panels {
namespace {

using Table = std::map<std::string, std::string, std::less<>>;

void flatten(const toml::table& table, const std::string& prefix, Table& out) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix.empty() ? std::string(key.str()) : prefix + "." + std::string(key.str());
    if (const toml::table* inner = node.as_table()) flatten(*inner, name, out);
    else if (const auto text = node.value<std::string>()) out[name] = *text;
  }
}

base::Result<Table> read(const std::filesystem::path& file) {
  const toml::parse_result parsed = toml::parse_file(file.string());
  if (!parsed) {
    return base::Error{file.string() + ": " + std::string(parsed.error().description()) + " (line " +
                       std::to_string(parsed.error().source().begin.line) + ")"};
  }
  Table table;
  flatten(parsed.table(), "", table);
  if (table.empty()) return base::Error{file.string() + ": no texts in it"};
  return table;
}

}  // namespace

base::Result<I18n> I18n::load(const std::filesystem::path& folder) {
  auto korean = read(folder / "ko.toml");
  if (!korean) return base::Error{korean.error()};
  auto english = read(folder / "en.toml");
  if (!english) return base::Error{english.error()};
  I18n words;
  words.korean_ = std::move(*korean);
  words.english_ = std::move(*english);
  return words;
}

const Table& I18n::table(core::Language language) const { return language == core::Language::Korean ? korean_ : english_; }

const char* I18n::find(std::string_view key) const {
  const Table& words = table(language_);
  const auto found = words.find(key);
  return found == words.end() ? nullptr : found->second.c_str();
}

const char* I18n::tr(std::string_view key) const {
  if (const char* text = find(key)) return text;
  const auto shown = missing_.find(key);
  return (shown != missing_.end() ? shown : missing_.emplace(key).first)->c_str();
}

std::vector<const char*> I18n::allTexts() const {
  std::vector<const char*> texts;
  texts.reserve(korean_.size() + english_.size());
  for (const auto* words : {&korean_, &english_})
    for (const auto& [key, text] : *words) texts.push_back(text.c_str());
  return texts;
}

}  // namespace panels
