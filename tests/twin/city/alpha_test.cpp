// SPDX-License-Identifier: Apache-2.0
// The pack of Alpha City, as it ships.
#include <filesystem>
#include <geos_c.h>
#include <set>

#include "engine/base/clock.h"
#include "engine/base/log.h"
#include "engine/import/model_library.h"
#include "engine/scene/camera.h"
#include "tests/twin/city/city_test_support.h"
#include "twin/city/names.h"
#include "twin/city/rings.h"
#include "twin/city/surface_index.h"

namespace {

const std::filesystem::path kAlpha = ALPHACITY_SOURCE_DIR "/assets/city/alpha";

double msSince(base::MonoNs start) {
  return static_cast<double>(base::SystemClock::monoNow() - start) * 1e-6;
}

/// Read and built once for all tests of this file.
struct Alpha {
  scene::Scene scene;
  std::unique_ptr<city::City> city;
  double readMs = 0, buildMs = 0;

  static const Alpha* get() {
    static const std::unique_ptr<Alpha> alpha = load();
    return alpha.get();
  }

 private:
  static std::unique_ptr<Alpha> load() {
    if (!std::filesystem::exists(kAlpha / "city.toml")) return nullptr;
    auto alpha = std::make_unique<Alpha>();
    const auto models = importing::loadModelLibrary(ALPHACITY_SOURCE_DIR "/assets/models", alpha->scene);
    EXPECT_TRUE(models.ok());
    base::setupLog(std::getenv("ALPHACITY_VERBOSE") != nullptr);
    const base::MonoNs start = base::SystemClock::monoNow();
    auto data = city::readCity(kAlpha);
    EXPECT_TRUE(data.ok()) << (data.ok() ? "" : data.error());
    if (!data.ok()) return nullptr;
    alpha->readMs = msSince(start);
    const base::MonoNs built = base::SystemClock::monoNow();
    auto city = city::buildCity(std::move(data).value(), alpha->scene);
    alpha->buildMs = msSince(built);
    EXPECT_TRUE(city.ok());
    alpha->city = std::make_unique<city::City>(std::move(city).value());
    return alpha;
  }
};

#define ALPHA_OR_SKIP()                                                \
  const Alpha* alpha = Alpha::get();                                   \
  if (alpha == nullptr) GTEST_SKIP() << "assets/city/alpha is absent"; \
  [[maybe_unused]] const city::CityData& data = alpha->city->data

size_t countKind(const std::vector<city::Feature>& features, std::string_view kind) {
  return static_cast<size_t>(std::count_if(features.begin(), features.end(),
                                           [&](const city::Feature& f) { return f.text("kind") == kind; }));
}

TEST(Alpha, HasTheSizeOfAPlausibleDistrict) {
  ALPHA_OR_SKIP();
  EXPECT_GE(data.buildings.size(), 900u);
  EXPECT_LE(data.buildings.size(), 1500u);
  EXPECT_GE(data.trees.size(), 8000u);
  EXPECT_GE(countKind(data.devices, "street_light"), 350u);
  EXPECT_LE(countKind(data.devices, "street_light"), 450u);
  for (const std::string& warning : data.warnings) ADD_FAILURE() << warning;
}

TEST(Alpha, HasEveryKindOfDevice) {
  ALPHA_OR_SKIP();
  for (const char* kind :
       {"signal", "street_light", "cctv", "lpr", "rsu", "speed_display", "air_station", "noise_sensor",
        "weather_station", "flood_sensor", "waste_bin", "parking_lot", "parking_bay", "ev_charger",
        "media_wall", "emergency_bell", "wifi", "utility_tag", "incident_detector"}) {
    EXPECT_GT(countKind(data.devices, kind), 0u) << kind;
  }
}

TEST(Alpha, IdsAreUniqueAndEverythingHasPartsAndOrigin) {
  ALPHA_OR_SKIP();
  std::set<std::string> ids;
  std::set<std::string> sources;
  for (const city::SourceInfo& source : data.sources) sources.insert(source.key);
  for (const model::EntityInfo& info : alpha->city->entities) {
    EXPECT_TRUE(ids.insert(info.id).second) << info.id;
    EXPECT_TRUE(alpha->city->parts.contains(info.id)) << info.id;
    if (info.kind == "route" || info.kind == "shuttle_route" || info.kind == "signal_controller") continue;
    EXPECT_TRUE(sources.contains(info.source)) << info.id << " has source '" << info.source << "'";
  }
}

TEST(Alpha, EveryNameHasAnEnglishOne) {
  ALPHA_OR_SKIP();
  // Hangul syllables in UTF-8 begin with 0xEA to 0xED.
  const auto hangul = [](const std::string& text) { return std::any_of(text.begin(), text.end(), [](char c) { return c >= '\xEA' && c <= '\xED'; }); };
  size_t korean = 0;
  for (const model::EntityInfo& info : alpha->city->entities) {
    korean += hangul(info.name.ko);
    EXPECT_FALSE(hangul(info.name.en)) << info.id << " is called " << info.name.en;
  }
  EXPECT_GT(korean, 100u);
}

TEST(Alpha, MeshesAreSound) {
  ALPHA_OR_SKIP();
  city_test::checkMeshes(alpha->scene, *alpha->city);
}

TEST(Alpha, TreesLampsAndDevicesStandOnTheGroundAndOffTheCarriageway) {
  ALPHA_OR_SKIP();
  const auto check = [&](const city::Feature& feature, double reach) {
    const glm::dvec3& p = feature.rings[0][0];
    EXPECT_FALSE(alpha->city->surfaces->onGroundRoad(p.x, p.y, reach - 0.31))
        << feature.id << " stands on a carriageway";
    const auto& parts = alpha->city->parts.at(feature.id);
    for (const scene::InstanceId id : parts.instances) {
      const float z = alpha->scene.instances.find(id)->position0.z;
      EXPECT_NEAR(z, data.terrain.at(p.x, p.y) + 0.12, 0.25) << feature.id;
    }
  };
  for (const city::Feature& tree : data.trees) check(tree, 0);
  for (const city::Feature& device : data.devices) {
    const std::string kind = device.text("kind");
    if (kind != "utility_tag" && kind != "flood_sensor") check(device, 0);
  }
}

TEST(Alpha, BuildingsStandOffTheRoadsAndDoNotOverlap) {
  ALPHA_OR_SKIP();
  GEOSContextHandle_t c = GEOS_init_r();
  std::vector<GEOSGeometry*> shapes;
  GEOSSTRtree* tree = GEOSSTRtree_create_r(c, 10);
  for (const city::Feature& building : data.buildings) {
    const auto& ring = building.rings[0];
    GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(c, static_cast<unsigned>(ring.size()) + 1, 2);
    for (unsigned i = 0; i <= ring.size(); ++i)
      GEOSCoordSeq_setXY_r(c, sequence, i, ring[i % ring.size()].x, ring[i % ring.size()].y);
    shapes.push_back(GEOSGeom_createPolygon_r(c, GEOSGeom_createLinearRing_r(c, sequence), nullptr, 0));
    ASSERT_EQ(GEOSisValid_r(c, shapes.back()), 1) << building.id;
  }
  std::vector<size_t> index(shapes.size());
  for (size_t i = 0; i < shapes.size(); ++i) {
    index[i] = i;
    GEOSSTRtree_insert_r(c, tree, shapes[i], &index[i]);
  }
  struct Query {
    GEOSContextHandle_t c;
    const std::vector<GEOSGeometry*>* shapes;
    const city::CityData* data;
    size_t self;
    int overlaps;
  } query{c, &shapes, &data, 0, 0};
  for (size_t i = 0; i < shapes.size(); ++i) {
    query.self = i;
    GEOSSTRtree_query_r(
        c, tree, shapes[i],
        [](void* item, void* user) {
          auto& q = *static_cast<Query*>(user);
          const size_t other = *static_cast<size_t*>(item);
          if (other <= q.self) return;
          GEOSGeometry* common = GEOSIntersection_r(q.c, (*q.shapes)[q.self], (*q.shapes)[other]);
          double area = 0;
          if (common != nullptr) GEOSArea_r(q.c, common, &area);
          GEOSGeom_destroy_r(q.c, common);
          if (area > 0.2)  // neighbours share walls; coordinates are rounded to a centimetre
            ADD_FAILURE() << q.data->buildings[q.self].id << " overlaps " << q.data->buildings[other].id
                          << " by " << area << " m2";
        },
        &query);
  }
  for (size_t i = 0; i < shapes.size(); ++i) {
    const auto& ring = data.buildings[i].rings[0];
    for (size_t k = 0; k < ring.size(); ++k) {
      for (const double t : {0.0, 0.25, 0.5, 0.75}) {
        const glm::dvec3 p = glm::mix(ring[k], ring[(k + 1) % ring.size()], t);
        EXPECT_FALSE(alpha->city->surfaces->onGroundRoad(p.x, p.y, -0.3))
            << data.buildings[i].id << " reaches into a carriageway";
      }
    }
    GEOSGeom_destroy_r(c, shapes[i]);
  }
  GEOSSTRtree_destroy_r(c, tree);
  GEOS_finish_r(c);
}

TEST(Alpha, SignalHeadsLookAtTheirTraffic) {
  ALPHA_OR_SKIP();
  size_t heads = 0;
  for (const city::Feature& device : alpha->city->data.devices) {
    if (device.text("kind") != "signal" || device.flag("pedestrian")) continue;
    const auto& instances = alpha->city->parts.at(device.id).instances;
    ASSERT_FALSE(instances.empty()) << device.id;
    // Lenses look along the model's +y; traffic comes with `approach`, degrees from true north.
    const double yaw = alpha->scene.instances.find(instances[0])->yaw1;
    const glm::dvec2 lens(-std::sin(yaw), std::cos(yaw));
    const double heading = alpha->city->data.frame.gridFromTrue(device.number("approach") * std::numbers::pi / 180);
    const glm::dvec2 traffic(std::sin(heading), std::cos(heading));
    EXPECT_LT(glm::dot(lens, traffic), -0.99) << device.id;
    ++heads;
  }
  EXPECT_GT(heads, 90u);
}

TEST(Alpha, ViewsAreValidAndAboveGround) {
  ALPHA_OR_SKIP();
  std::set<std::string> ids;
  for (const city::NamedView& view : data.views) {
    EXPECT_TRUE(ids.insert(view.id).second);
    EXPECT_FALSE(view.name.ko.empty());
    EXPECT_FALSE(view.name.en.empty());
    const scene::Camera camera =
        scene::lookAt(view.target, view.distance, view.heading, view.pitch, view.fov);
    EXPECT_GT(camera.position.z, data.terrain.at(camera.position.x, camera.position.y) + 0.5) << view.id;
  }
  for (const char* id : {"overview", "loop", "station", "stadium", "street"})
    EXPECT_TRUE(ids.contains(id)) << id;
}

TEST(Alpha, TheStationIsNamedByDate) {
  ALPHA_OR_SKIP();
  const auto info =
      std::find_if(alpha->city->entities.begin(), alpha->city->entities.end(),
                   [](const model::EntityInfo& e) { return e.id == "metro_suseong_alphacity"; });
  ASSERT_NE(info, alpha->city->entities.end());
  core::LocalTime date;
  date.year = 2020;
  EXPECT_EQ(city::nameAt(*alpha->city, info->id, info->name, date).ko, "대공원역");
  date.year = 2026;
  EXPECT_NE(city::nameAt(*alpha->city, info->id, info->name, date).ko, "대공원역");
}

TEST(Alpha, StaysWithinTheTriangleBudget) {
  ALPHA_OR_SKIP();
  std::map<std::string, std::pair<size_t, size_t>> byFamily;
  size_t far = 0;
  size_t batches = 0;
  alpha->scene.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& batch) {
    const scene::Mesh* mesh = alpha->scene.meshes.find(batch.mesh);
    const std::string family = mesh->name.substr(0, mesh->name.find_first_of("-0123456789"));
    byFamily[family].first += mesh->indices.size() / 3;
    ++byFamily[family].second;
    ++batches;
    if (batch.maxDistance == 0) far += mesh->indices.size() / 3;
  });
  for (const auto& [family, counts] : byFamily)
    std::printf("  %-18s %7zu triangles in %zu batches\n", family.c_str(), counts.first, counts.second);
  std::printf("  read %.0f ms, build %.0f ms\n", alpha->readMs, alpha->buildMs);
  EXPECT_LT(far, 180000u) << "triangles that are drawn at any distance";
  EXPECT_LT(batches, 300u);
}

}  // namespace
