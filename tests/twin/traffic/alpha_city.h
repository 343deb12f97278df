// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "twin/traffic/signal_program.h"
#include "twin/traffic/spat.h"
#include "twin/traffic/sumo_link.h"
#include "twin/traffic/sumo_network.h"

// The real pack with a real SUMO.
namespace traffic_test {

inline std::filesystem::path packFolder() {
  return std::filesystem::path(ALPHACITY_SOURCE_DIR) / "assets/city/alpha";
}
inline std::filesystem::path cacheFolder() {
  return std::filesystem::path(ALPHACITY_BINARY_DIR) / "test_traffic_cache";
}

struct Alpha {
  std::unique_ptr<city::CityData> city;
  traffic::SumoNetwork network;
  traffic::DemandTable table;
  std::unique_ptr<traffic::SumoDemand> demand;
  std::vector<traffic::SignalProgram> programs;

  std::string make() {
    auto read = city::readCity(packFolder());
    if (!read) return read.error();
    city = std::make_unique<city::CityData>(std::move(*read));
    auto built = traffic::buildSumoNetwork(*city, cacheFolder());
    if (!built) return built.error();
    network = std::move(*built);
    auto loaded = traffic::DemandTable::load(packFolder() / "demand.toml");
    if (!loaded) return loaded.error();
    table = *loaded;
    programs = traffic::makeSignalPrograms(network.graph, traffic::signalCycles(*city));
    demand = std::make_unique<traffic::SumoDemand>(*city, network.graph, table, 1, false);
    return {};
  }
};

}  // namespace traffic_test

#define MAKE_ALPHA(alpha)                                                                                \
  std::string why;                                                                                       \
  if (!traffic::SumoLink::available(why)) GTEST_SKIP() << why;                                           \
  if (!std::filesystem::exists(traffic_test::packFolder() / "roads.geojson")) GTEST_SKIP() << "no pack"; \
  traffic_test::Alpha alpha;                                                                             \
  const std::string problem = alpha.make();                                                              \
  ASSERT_EQ(problem, "")
