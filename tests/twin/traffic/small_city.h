// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city_data.h"

namespace traffic_test {

inline city::Feature node(const std::string& id, double x, double y, const std::string& kind,
                          const std::string& signal = {}) {
  city::Feature f;
  f.id = id;
  f.rings = {{{x, y, 0}}};
  f.properties["kind"] = kind;
  if (!signal.empty()) f.properties["signal"] = signal;
  return f;
}

inline city::Feature road(const std::string& id, const std::string& from, const std::string& to,
                          std::vector<glm::dvec3> line, const std::string& roadClass, int forward,
                          int backward, double speed, double median = 0) {
  city::Feature f;
  f.id = id;
  f.nameKo = id;
  f.type = city::GeometryType::Line;
  f.rings = {std::move(line)};
  f.properties["class"] = roadClass;
  f.properties["from"] = from;
  f.properties["to"] = to;
  f.properties["lanes_forward"] = static_cast<double>(forward);
  f.properties["lanes_backward"] = static_cast<double>(backward);
  f.properties["lane_width"] = 3.25;
  f.properties["speed"] = speed;
  f.properties["median"] = median;
  f.properties["structure"] = std::string("ground");
  return f;
}

/// An arterial west-east through a signal, a collector north-south through it, a rectangular shuttle
/// loop south of it with a one-way bridge over the arterial.
inline city::CityData smallCity() {
  city::CityData city(core::CityFrame::create("EPSG:5187", 171991.6, 359947.5).value());
  city.id = "small";
  city.low = {-900, -700};
  city.high = {900, 500};
  city.nodes = {node("w", -800, 0, "end"),
                node("e", 800, 0, "end"),
                node("n", 0, 400, "end"),
                node("s", 0, -600, "end"),
                node("c", 0, 0, "signal", "sc_01"),
                node("k1", 0, -200, "signal", "sc_02"),
                node("k2", 300, -200, "priority"),
                node("k3", 300, -500, "priority"),
                node("k4", 0, -500, "signal", "sc_03"),
                node("b0", 600, -600, "end"),
                node("b1", 600, 400, "end")};
  city.roads = {
      road("west", "w", "c", {{-800, 0, 0}, {0, 0, 0}}, "arterial", 4, 4, 60, 3),
      road("east", "c", "e", {{0, 0, 0}, {800, 0, 0}}, "arterial", 4, 4, 60, 3),
      road("north", "c", "n", {{0, 0, 0}, {0, 400, 0}}, "collector", 2, 2, 50),
      road("south", "k1", "c", {{0, -200, 0}, {0, 0, 0}}, "collector", 2, 2, 50),
      road("loop1", "k1", "k2", {{0, -200, 0}, {300, -200, 0}}, "collector", 2, 2, 40),
      road("loop2", "k2", "k3", {{300, -200, 0}, {300, -500, 0}}, "collector", 2, 2, 40),
      road("loop3", "k3", "k4", {{300, -500, 0}, {0, -500, 0}}, "collector", 2, 2, 40),
      road("loop4", "k4", "k1", {{0, -500, 0}, {0, -200, 0}}, "collector", 2, 2, 40),
      road("far", "s", "k4", {{0, -600, 0}, {0, -500, 0}}, "collector", 1, 1, 40),
      road("bridge", "b0", "b1", {{600, -600, 8}, {600, 0, 12}, {600, 400, 8}}, "expressway", 2, 0, 100)};
  for (city::Feature& f : city.roads) {
    if (f.id.starts_with("loop")) f.properties["shuttle_loop"] = true;
    if (f.id == "bridge") {
      f.properties["structure"] = std::string("bridge");
      f.hasElevation = true;
    }
  }
  return city;
}

}  // namespace traffic_test
