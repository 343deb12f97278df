// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/legend.h"

namespace binding {

std::vector<LegendEntry> legendOf(std::string_view layer, const Palette& p) {
  using enum SwatchShape;
  if (layer == "vehicles") {
    return {{p.taxi, Disc, {"택시(첨단운전자보조)", "Taxi with ADAS"}},
            {p.cars.front(), Disc, {"일반 차량", "Other cars"}},
            {p.emergency, Triangle, {"긴급 차량", "Emergency"}}};
  }
  if (layer == "transit") {
    return {{p.shuttle, Disc, {"자율주행 셔틀", "Autonomous shuttle"}},
            {p.busExpress, Square, {"급행버스", "Express bus"}},
            {p.busTrunk, Square, {"간선버스", "Trunk bus"}},
            {p.busBranch, Square, {"지선버스", "Branch bus"}}};
  }
  if (layer == "environment") {
    return {{p.gradeGood, Disc, {"좋음 · PM2.5 0–15 µg/m³", "Good · PM2.5 0–15 µg/m³"}},
            {p.gradeModerate, Disc, {"보통 · 16–35", "Moderate · 16–35"}},
            {p.gradeBad, Disc, {"나쁨 · 36–75", "Bad · 36–75"}},
            {p.gradeVeryBad, Disc, {"매우나쁨 · 76–", "Very bad · 76–"}}};
  }
  if (layer == "parking" || layer == "waste") {
    return {{p.fillLow, Bar, {"여유 · 70 % 미만", "Below 70 %"}},
            {p.fillMiddle, Bar, {"혼잡 · 70–90 %", "70–90 %"}},
            {p.fillHigh, Bar, {"만차·수거 필요 · 90 % 초과", "Above 90 %"}}};
  }
  if (layer == "signals") {
    return {{p.signalGreen, Disc, {"진행", "Go"}}, {p.signalYellow, Disc, {"주의", "Clearance"}}, {p.signalRed, Disc, {"정지", "Stop"}}};
  }
  if (layer == "routes") return {{p.shuttle, Bar, {"셔틀 노선 2.5 km", "Shuttle loop 2.5 km"}}};
  if (layer == "boundary") return {{p.boundary, Dashed, {"추정 경계", "Approximate boundary"}}};
  return {};
}

std::vector<LegendEntry> freshnessLegend(const Palette& p) {
  using enum SwatchShape;
  return {{p.accent, Disc, {"최신", "Current"}},
          {p.unknown, Dashed, {"지연 · 수집 주기의 2배 초과", "Stale · over 2 periods"}},
          {p.unknown, Ring, {"끊김 · 5배 초과", "Dead · over 5 periods"}},
          {p.accent, Hatch, {"모의 데이터", "Simulated data"}}};
}

}  // namespace binding
