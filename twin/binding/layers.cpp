// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/layers.h"

#include "twin/model/freshness.h"

namespace binding {

std::vector<LayerRow> standardLayers() {
  return {
      {"vehicles", {"차량", "Vehicles"}},       {"transit", {"셔틀·버스", "Shuttles and buses"}},
      {"signals", {"신호등", "Signals"}},        {"lights", {"스마트가로등", "Street lights"}},
      {"environment", {"환경 센서", "Environment"}}, {"parking", {"주차", "Parking"}},
      {"waste", {"자원순환", "Waste bins"}},      {"safety", {"안전", "Safety"}},
      {"energy", {"에너지·충전", "Energy"}},      {"media", {"미디어월", "Media walls"}},
      {"utilities", {"지하매설물", "Buried utilities"}, false}, {"buildings", {"건물", "Buildings"}},
      {"trees", {"가로수·숲", "Trees"}},         {"places", {"지명", "Place names"}},
      {"roads", {"도로명", "Road names"}},        {"routes", {"버스 노선", "Bus routes"}, false},
      {"boundary", {"지구 경계(추정)", "District boundary (approximate)"}}, {"things", {"기타", "Other things"}},
  };
}

void countLayers(std::vector<LayerRow>& layers, const model::Mirror& mirror, const core::Catalogue& catalogue, base::UtcNs now) {
  std::map<std::string_view, LayerRow*> byName;
  for (LayerRow& row : layers) {
    row.count = row.stale = 0;
    byName[row.name] = &row;
  }
  mirror.forEach([&](model::EntityHandle, const model::Entity& entity) {
    const core::KindInfo& kind = catalogue.kind(entity.info->kind);
    const auto row = byName.find(kind.layer);
    if (row == byName.end()) return;
    ++row->second->count;
    if (kind.period > 0 && entity.lastEvent() != 0 && model::freshnessOf(entity, kind, now).health != model::Health::Good) ++row->second->stale;
  });
}

}  // namespace binding
