// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/search_index.h"

#include <algorithm>

#include "twin/panels/hangul.h"

namespace panels {
namespace {

constexpr int kNoMatch = 100;

/// 0 equal, 1 beginning, 3 anywhere.
int match(const std::string& text, const std::string& query) {
  const size_t at = text.find(query);
  if (at == std::string::npos) return kNoMatch;
  if (at == 0) return text.size() == query.size() ? 0 : 1;
  return 3;
}

/// The beginning of any later word of a title with blanks.
bool beginsWord(const std::string& title, const std::string& query) {
  for (size_t i = title.find(' '); i != std::string::npos; i = title.find(' ', i + 1))
    if (folded(std::string_view(title).substr(i + 1)).starts_with(query)) return true;
  return false;
}

}  // namespace

void SearchIndex::add(Findable item) {
  Entry entry;
  entry.ko = folded(item.title.ko);
  entry.en = folded(item.title.en);
  entry.id = folded(item.id);
  entry.kindKo = folded(item.kind.ko);
  entry.kindEn = folded(item.kind.en);
  entry.initials = initialsOf(entry.ko);
  entry.item = std::move(item);
  entries_.push_back(std::move(entry));
}

void SearchIndex::addCity(const city::City& city) {
  for (const city::NamedView& view : city.data.views) add({FoundType::View, view.id, view.name, {"시점", "View"}, true});
}

void SearchIndex::addLayers(const std::vector<binding::LayerRow>& layers) {
  for (const binding::LayerRow& layer : layers) add({FoundType::Layer, layer.name, layer.label, {"레이어", "Layer"}, true});
}

void SearchIndex::addEntities(const model::Mirror& mirror, const core::Catalogue& catalogue) {
  entries_.reserve(entries_.size() + mirror.size());
  mirror.forEach([&](model::EntityHandle, const model::Entity& entity) {
    if (!entity.info) return;
    const core::KindInfo& kind = catalogue.kind(entity.info->kind);
    const bool named = !entity.info->name.ko.empty() || !entity.info->name.en.empty();
    add({FoundType::Entity, entity.info->id, named ? entity.info->name : core::BilingualText{}, kind.label, named});
  });
}

int SearchIndex::rank(const Entry& entry, const std::string& query, bool initials) {
  int best = std::min({match(entry.ko, query), match(entry.en, query), match(entry.id, query)});
  if (best == 3 && (beginsWord(entry.item.title.ko, query) || beginsWord(entry.item.title.en, query))) best = 2;
  if (best == kNoMatch && initials && match(entry.initials, query) != kNoMatch) best = 4 + match(entry.initials, query);
  if (best == kNoMatch && (match(entry.kindKo, query) < 3 || match(entry.kindEn, query) < 3)) best = 9;
  return best;
}

std::vector<const Findable*> SearchIndex::find(std::string_view text, size_t limit) const {
  const std::string query = folded(text);
  if (query.empty()) return {};
  const bool initials = isInitials(query);
  struct Hit {
    int rank;
    const Entry* entry;
  };
  std::vector<Hit> hits;
  for (const Entry& entry : entries_) {
    const int r = rank(entry, query, initials);
    if (r < kNoMatch) hits.push_back({r, &entry});
  }
  const auto before = [](const Hit& a, const Hit& b) {
    const Findable& x = a.entry->item;
    const Findable& y = b.entry->item;
    if (a.rank != b.rank) return a.rank < b.rank;
    if (x.type != y.type) return x.type < y.type;
    if (x.named != y.named) return x.named;
    if (a.entry->ko.size() != b.entry->ko.size()) return a.entry->ko.size() < b.entry->ko.size();
    return x.id < y.id;
  };
  const size_t shown = std::min(limit, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(shown), hits.end(), before);
  std::vector<const Findable*> found;
  for (size_t i = 0; i < shown; ++i) found.push_back(&hits[i].entry->item);
  return found;
}

}  // namespace panels
