// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/vocabulary.h"

#include <toml++/toml.h>

#include <cctype>

namespace feeds {
namespace {

using Attributes = std::map<std::string, Vocabulary::Attribute, std::less<>>;

/// Either name = "property" or name = { property = "...", unit = "..." }.
void readAttributes(const toml::table* table, Attributes& into) {
  if (!table) return;
  for (const auto& [key, node] : *table) {
    Vocabulary::Attribute attribute{std::string(key.str()), {}};
    if (const auto text = node.value<std::string>()) {
      attribute.property = *text;
    } else if (const toml::table* row = node.as_table()) {
      attribute.property = (*row)["property"].value_or(attribute.property);
      attribute.unit = (*row)["unit"].value_or(std::string());
    }
    into.emplace(std::string(key.str()), std::move(attribute));
  }
}

Vocabulary::Type typeOf(const toml::table& row, const std::string& name) {
  Vocabulary::Type type;
  type.kind = row["kind"].value_or(name);
  type.mover = row["mover"].value_or(false);
  type.predicted = row["predicted"].value_or(false);
  type.kindFrom = row["kind_from"].value_or(std::string());
  if (const toml::table* kinds = row["kinds"].as_table())
    for (const auto& [value, kind] : *kinds) type.kinds.emplace(std::string(value.str()), kind.value_or(type.kind));
  readAttributes(row["attributes"].as_table(), type.attributes);
  return type;
}

}  // namespace

base::Result<Vocabulary> Vocabulary::load(const std::filesystem::path& file) {
  toml::parse_result parsed = toml::parse_file(file.string());
  if (!parsed) {
    return base::Error{file.string() + ":" + std::to_string(parsed.error().source().begin.line) + ": " +
                       std::string(parsed.error().description())};
  }
  Vocabulary vocabulary;
  readAttributes(parsed.table()["names"].as_table(), vocabulary.common_);
  if (const toml::table* types = parsed.table()["type"].as_table()) {
    for (const auto& [key, node] : *types)
      if (const toml::table* row = node.as_table())
        vocabulary.types_.emplace(std::string(key.str()), typeOf(*row, std::string(key.str())));
  }
  return vocabulary;
}

const Vocabulary::Type* Vocabulary::type(std::string_view name) const {
  const auto found = types_.find(name);
  return found == types_.end() ? nullptr : &found->second;
}

Vocabulary::Attribute Vocabulary::attribute(const Type* type, std::string_view name) const {
  if (type) {
    if (const auto own = type->attributes.find(name); own != type->attributes.end()) return own->second;
  }
  if (const auto common = common_.find(name); common != common_.end()) return common->second;
  return {std::string(name), {}};
}

Vocabulary::Attribute Vocabulary::observedProperty(std::string_view name) const {
  const std::string plain = plainName(lastOfUri(name));
  if (const auto common = common_.find(plain); common != common_.end()) return {common->second.property, {}};
  return {plain, {}};
}

std::string plainName(std::string_view words) {
  std::string plain;
  for (const char c : words) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte)) {
      plain += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
    } else if (!plain.empty() && plain.back() != '_') {
      plain += '_';
    }
  }
  while (plain.ends_with('_')) plain.pop_back();
  return plain;
}

std::string_view lastOfUri(std::string_view uri) {
  if (uri.find(':') == std::string_view::npos) return uri;
  while (uri.ends_with('/') || uri.ends_with('#')) uri.remove_suffix(1);
  const size_t at = uri.find_last_of("#/:");
  return at == std::string_view::npos ? uri : uri.substr(at + 1);
}

}  // namespace feeds
