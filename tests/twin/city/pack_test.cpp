// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/twin/city/city_test_support.h"
#include "twin/city/geojson_layer.h"
#include "twin/city/names.h"

namespace {

const std::filesystem::path kTiny = ALPHACITY_SOURCE_DIR "/tests/twin/city/data/tiny";

city::City buildTiny(scene::Scene& scene) {
  city_test::addModels(scene);
  auto data = city::readCity(kTiny);
  EXPECT_TRUE(data.ok()) << (data.ok() ? "" : data.error());
  auto city = city::buildCity(std::move(data).value(), scene);
  EXPECT_TRUE(city.ok());
  return std::move(city).value();
}

TEST(PackReader, ReadsEveryLayerOfATinyPack) {
  auto read = city::readCity(kTiny);
  ASSERT_TRUE(read.ok()) << read.error();
  const city::CityData& data = *read;
  EXPECT_EQ(data.name.ko, "시험 도시");
  EXPECT_EQ(data.roads.size(), 5u);
  EXPECT_EQ(data.buildings.size(), 3u);
  EXPECT_EQ(data.trees.size(), 40u);
  EXPECT_EQ(data.terrain.columns(), 29u);
  EXPECT_NEAR(data.terrain.at(100, 50), 60 + 3 + 0.5, 0.01);
  EXPECT_EQ(data.buildings[2].rings.size(), 2u);  // a courtyard
  EXPECT_TRUE(data.roads[4].hasElevation);
  EXPECT_EQ(data.stops[0].text("routes"), "609");
  EXPECT_EQ(data.devices[0].numbersByName.at("power_state"), 1000);
  EXPECT_NEAR(data.high.x - data.low.x, 600, 3);
  ASSERT_EQ(data.sources.size(), 1u);
  EXPECT_EQ(data.sources[0].licence, "Apache-2.0");
}

TEST(PackReader, ViewsAreValidAndBrokenOnesAreNamed) {
  auto read = city::readCity(kTiny);
  ASSERT_TRUE(read.ok());
  ASSERT_FALSE(read->views.empty());
  EXPECT_EQ(read->views[0].id, "overview");
  EXPECT_NEAR(read->views[0].target.z, 65, 0.2);
  EXPECT_LT(read->views[0].pitch, 0);
  bool named = false;
  for (const std::string& w : read->warnings) named = named || w.find("'broken'") != std::string::npos;
  EXPECT_TRUE(named);
}

TEST(PackReader, SaysWhyAFolderOrFileIsNoCity) {
  EXPECT_NE(city::readCity("/nowhere/at/all").error().find("no such file"), std::string::npos);
  EXPECT_NE(city::readCity(ALPHACITY_SOURCE_DIR "/LICENSE").error().find("not a city"), std::string::npos);
}

TEST(GeojsonLayer, BrokenFeaturesBecomeWarningsThatNameThem) {
  const auto file = std::filesystem::temp_directory_path() / "alphacity_broken.geojson";
  std::ofstream(file) << R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"id":"ok"},"geometry":{"type":"Point","coordinates":[128.69,35.83]}},
    {"type":"Feature","properties":{"id":"noGeometry"},"geometry":null},
    {"type":"Feature","properties":{"id":"shortPosition"},"geometry":{"type":"Point","coordinates":[128.69]}},
    {"type":"Feature","properties":{"id":"swapped"},"geometry":{"type":"Point","coordinates":[35.83,128.69]}},
    {"type":"Feature","properties":{"id":"text"},"geometry":{"type":"Point","coordinates":["a","b"]}},
    {"type":"Feature","properties":{"id":"flatRing"},"geometry":{"type":"Polygon","coordinates":[[[128.69,35.83],[128.69,35.83],[128.69,35.83]]]}},
    {"type":"Feature","properties":{"id":"oneLine"},"geometry":{"type":"LineString","coordinates":[[128.69,35.83]]}},
    {"type":"Feature","properties":{"id":"collection"},"geometry":{"type":"GeometryCollection","coordinates":[]}},
    {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[128.69,35.83]}},
    {"type":"Feature","properties":{"id":"multi"},"geometry":{"type":"MultiPoint","coordinates":[[128.69,35.83],[128.7,35.84]]}},
    7, null]})";
  auto frame = core::CityFrame::local(128.69, 35.8365);
  ASSERT_TRUE(frame.ok());
  const city::GeojsonLayer layer = city::readGeojsonLayer(file, *frame);
  ASSERT_EQ(layer.features.size(), 3u);
  EXPECT_EQ(layer.features[0].id, "ok");
  EXPECT_EQ(layer.features[2].id, "multi#2");
  EXPECT_EQ(layer.warnings.size(), 10u);
  for (const char* id :
       {"noGeometry", "shortPosition", "swapped", "text", "flatRing", "oneLine", "collection"}) {
    bool named = false;
    for (const std::string& w : layer.warnings)
      named = named ||
              (w.find(id) != std::string::npos && w.find("alphacity_broken.geojson") != std::string::npos);
    EXPECT_TRUE(named) << id;
  }
  std::filesystem::remove(file);
}

TEST(GeojsonLayer, GarbageFilesGiveOneWarning) {
  const auto file = std::filesystem::temp_directory_path() / "alphacity_garbage.geojson";
  auto frame = core::CityFrame::local(128.69, 35.8365);
  for (const char* text :
       {"", "{", "[]", "{\"features\":7}", "\xff\xfe\x00", "{\"type\":\"FeatureCollection\"}"}) {
    std::ofstream(file) << text;
    const city::GeojsonLayer layer = city::readGeojsonLayer(file, *frame);
    EXPECT_TRUE(layer.features.empty());
    EXPECT_EQ(layer.warnings.size(), 1u) << text;
  }
  std::filesystem::remove(file);
}

TEST(HeightField, FollowsTheDrawnDiagonal) {
  const city::HeightField field({0, 0}, 10, 2, 2, {0, 0, 0, 10});
  EXPECT_NEAR(field.at(5, 5), 5, 1e-9);  // on the diagonal, south-west to north-east
  EXPECT_NEAR(field.at(7.5, 2.5), 2.5, 1e-9);
  EXPECT_NEAR(field.at(-100, -100), 0, 1e-9);
  EXPECT_NEAR(field.at(100, 100), 10, 1e-9);
}

TEST(CityBuilder, DrawsTheTinyPack) {
  scene::Scene scene;
  const city::City city = buildTiny(scene);
  city_test::checkMeshes(scene, city);
  std::set<std::string> ids;
  for (const model::EntityInfo& info : city.entities) {
    EXPECT_TRUE(ids.insert(info.id).second) << info.id;
    EXPECT_TRUE(city.parts.contains(info.id)) << info.id;
  }
  EXPECT_TRUE(ids.contains("sc_01"));
  EXPECT_TRUE(ids.contains("route_shuttle"));
  EXPECT_EQ(city.datastreams.at(1003).first, "lamp3");
  EXPECT_TRUE(city.parts.at("lamp3").light);
  EXPECT_EQ(city.parts.at("tree7").instances.size(), 1u);
  EXPECT_EQ(city.instanceOwner.at(city.parts.at("tree7").instances[0].slot), "tree7");
  EXPECT_EQ(city.objectOwner.at(city.parts.at("bd1").object), "bd1");
}

TEST(CityBuilder, SurfaceTellsRoadFromBridge) {
  scene::Scene scene;
  const city::City city = buildTiny(scene);
  const double ground = city.data.terrain.at(0, 100);
  EXPECT_NEAR(city.surfaceAt(0, 100, ground), ground + 0.12, 1e-6);
  EXPECT_NEAR(city.surfaceAt(0, 100, ground + 20), 74, 0.1);
  EXPECT_NEAR(city.surfaceAt(-50, 150, 0), city.data.terrain.at(-50, 150), 1e-6);
}

TEST(CityBuilder, RibbonsLieOnTheGround) {
  scene::Scene scene;
  const city::City city = buildTiny(scene);
  scene.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& batch) {
    const scene::Mesh* mesh = scene.meshes.find(batch.mesh);
    if (!mesh->name.starts_with("roads") && !mesh->name.starts_with("junctions")) return;
    for (size_t i = 0; i + 2 < mesh->indices.size(); i += 3) {
      glm::dvec3 middle(0);
      for (size_t k = 0; k < 3; ++k)
        middle += glm::dvec3(mesh->vertices[mesh->indices[i + k]].position) / 3.0;
      EXPECT_NEAR(middle.z, city.data.terrain.at(middle.x, middle.y) + 0.12, 0.05) << mesh->name;
    }
  });
}

TEST(Names, TheStationBoreAnotherNameBefore) {
  scene::Scene scene;
  const city::City city = buildTiny(scene);
  const core::BilingualText today{"수성알파시티역", "Suseong Alpha City"};
  core::LocalTime date;
  date.year = 2021;
  EXPECT_EQ(city::nameAt(city, "station", today, date).ko, "대공원역");
  date.year = 2026;
  EXPECT_EQ(city::nameAt(city, "station", today, date).ko, "수성알파시티역");
}

}  // namespace
