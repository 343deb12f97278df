// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <set>

#include "engine/base/clock.h"
#include "tests/twin/city/city_test_support.h"
#include "twin/city/osm_tags.h"
#include "twin/city/rings.h"

namespace {

const std::filesystem::path kData = ALPHACITY_SOURCE_DIR "/../shared/data";

#define DATA_OR_SKIP(relative)                           \
  const std::filesystem::path file = kData / (relative); \
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not on this machine"

std::filesystem::path written(const char* name, const std::string& text) {
  const auto file = std::filesystem::temp_directory_path() / name;
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

const std::string kBlock = R"(<?xml version='1.0' encoding='UTF-8'?>
<osm version='0.6' generator='test'>
 <bounds minlat='37.0' minlon='127.0' maxlat='37.005' maxlon='127.005'/>
 <node id='1' version='1' lat='37.001' lon='127.001'/><node id='2' version='1' lat='37.001' lon='127.003'/>
 <node id='3' version='1' lat='37.003' lon='127.003'/><node id='4' version='1' lat='37.003' lon='127.001'/>
 <node id='5' version='1' lat='37.0015' lon='127.0015'/><node id='6' version='1' lat='37.0015' lon='127.002'/>
 <node id='7' version='1' lat='37.002' lon='127.002'/><node id='8' version='1' lat='37.002' lon='127.0015'/>
 <node id='10' version='1' lat='37.0005' lon='127.0'/><node id='11' version='1' lat='37.0005' lon='127.002'><tag k='highway' v='crossing'/></node>
 <node id='12' version='1' lat='37.0005' lon='127.004'><tag k='highway' v='traffic_signals'/></node><node id='13' version='1' lat='37.0' lon='127.004'/>
 <node id='14' version='1' lat='37.0005' lon='127.005'/><node id='15' version='1' lat='37.004' lon='127.004'><tag k='natural' v='tree'/></node>
 <node id='16' version='1' lat='37.004' lon='127.002'><tag k='place' v='suburb'/><tag k='name' v='송파동'/><tag k='name:en' v='Songpa'/></node>
 <way id='20' version='1'><nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='4'/><nd ref='1'/></way>
 <way id='21' version='1'><nd ref='5'/><nd ref='6'/><nd ref='7'/><nd ref='8'/><nd ref='5'/></way>
 <way id='22' version='1'><nd ref='10'/><nd ref='11'/><nd ref='12'/><nd ref='14'/><tag k='highway' v='primary'/><tag k='lanes' v='4'/><tag k='name' v='올림픽로'/></way>
 <way id='23' version='1'><nd ref='13'/><nd ref='12'/><tag k='highway' v='residential'/><tag k='oneway' v='-1'/></way>
 <relation id='30' version='1'><member type='way' ref='20' role='outer'/><member type='way' ref='21' role='inner'/>
  <tag k='type' v='multipolygon'/><tag k='building' v='apartments'/><tag k='building:levels' v='15'/><tag k='roof:shape' v='flat'/></relation>
</osm>)";

const city::Feature* findFeature(const std::vector<city::Feature>& features, std::string_view id) {
  for (const city::Feature& f : features) {
    if (f.id == id) return &f;
  }
  return nullptr;
}

TEST(OsmTags, LengthsInEveryUsualSpelling) {
  EXPECT_DOUBLE_EQ(city::osmLength("12").value(), 12);
  EXPECT_DOUBLE_EQ(city::osmLength("12 m").value(), 12);
  EXPECT_DOUBLE_EQ(city::osmLength("3,5").value(), 3.5);
  EXPECT_NEAR(city::osmLength("40'").value(), 12.192, 1e-9);
  EXPECT_NEAR(city::osmLength("5'6\"").value(), 1.6764, 1e-9);
  EXPECT_FALSE(city::osmLength("tall"));
  EXPECT_FALSE(city::osmLength(""));
}

TEST(OsmReader, ReadsABlockOfItsOwn) {
  const auto file = written("alphacity_block.osm", kBlock);
  auto read = city::readCity(file);
  ASSERT_TRUE(read.ok()) << read.error();
  ASSERT_EQ(read->buildings.size(), 1u);
  const city::Feature& building = read->buildings[0];
  EXPECT_EQ(building.rings.size(), 2u);
  EXPECT_EQ(building.text("use"), "apartment");
  EXPECT_DOUBLE_EQ(building.number("height"), 45);
  EXPECT_NEAR(city::areaOf(building), 177.9 * 222.0 - 44.5 * 55.5, 600);
  // The primary road is cut at the node it shares with the side street.
  ASSERT_EQ(read->roads.size(), 3u);
  EXPECT_EQ(findFeature(read->roads, "w22")->text("to"), "node12");
  EXPECT_EQ(findFeature(read->roads, "w22/2")->text("from"), "node12");
  EXPECT_EQ(findFeature(read->roads, "w22")->number("lanes_forward"), 2);
  EXPECT_EQ(findFeature(read->roads, "w23")->text("from"), "node12") << "oneway=-1 turns the line";
  EXPECT_EQ(findFeature(read->nodes, "node12")->text("kind"), "signal");
  EXPECT_EQ(read->crosswalks.size(), 1u);
  EXPECT_EQ(read->trees.size(), 1u);
  ASSERT_NE(findFeature(read->stops, "n16"), nullptr);
  EXPECT_EQ(findFeature(read->stops, "n16")->nameEn, "Songpa");
  ASSERT_FALSE(read->sources.empty());
  EXPECT_EQ(read->sources[0].licence, "ODbL 1.0");
  EXPECT_EQ(read->zone.offsetMinutes, 540);
  std::set<std::string> views;
  for (const city::NamedView& view : read->views) views.insert(view.id);
  EXPECT_TRUE(views.contains("overview") && views.contains("street") && views.contains("top"));
  std::filesystem::remove(file);
}

TEST(OsmReader, BrokenFilesAreErrorsWithAdvice) {
  for (const char* text : {"", "<osm", "not xml at all", "<?xml version='1.0'?><html></html>",
                           "<?xml version='1.0'?><osm version='0.6'></osm>"}) {
    const auto file = written("alphacity_broken.osm", text);
    const auto read = city::readCity(file);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().find('\n'), std::string::npos);
  }
  for (const char* name :
       {"alphacity_broken.osm.pbf", "alphacity_broken.osm.gz", "alphacity_broken.osm.bz2"}) {
    EXPECT_FALSE(city::readCity(written(name, "garbage")).ok()) << name;
  }
}

struct Expected {
  const char* file;
  size_t buildings, roads;
};

class OsmCities : public testing::TestWithParam<Expected> {};

TEST_P(OsmCities, AreReadAndBuilt) {
  DATA_OR_SKIP(GetParam().file);
  const base::MonoNs start = base::SystemClock::monoNow();
  auto read = city::readCity(file);
  ASSERT_TRUE(read.ok()) << read.error();
  const double readMs = static_cast<double>(base::SystemClock::monoNow() - start) * 1e-6;
  EXPECT_GE(read->buildings.size(), GetParam().buildings);
  EXPECT_GE(read->roads.size(), GetParam().roads);
  scene::Scene scene;
  city_test::addModels(scene);
  auto city = city::buildCity(std::move(read).value(), scene);
  ASSERT_TRUE(city.ok());
  city_test::checkMeshes(scene, *city);
  size_t triangles = 0, batches = 0;
  scene.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& batch) {
    triangles += scene.meshes.find(batch.mesh)->indices.size() / 3;
    ++batches;
  });
  const city::CityData& d = city->data;
  std::printf(
      "  %s: %zu buildings, %zu roads, %zu water, %zu green, %zu trees, %zu rails; %zu triangles in %zu "
      "batches; read %.0f ms, all %.0f ms\n",
      GetParam().file, d.buildings.size(), d.roads.size(), d.water.size(), d.green.size(), d.trees.size(),
      d.rails.size(), triangles, batches, readMs,
      static_cast<double>(base::SystemClock::monoNow() - start) * 1e-6);
  EXPECT_GE(d.views.size(), 2u);
  EXPECT_LT(batches, 500u);
}

INSTANTIATE_TEST_SUITE_P(Small, OsmCities,
                         testing::Values(Expected{"osm_cities_small/monaco.osm.gz", 0, 500},
                                         Expected{"osm_cities_small/andorra.osm.pbf", 250, 1500},
                                         Expected{"osm_cities_small/berlin-siegessaeule.osm.gz", 100, 30},
                                         Expected{"osm_cities_small/krautsand.osm.gz", 5, 5},
                                         Expected{"osm_cities_small/one_way_dead_end.osm.pbf", 0, 1}));

TEST(OsmReader, MonacoLiesAtTheSea) {
  DATA_OR_SKIP("osm_cities_small/monaco.osm.gz");
  auto read = city::readCity(file);
  ASSERT_TRUE(read.ok()) << read.error();
  const city::Feature* sea = findFeature(read->water, "sea1");
  if (sea == nullptr) GTEST_SKIP() << "this extract has no coastline";
  const glm::dvec2 casino(read->frame.toCity({7.4277, 43.7392, 0}));
  const glm::dvec2 offshore(read->frame.toCity({7.4450, 43.7330, 0}));
  bool wet = false, dry = true;
  for (const city::Feature& water : read->water) {
    if (!water.id.starts_with("sea")) continue;
    wet = wet || city::contains(water, offshore);
    dry = dry && !city::contains(water, casino);
  }
  EXPECT_TRUE(wet);
  EXPECT_TRUE(dry);
}

TEST(OsmReader, OverpassGeometryDialectIsExplainedInOneLine) {
  DATA_OR_SKIP("kr_seoul_songpa_osm_sumo/asanH.osm");
  const auto read = city::readCity(file);
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().find("out meta"), std::string::npos) << read.error();
  EXPECT_NE(read.error().find("asanH.osm"), std::string::npos);
  EXPECT_EQ(read.error().find('\n'), std::string::npos);
  std::printf("  %s\n", read.error().c_str());
}

TEST(OsmReader, OddSamplesNeverCrash) {
  int readable = 0, refused = 0;
  for (const char* folder : {"osm2world_tests", "osm_testdata"}) {
    if (!std::filesystem::exists(kData / folder)) GTEST_SKIP() << kData / folder << " is not on this machine";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kData / folder)) {
      const std::string name = entry.path().filename().string();
      if (!entry.is_regular_file() || name.find(".osm") == std::string::npos) continue;
      SCOPED_TRACE(entry.path().string());
      auto read = city::readCity(entry.path());
      if (!read.ok()) {
        ++refused;
        EXPECT_EQ(read.error().find('\n'), std::string::npos) << read.error();
        continue;
      }
      ++readable;
      scene::Scene scene;
      city_test::addModels(scene);
      auto city = city::buildCity(std::move(read).value(), scene);
      ASSERT_TRUE(city.ok());
      city_test::checkMeshes(scene, *city);
    }
  }
  std::printf("  %d samples read, %d refused with a reason\n", readable, refused);
  EXPECT_GT(readable, 20);
}

}  // namespace
