// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twin/binding/layers.h"
#include "twin/city/city.h"
#include "twin/core/catalogue.h"
#include "twin/model/mirror.h"

namespace panels {

enum class FoundType : uint8_t { View, Layer, Entity };

/// Something that can be found by name, id or kind, in both languages.
struct Findable {
  FoundType type = FoundType::Entity;
  std::string id;               ///< of the entity, view or layer
  core::BilingualText title;
  core::BilingualText kind;     ///< what it is, shown beside the title
  bool named = false;           ///< has a name of its own: comes before the nameless
};

/// Ranked search over everything: exact, then beginning, then beginning of a word, then anywhere, then
/// initial consonants, then the kind. Equal ranks: views, layers, named things, shorter titles first.
class SearchIndex {
 public:
  void clear() { entries_.clear(); }
  void add(Findable item);
  void addCity(const city::City& city);
  void addLayers(const std::vector<binding::LayerRow>& layers);
  void addEntities(const model::Mirror& mirror, const core::Catalogue& catalogue);

  /// At most `limit` hits, best first; none for a blank query.
  std::vector<const Findable*> find(std::string_view query, size_t limit) const;
  size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Findable item;
    std::string ko, en, id, kindKo, kindEn, initials;  ///< folded
  };
  static int rank(const Entry& entry, const std::string& query, bool initials);
  std::vector<Entry> entries_;
};

}  // namespace panels
