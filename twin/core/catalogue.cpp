// SPDX-License-Identifier: Apache-2.0
#include "twin/core/catalogue.h"

#include <toml++/toml.h>

#include <mutex>

namespace core {
namespace {

base::Result<toml::table> readToml(const std::filesystem::path& path) {
  toml::parse_result parsed = toml::parse_file(path.string());
  if (parsed) return std::move(parsed).table();
  return base::Error{path.string() + ":" + std::to_string(parsed.error().source().begin.line) + ": " +
                     std::string(parsed.error().description())};
}

BilingualText label(const toml::table& row, const std::string& name) {
  const std::string en = row["en"].value_or(name);
  return {row["ko"].value_or(en), en};
}

KindInfo kindOf(const std::string& name, const toml::table& row) {
  KindInfo kind;
  kind.name = name;
  kind.label = label(row, name);
  kind.layer = row["layer"].value_or(std::string("things"));
  kind.model = row["model"].value_or(std::string());
  kind.mover = row["mover"].value_or(false);
  kind.period = row["period"].value_or(0.0);
  kind.mainProperty = row["main"].value_or(std::string());
  return kind;
}

PropertyInfo propertyOf(const std::string& name, const toml::table& row) {
  PropertyInfo property;
  property.name = name;
  property.label = label(row, name);
  property.unit = row["unit"].value_or(std::string());
  property.decimals = row["decimals"].value_or(1);
  property.period = row["period"].value_or(0.0);
  if (const toml::array* range = row["range"].as_array(); range && range->size() == 2) {
    property.low = range->get(0)->value_or(0.0);
    property.high = range->get(1)->value_or(0.0);
  }
  return property;
}

template <typename Make, typename Map>
base::Status fill(const std::filesystem::path& path, Make&& make, Map& out) {
  auto table = readToml(path);
  if (!table) return base::Error{table.error()};
  base::Status status = base::okStatus();
  for (const auto& [key, node] : *table) {
    const std::string name(key.str());
    if (const toml::table* row = node.as_table()) {
      out.emplace(name, make(name, *row));
    } else {
      status.warnings.push_back(path.string() + ": '" + name + "' is not a table and was skipped");
    }
  }
  return status;
}

}  // namespace

base::Result<Catalogue> Catalogue::load(const std::filesystem::path& stylesFolder) {
  Catalogue catalogue;
  auto kinds = fill(stylesFolder / "kinds.toml", kindOf, catalogue.kinds_);
  if (!kinds) return base::Error{kinds.error()};
  auto properties = fill(stylesFolder / "properties.toml", propertyOf, catalogue.properties_);
  if (!properties) return base::Error{properties.error()};
  base::Result<Catalogue> result(std::move(catalogue));
  result.warnings = std::move(kinds.warnings);
  result.warnings.insert(result.warnings.end(), properties.warnings.begin(), properties.warnings.end());
  return result;
}

struct Catalogue::Unknown {
  std::mutex mutex;
  std::map<std::string, KindInfo, std::less<>> kinds;
  std::map<std::string, PropertyInfo, std::less<>> properties;
};

Catalogue::Catalogue() : unknown_(std::make_shared<Unknown>()) {}

const KindInfo& Catalogue::kind(std::string_view name) const {
  if (const auto it = kinds_.find(name); it != kinds_.end()) return it->second;
  std::lock_guard lock(unknown_->mutex);
  const auto [it, isNew] = unknown_->kinds.try_emplace(std::string(name));
  if (isNew) it->second = {it->first, {it->first, it->first}, "things", "", false, 0, ""};
  return it->second;  // map entries never move
}

const PropertyInfo& Catalogue::property(std::string_view name) const {
  if (const auto it = properties_.find(name); it != properties_.end()) return it->second;
  std::lock_guard lock(unknown_->mutex);
  const auto [it, isNew] = unknown_->properties.try_emplace(std::string(name));
  if (isNew) it->second = numbered(it->first);
  return it->second;
}

/// "group_7" is signal_group with its number, anything else is labelled by its name.
PropertyInfo Catalogue::numbered(const std::string& name) const {
  constexpr std::pair<std::string_view, std::string_view> kFamilies[] = {{"group_", "signal_group"},
                                                                         {"remain_", "signal_remaining"},
                                                                         {"latest_", "signal_latest"}};
  for (const auto& [prefix, family] : kFamilies) {
    const auto known = properties_.find(family);
    if (!name.starts_with(prefix) || known == properties_.end()) continue;
    PropertyInfo info = known->second;
    const std::string number = " " + name.substr(prefix.size());
    info.name = name;
    info.label = {info.label.ko + number, info.label.en + number};
    return info;
  }
  PropertyInfo info;
  info.name = name;
  info.label = {name, name};
  return info;
}

}  // namespace core
