// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace feeds {

/// What other people call our kinds and properties, from assets/feeds/vocabulary.toml: types of NGSI data
/// models, names of observed properties. A new type is a table there and no code; an unknown one is shown
/// under its own name. Read once, then constant: safe from any thread.
class Vocabulary {
 public:
  struct Attribute {
    std::string property;  ///< catalogue name
    std::string unit;      ///< of values that do not say it; empty: the catalogue's
  };
  struct Type {
    std::string kind;
    bool mover = false;      ///< its points are poses
    bool predicted = false;  ///< its values are forecasts
    std::string kindFrom;    ///< attribute whose value refines the kind by `kinds`
    std::map<std::string, std::string, std::less<>> kinds;
    std::map<std::string, Attribute, std::less<>> attributes;
  };

  static base::Result<Vocabulary> load(const std::filesystem::path& file);

  /// Null when unknown.
  const Type* type(std::string_view name) const;
  /// The type's own, then the common ones; an unknown name is its own property.
  Attribute attribute(const Type* type, std::string_view name) const;
  /// As attribute(), for names in running words ("Air Temperature", "http://.../air_temperature"): the
  /// fragment or last step of a URI, lower case, everything but letters and digits as '_'.
  Attribute observedProperty(std::string_view name) const;

  size_t types() const { return types_.size(); }

 private:
  std::map<std::string, Type, std::less<>> types_;
  std::map<std::string, Attribute, std::less<>> common_;
};

/// "Air Temperature" -> "air_temperature"; bytes beyond ASCII stay.
std::string plainName(std::string_view words);
/// What follows the last '#', '/' or ':' of a URI; all of it when it is none.
std::string_view lastOfUri(std::string_view uri);

}  // namespace feeds
