// SPDX-License-Identifier: Apache-2.0
#include "twin/city/feature.h"

#include <charconv>

namespace city {

double Feature::number(std::string_view name, double fallback) const {
  const auto found = properties.find(name);
  if (found == properties.end()) return fallback;
  if (const double* value = std::get_if<double>(&found->second)) return *value;
  if (const bool* value = std::get_if<bool>(&found->second)) return *value ? 1.0 : 0.0;
  if (const std::string* value = std::get_if<std::string>(&found->second)) {
    double parsed = fallback;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), parsed);
    return error == std::errc() && end != value->data() ? parsed : fallback;
  }
  return fallback;
}

std::string Feature::text(std::string_view name, std::string_view fallback) const {
  const auto found = properties.find(name);
  if (found == properties.end()) return std::string(fallback);
  const std::string* value = std::get_if<std::string>(&found->second);
  return value != nullptr ? *value : std::string(fallback);
}

bool Feature::flag(std::string_view name, bool fallback) const {
  const auto found = properties.find(name);
  if (found == properties.end()) return fallback;
  if (const bool* value = std::get_if<bool>(&found->second)) return *value;
  if (const double* value = std::get_if<double>(&found->second)) return *value != 0;
  if (const std::string* value = std::get_if<std::string>(&found->second))
    return *value == "true" || *value == "yes" || *value == "1";
  return fallback;
}

}  // namespace city
