// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace core {

enum class Language : uint8_t { Korean, English };

/// One word in both languages.
struct BilingualText {
  std::string ko;
  std::string en;
  const std::string& in(Language language) const {
    return language == Language::Korean || en.empty() ? ko : en;
  }
};

/// What the program knows of a kind of thing; from assets/styles/kinds.toml, so that a new kind of
/// sensor needs a table there and no code.
struct KindInfo {
  std::string name;  ///< "street_light", as in packs and feeds
  BilingualText label;
  std::string layer;  ///< layer that shows it ("lights")
  std::string model;  ///< scene model, empty: none of its own
  bool mover = false;
  double period = 0;         ///< expected seconds between reports, 0 = never reports
  std::string mainProperty;  ///< the value a label shows
};

struct PropertyInfo {
  std::string name;  ///< "pm25"
  BilingualText label;
  std::string unit;  ///< UCUM code as shown ("µg/m³")
  int decimals = 1;
  double low = 0;     ///< plausible range; outside is counted as out of range and marked bad
  double high = 0;    ///< high <= low: no range
  double period = 0;  ///< expected seconds between values where it differs from the kind's, 0 = the kind's
  bool hasRange() const { return high > low; }
};

/// Kinds and properties by name. Read once, then shared by const reference; safe from any thread.
class Catalogue {
 public:
  Catalogue();
  /// Reads kinds.toml and properties.toml.
  static base::Result<Catalogue> load(const std::filesystem::path& stylesFolder);

  /// An unknown name gets a generic entry labelled by the name itself.
  const KindInfo& kind(std::string_view name) const;
  const PropertyInfo& property(std::string_view name) const;
  const std::map<std::string, KindInfo, std::less<>>& kinds() const { return kinds_; }
  const std::map<std::string, PropertyInfo, std::less<>>& properties() const { return properties_; }

 private:
  PropertyInfo numbered(const std::string& name) const;

  std::map<std::string, KindInfo, std::less<>> kinds_;
  std::map<std::string, PropertyInfo, std::less<>> properties_;
  struct Unknown;  // entries made for names that the files do not know; guarded by its own mutex
  std::shared_ptr<Unknown> unknown_;
};

}  // namespace core
