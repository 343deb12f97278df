// SPDX-License-Identifier: Apache-2.0
#include "twin/city/buildings.h"

#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "shaders/shared/facade_module.h"
#include "twin/city/landmark.h"
#include "twin/city/office_forms.h"
#include "twin/city/roofs.h"
#include "twin/city/slab_relief.h"

namespace city {
namespace {

using Corners = std::vector<glm::dvec2>;

Feature polygon(const std::string& id, const Corners& corners) {
  Feature f;
  f.id = id;
  f.type = GeometryType::Polygon;
  f.rings.emplace_back();
  for (const glm::dvec2& p : corners) f.rings[0].emplace_back(p, 0.0);
  return f;
}

Feature box(const std::string& id, double halfX, double halfY, double yaw = 0.2,
            glm::dvec2 centre = {30, -20}) {
  Corners corners;
  for (const glm::dvec2& k : {glm::dvec2(-1, -1), glm::dvec2(1, -1), glm::dvec2(1, 1), glm::dvec2(-1, 1)}) {
    const glm::dvec2 p(k.x * halfX, k.y * halfY);
    corners.push_back(centre + glm::dvec2(std::cos(yaw) * p.x - std::sin(yaw) * p.y,
                                          std::sin(yaw) * p.x + std::cos(yaw) * p.y));
  }
  return polygon(id, corners);
}

Feature with(Feature f, const std::string& use, double height, const std::string& roof = "flat") {
  f.properties["use"] = use;
  f.properties["height"] = height;
  f.properties["roof"] = roof;
  return f;
}

/// Ground that falls 8 % to the east.
HeightField slope() {
  std::vector<float> heights;
  for (int row = 0; row < 41; ++row)
    for (int column = 0; column < 41; ++column)
      heights.push_back(static_cast<float>(80 - 0.08 * 25 * column));
  return HeightField({-500, -500}, 25, 41, 41, std::move(heights));
}

Building made(const Feature& f, const HeightField& terrain = {}) {
  auto b = makeBuilding(f, terrain);
  EXPECT_TRUE(b.ok());
  return std::move(b).value();
}

scene::Mesh drawn(const Building& b) {
  scene::Mesh mesh;
  drawBuilding(mesh, mesh, b);
  return mesh;
}

glm::vec3 unpackNormal(uint32_t packed) {
  const glm::vec2 e = glm::unpackSnorm2x16(packed);
  glm::vec3 v(e, 1.f - std::abs(e.x) - std::abs(e.y));
  if (v.z < 0) {
    const glm::vec2 o(v);
    v.x = (1.f - std::abs(o.y)) * (o.x >= 0 ? 1.f : -1.f);
    v.y = (1.f - std::abs(o.x)) * (o.y >= 0 ? 1.f : -1.f);
  }
  return glm::normalize(v);
}

uint32_t kindOf(const scene::Vertex& v) {
  return v.surface & 255u;
}
float uOf(const scene::Vertex& v) {
  return static_cast<float>(v.uv & 0xffffu) / 64.f - 512.f;
}
float vOf(const scene::Vertex& v) {
  return static_cast<float>(v.uv >> 16) / 64.f - 512.f;
}

/// Finite everywhere, indices in range, and each triangle turns the way its normals say.
void expectSound(const scene::Mesh& mesh, float alignment) {
  ASSERT_EQ(mesh.indices.size() % 3, 0u);
  for (const scene::Vertex& v : mesh.vertices) {
    ASSERT_TRUE(std::isfinite(v.position.x) && std::isfinite(v.position.y) && std::isfinite(v.position.z));
  }
  for (size_t i = 0; i < mesh.indices.size(); i += 3) {
    ASSERT_LT(std::max({mesh.indices[i], mesh.indices[i + 1], mesh.indices[i + 2]}), mesh.vertices.size());
    const scene::Vertex& a = mesh.vertices[mesh.indices[i]];
    const scene::Vertex& b = mesh.vertices[mesh.indices[i + 1]];
    const scene::Vertex& c = mesh.vertices[mesh.indices[i + 2]];
    const glm::vec3 n = glm::cross(b.position - a.position, c.position - a.position);
    if (glm::length(n) < 1e-3f) continue;
    const glm::vec3 face = glm::normalize(n);
    for (const scene::Vertex* v : {&a, &b, &c}) EXPECT_GT(glm::dot(face, unpackNormal(v->normal)), alignment);
  }
}

/// Volume between the surfaces and the level `base`; walls stand upright and add nothing.
double volumeAbove(const scene::Mesh& mesh, float base) {
  double sum = 0;
  for (size_t i = 0; i < mesh.indices.size(); i += 3) {
    const glm::dvec3 a(mesh.vertices[mesh.indices[i]].position);
    const glm::dvec3 b(mesh.vertices[mesh.indices[i + 1]].position);
    const glm::dvec3 c(mesh.vertices[mesh.indices[i + 2]].position);
    const double flat = ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
    sum += flat * ((a.z + b.z + c.z) / 3 - static_cast<double>(base));
  }
  return sum;
}

using Key = std::tuple<long, long, long>;
Key keyOf(const glm::vec3& p) {
  return {std::lround(p.x * 200), std::lround(p.y * 200), std::lround(p.z * 200)};
}

/// Edges that belong to one triangle only, counted by place, not by index.
std::vector<std::pair<glm::vec3, glm::vec3>> openEdges(const scene::Mesh& mesh) {
  std::map<std::pair<Key, Key>, int> balance;
  std::map<std::pair<Key, Key>, std::pair<glm::vec3, glm::vec3>> ends;
  for (size_t i = 0; i < mesh.indices.size(); i += 3) {
    for (size_t k = 0; k < 3; ++k) {
      const glm::vec3 a = mesh.vertices[mesh.indices[i + k]].position;
      const glm::vec3 b = mesh.vertices[mesh.indices[i + (k + 1) % 3]].position;
      const auto ka = keyOf(a);
      const auto kb = keyOf(b);
      if (ka == kb) continue;
      const bool forward = ka < kb;
      const std::pair key = forward ? std::pair(ka, kb) : std::pair(kb, ka);
      balance[key] += forward ? 1 : -1;
      ends[key] = {a, b};
    }
  }
  std::vector<std::pair<glm::vec3, glm::vec3>> open;
  for (const auto& [key, sum] : balance)
    if (sum != 0) open.push_back(ends[key]);
  return open;
}

const Corners kL{{0, 0}, {40, 0}, {40, 14}, {14, 14}, {14, 34}, {0, 34}};

TEST(Footprint, RefusesWhatIsNoOutline) {
  EXPECT_FALSE(cleanFootprint(polygon("line", {{0, 0}, {10, 0}})).ok());
  EXPECT_FALSE(cleanFootprint(polygon("flat", {{0, 0}, {10, 0}, {20, 0.001}})).ok());
  EXPECT_FALSE(cleanFootprint(polygon("bow tie", {{0, 0}, {10, 10}, {10, 0}, {0, 12}})).ok());
  EXPECT_FALSE(cleanFootprint(polygon("nan", {{0, 0}, {std::nan(""), 0}, {10, 10}})).ok());
  Feature point;
  EXPECT_FALSE(cleanFootprint(point).ok());
}

TEST(Footprint, TurnsAndThinsRings) {
  Feature f = polygon("f", {{0, 30}, {0, 0}, {0, 0}, {20, 0}, {40, 0}, {40, 30}, {0, 30}});
  std::reverse(f.rings[0].begin(), f.rings[0].end());
  f.rings.push_back({{10, 10, 0}, {20, 10, 0}, {20, 20, 0}, {10, 20, 0}});
  f.rings.push_back({{100, 10, 0}, {120, 10, 0}, {120, 20, 0}});
  const auto footprint = cleanFootprint(f);
  ASSERT_TRUE(footprint.ok());
  EXPECT_EQ(footprint->outer.size(), 4u);
  EXPECT_GT(importing::signedArea(footprint->outer), 0);
  ASSERT_EQ(footprint->holes.size(), 1u);
  EXPECT_LT(importing::signedArea(footprint->holes[0]), 0);
  EXPECT_EQ(footprint.warnings.size(), 1u);
  EXPECT_NEAR(area(*footprint), 1200 - 100, 1e-3);
}

TEST(Footprint, OffsetKeepsCornersSquareAndRefusesTheImpossible) {
  const Ring square{{0, 0}, {10, 0}, {10, 10}, {0, 10}};
  const Ring smaller = offsetRing(square, 1);
  ASSERT_EQ(smaller.size(), 4u);
  EXPECT_NEAR(importing::signedArea(smaller), 64, 1e-3);
  EXPECT_TRUE(offsetRing(square, 6).empty());
}

TEST(Buildings, VolumeIsFootprintTimesHeight) {
  for (const char* use : {"office", "shop", "plant"}) {
    for (const Feature& shape : {box("a", 20, 9), polygon("l", kL)}) {
      const Building b = made(with(shape, use, 24));
      scene::Mesh mesh;
      importing::MeshBuilder builder(mesh);
      addWallsAndRoof(builder, b, RoofShape::Flat);
      EXPECT_NEAR(volumeAbove(mesh, b.base), b.area * 24, b.area * 24 * 0.001);
      scene::Mesh parapet;
      importing::MeshBuilder second(parapet);
      addWallsAndRoof(second, b, RoofShape::Parapet);
      EXPECT_NEAR(volumeAbove(parapet, b.base), b.area * (24 - static_cast<double>(kParapet)),
                  b.area * 24 * 0.02);
    }
  }
}

TEST(Buildings, WallsAndRoofAreClosedButForTheFloor) {
  Feature court = box("c", 30, 22);
  court.rings.push_back({});
  for (const glm::dvec2& p :
       {glm::dvec2(24, -26), glm::dvec2(36, -26), glm::dvec2(36, -14), glm::dvec2(24, -14)})
    court.rings[1].emplace_back(p, 0.0);
  for (const Feature& shape : {box("a", 20, 9), polygon("l", kL), court}) {
    for (const RoofShape roof : {RoofShape::Flat, RoofShape::Parapet}) {
      const Building b = made(with(shape, "office", 30));
      scene::Mesh mesh;
      importing::MeshBuilder builder(mesh);
      addWallsAndRoof(builder, b, roof);
      expectSound(mesh, 0.99f);
      for (const auto& [p, q] : openEdges(mesh)) {
        EXPECT_NEAR(p.z, b.foot, 1e-3) << shape.id;
        EXPECT_NEAR(q.z, b.foot, 1e-3) << shape.id;
      }
    }
  }
}

TEST(Buildings, PitchedRoofsStayWithinTheEaves) {
  for (const char* roof : {"gable", "hip", "shed"}) {
    for (const Feature& shape :
         {box("a", 7, 5), polygon("l", kL), polygon("k", {{0, 0}, {12, 1}, {11, 9}, {1, 8}})}) {
      const Building b = made(with(shape, "detached", 6.4, roof));
      const scene::Mesh mesh = drawn(b);
      expectSound(mesh, 0.99f);
      const Ring limit = offsetRing(b.footprint.outer, -kEaves - 0.02f);
      ASSERT_FALSE(limit.empty());
      float highest = -1e9f;
      for (const scene::Vertex& v : mesh.vertices) {
        EXPECT_TRUE(contains(limit, glm::vec2(v.position))) << roof << " " << shape.id;
        highest = std::max(highest, v.position.z);
      }
      EXPECT_GT(highest, b.top + 0.4f) << roof << " " << shape.id;
      EXPECT_LT(highest, b.top + 6.f);
    }
  }
}

TEST(Buildings, FacadeRunsOnRoundTheCorners) {
  const Building b = made(with(polygon("l", kL), "office", 12));
  const scene::Mesh mesh = drawn(b);
  std::map<std::pair<long, long>, std::set<long>> alongByCorner;
  for (const scene::Vertex& v : mesh.vertices) {
    if (kindOf(v) != gpu_types::kSurfaceFacade) continue;
    alongByCorner[{std::lround(v.position.x * 100), std::lround(v.position.y * 100)}].insert(
        std::lround(uOf(v) * 64));
    EXPECT_NEAR(vOf(v), v.position.z - b.base, 0.02f);
  }
  ASSERT_EQ(alongByCorner.size(), kL.size());
  int seams = 0;
  for (const auto& [corner, along] : alongByCorner) seams += *along.rbegin() - *along.begin() > 1 ? 1 : 0;
  EXPECT_EQ(seams, 1);  // only where the ring closes
}

TEST(Buildings, NoWindowIsCutByACorner) {
  for (const char* use : {"office", "apartment", "school", "shop"}) {
    const Building b = made(with(polygon("l", kL), use, 12));
    const float module = gpu_types::facadeModule(b.facadeUse, static_cast<uint32_t>(b.seed & 0xffff));
    for (const scene::Vertex& v : drawn(b).vertices) {
      if (kindOf(v) != gpu_types::kSurfaceFacade) continue;
      const float modules = uOf(v) / module;
      EXPECT_NEAR(modules, std::round(modules), 0.03f) << use;
    }
  }
}

TEST(Buildings, NothingFloatsOnASlope) {
  const HeightField terrain = slope();
  const Building b = made(with(box("a", 40, 15), "school", 20), terrain);
  EXPECT_LT(b.groundLow, b.groundHigh - 4);
  const scene::Mesh mesh = drawn(b);
  std::map<std::pair<long, long>, float> lowest;
  for (const scene::Vertex& v : mesh.vertices) {
    if (kindOf(v) != gpu_types::kSurfaceFacade) continue;
    const std::pair key(std::lround(v.position.x * 100), std::lround(v.position.y * 100));
    lowest.try_emplace(key, v.position.z);
    lowest[key] = std::min(lowest[key], v.position.z);
  }
  for (const auto& [corner, z] : lowest) {
    EXPECT_LT(
        z,
        terrain.at(static_cast<double>(corner.first) / 100, static_cast<double>(corner.second) / 100) - 1.0);
  }
}

TEST(Buildings, OfficeFormsKeepToTheirFootprint) {
  int composed = 0;
  for (int i = 0; i < 60; ++i) {
    const Building b = made(with(box("office-" + std::to_string(i), 22, 11), "office", 28), slope());
    scene::Mesh mesh;
    importing::MeshBuilder builder(mesh);
    if (!addOfficeForm(builder, b)) continue;
    ++composed;
    expectSound(mesh, 0.99f);
    const Ring limit = offsetRing(b.footprint.outer, -0.06f);
    float lowest = 1e9f;
    float highest = -1e9f;
    for (const scene::Vertex& v : mesh.vertices) {
      EXPECT_TRUE(contains(limit, glm::vec2(v.position)));
      lowest = std::min(lowest, v.position.z);
      highest = std::max(highest, v.position.z);
    }
    EXPECT_NEAR(lowest, b.foot, 1e-3f);
    EXPECT_GE(highest, b.top - 0.01f);
    EXPECT_LT(highest, b.top + 4);
  }
  EXPECT_GT(composed, 30);
  EXPECT_LT(composed, 60);
}

TEST(Buildings, EndWallsOfSlabsAreBlank) {
  const Building b = made(with(box("slab", 24, 6.3), "apartment", 60));
  for (const scene::Vertex& v : drawn(b).vertices) {
    if (kindOf(v) != gpu_types::kSurfaceFacade) continue;
    const glm::vec3 n = unpackNormal(v.normal);
    const bool end = std::abs(glm::dot(glm::vec2(n), b.box.axis)) > 0.7f;
    EXPECT_EQ(v.surface >> 8 & 255u, end ? gpu_types::kUsePlant : gpu_types::kUseApartment);
  }
}

TEST(Buildings, SlabsHaveAReliefWithinAMetreOfTheirWalls) {
  const Building b = made(with(box("slab", 24, 6.3), "apartment", 60));
  ASSERT_TRUE(isPlainSlab(b));
  EXPECT_FALSE(isPlainSlab(made(with(box("point", 9, 9), "apartment", 60))));
  const scene::Mesh mesh = drawn(b);
  expectSound(mesh, 0.99f);
  const Ring limit = offsetRing(b.footprint.outer, -1.f);
  int outside = 0;
  for (const scene::Vertex& v : mesh.vertices) {
    EXPECT_TRUE(contains(limit, glm::vec2(v.position)));
    if (!contains(offsetRing(b.footprint.outer, -0.3f), glm::vec2(v.position))) ++outside;
  }
  EXPECT_GT(outside, 20);
}

TEST(Buildings, FootOfAWallIsDarker) {
  const Building b = made(with(box("a", 20, 9), "office", 30));
  for (const scene::Vertex& v : drawn(b).vertices) {
    if (kindOf(v) != gpu_types::kSurfaceFacade) continue;
    const uint32_t openness = v.color >> 24;
    if (v.position.z < b.base) {
      EXPECT_LT(openness, 170u);
    } else if (v.position.z > b.top - 0.01f) {
      EXPECT_EQ(openness, 255u);
    }
  }
}

TEST(Buildings, PartsAboveTheGroundHaveAnUnderside) {
  Feature f = with(box("bridge", 10, 4), "office", 20);
  f.properties["min_height"] = 12.0;
  const Building b = made(f);
  EXPECT_FLOAT_EQ(b.foot, 12.f);
  scene::Mesh mesh;
  importing::MeshBuilder builder(mesh);
  addWallsAndRoof(builder, b, RoofShape::Flat);
  EXPECT_TRUE(openEdges(mesh).empty());
}

TEST(Buildings, MissingAndAbsurdHeightsAreReplaced) {
  Feature f = box("a", 20, 9);
  f.properties["use"] = std::string("apartment");
  f.properties["storeys"] = 10.0;
  EXPECT_NEAR(made(f).height(), 29, 0.01);
  f.properties["height"] = 90000.0;
  const auto b = makeBuilding(f, {});
  ASSERT_TRUE(b.ok());
  EXPECT_FALSE(b.warnings.empty());
  EXPECT_NEAR(b->height(), 29, 0.01);
}

TEST(Buildings, ATypicalCityStaysInItsTriangleBudget) {
  scene::Mesh body;
  scene::Mesh details;
  for (int i = 0; i < 1300; ++i) {
    const std::string id = "b" + std::to_string(i);
    Feature f;
    if (i % 20 < 9) {
      f = with(box(id, 6, 5), "detached", 6.4, i % 3 == 0 ? "flat" : "gable");
    } else if (i % 20 < 14) {
      f = with(box(id, 9, 7), "shop", 12);
    } else if (i % 20 < 17) {
      f = with(box(id, 24, 6.3), "apartment", 55);
    } else {
      f = with(i % 2 == 0 ? box(id, 22, 12) : polygon(id, kL), "office", 26);
    }
    drawBuilding(body, details, made(f));
  }
  EXPECT_LT(body.indices.size() / 3, 45'000u);
  EXPECT_LT(details.indices.size() / 3, 18'000u);  // of which only the near tiles are drawn
}

TEST(Buildings, BuildsTilesPartsAndEntities) {
  auto frame = core::CityFrame::local(128.68, 35.84);
  ASSERT_TRUE(frame.ok());
  CityData data(std::move(frame).value());
  Feature office = with(box("office-1", 20, 9), "office", 24);
  office.nameKo = "사무소";
  office.nameEn = "Office";
  office.properties["storeys"] = 6.0;
  data.buildings = {office, polygon("broken", {{0, 0}, {10, 10}, {10, 0}, {0, 12}}),
                    with(box("far", 8, 6, 0, {900, 900}), "shop", 8)};
  Feature odd = with(box("odd", 8, 6, 0, {60, -60}), "culture", 8);
  odd.properties["landmark"] = std::string("palace");
  data.buildings.push_back(odd);
  scene::Scene scene;
  City city(data);
  city.parts["far"].object = scene.statics.addObject();
  city.objectOwner = {"far"};
  buildBuildings(data, scene, city);
  int bodies = 0;
  scene.statics.batches().forEach(
      [&](scene::StaticId, const scene::StaticBatch& batch) { bodies += batch.maxDistance > 0 ? 0 : 1; });
  EXPECT_EQ(bodies, 2);
  EXPECT_EQ(scene.statics.objectCount(), 3u);
  ASSERT_EQ(city.data.warnings.size(), 2u);
  EXPECT_NE(city.data.warnings[0].find("broken"), std::string::npos);
  EXPECT_NE(city.data.warnings[1].find("palace"), std::string::npos);
  ASSERT_TRUE(city.parts.contains("office-1"));
  const SceneParts& parts = city.parts["office-1"];
  EXPECT_EQ(city.objectOwner.at(parts.object), "office-1");
  EXPECT_GT(parts.anchor.z, 24);
  EXPECT_GT(parts.radius, 15);
  const auto entity = std::ranges::find(city.entities, "office-1", &model::EntityInfo::id);
  ASSERT_NE(entity, city.entities.end());
  EXPECT_EQ(entity->kind, "building");
  EXPECT_EQ(entity->name.en, "Office");
  const auto attribute = [&](const char* name) {
    const auto found = std::ranges::find(entity->attributes, name, [](const auto& a) { return a.first; });
    return found == entity->attributes.end() ? -1.0 : std::get<double>(found->second);
  };
  EXPECT_NEAR(attribute("footprint_area"), 720, 1);
  EXPECT_NEAR(attribute("gross_floor_area"), 4320, 6);
  for (const auto& [id, slot] : {std::pair("office-1", parts.object)})
    EXPECT_NE(slot, gpu_types::kNoObject) << id;
}

TEST(Buildings, TheSameDataGivesTheSameMesh) {
  const Building b = made(with(polygon("l", kL), "office", 26));
  const scene::Mesh first = drawn(b);
  const scene::Mesh second = drawn(b);
  ASSERT_EQ(first.vertices.size(), second.vertices.size());
  for (size_t i = 0; i < first.vertices.size(); ++i)
    EXPECT_EQ(first.vertices[i].position, second.vertices[i].position);
}

struct Size {
  double halfX, halfY, height, storeys;
};

/// The size that the landmark is known by.
Size usualSize(const std::string& key) {
  static const std::map<std::string, Size> kSizes{{"lions_park", {100, 93, 27, 5}},
                                                  {"daegu_stadium", {150, 125, 33, 3}},
                                                  {"art_museum", {75, 24, 19, 3}},
                                                  {"kansong_museum", {30, 19, 17, 3}},
                                                  {"smart_city_centre", {25, 17, 33, 8}},
                                                  {"dip", {37, 20, 25, 6}},
                                                  {"techbiz", {33, 17, 25, 6}},
                                                  {"timevillas", {113, 98, 31, 5}},
                                                  {"timevillas_parking", {59, 31, 24, 7}},
                                                  {"taewang", {29, 23, 41, 10}},
                                                  {"cheongaram", {29, 6.3, 62, 21}},
                                                  {"donghwa", {23, 6.3, 60, 20}},
                                                  {"metro_entrance", {5, 2.2, 3.6, 1}},
                                                  {"stadium_mall", {46, 31, 13, 2}}};
  const auto found = kSizes.find(key);
  return found == kSizes.end() ? Size{30, 20, 20, 5} : found->second;
}

Feature landmarkFeature(const std::string& key, const Size& size) {
  Feature f = with(box(key, size.halfX, size.halfY, 0.35), "culture", size.height);
  f.properties["landmark"] = key;
  f.properties["storeys"] = size.storeys;
  return f;
}

class Landmark : public testing::TestWithParam<std::string> {};

TEST_P(Landmark, StandsInItsFootprintAndHeight) {
  const Building b = made(landmarkFeature(GetParam(), usualSize(GetParam())), slope());
  const scene::Mesh mesh = drawn(b);
  EXPECT_GT(mesh.indices.size() / 3, 50u);
  EXPECT_LT(mesh.indices.size() / 3, 4'000u);
  expectSound(mesh, 0.25f);
  float highest = -1e9f;
  float lowest = 1e9f;
  for (const scene::Vertex& v : mesh.vertices) {
    const glm::vec2 d = glm::vec2(v.position) - b.box.centre;
    EXPECT_LT(std::abs(glm::dot(d, b.box.axis)), b.box.half.x + 3);
    EXPECT_LT(std::abs(glm::dot(d, b.box.side())), b.box.half.y + 3);
    highest = std::max(highest, v.position.z);
    lowest = std::min(lowest, v.position.z);
  }
  EXPECT_GT(highest, b.base + b.height() * 0.9f);
  EXPECT_LT(highest, std::max(b.base + b.height(), b.groundHigh + 12) + b.height() * 0.55f);
  EXPECT_LT(lowest, b.groundLow - 1);
}

TEST_P(Landmark, SurvivesAnyFootprint) {
  for (const Feature& shape : {box("tiny", 1, 0.9), polygon("triangle", {{0, 0}, {40, 5}, {10, 50}}),
                               box("needle", 200, 2), box("huge", 400, 390)}) {
    for (const double height : {1.0, 12.0, 300.0}) {
      Feature f = with(shape, "culture", height);
      f.properties["landmark"] = GetParam();
      const scene::Mesh mesh = drawn(made(f));
      for (const scene::Vertex& v : mesh.vertices) {
        ASSERT_TRUE(std::isfinite(v.position.x) && std::isfinite(v.position.y) && std::isfinite(v.position.z))
            << shape.id;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Keys, Landmark, testing::ValuesIn(landmarkKeys()),
                         [](const auto& key) { return key.param; });

TEST(Landmarks, PlayingFieldsLieAboveTheGround) {
  const HeightField terrain = slope();
  for (const char* key : {"lions_park", "daegu_stadium"}) {
    const Building b = made(landmarkFeature(key, usualSize(key)), terrain);
    for (const scene::Vertex& v : drawn(b).vertices) {
      if (kindOf(v) != gpu_types::kSurfacePitch) continue;
      EXPECT_GT(v.position.z, b.groundHigh) << key;
    }
  }
}

}  // namespace
}  // namespace city
