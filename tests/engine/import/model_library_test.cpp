// SPDX-License-Identifier: Apache-2.0
#include "engine/import/model_library.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "engine/import/model_import.h"
#include "engine/math/pack.h"

namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(ALPHACITY_SOURCE_DIR) / "assets" / "models";

glm::vec3 unpackNormal(uint32_t packed) {
  const glm::vec2 e = glm::unpackSnorm2x16(packed);
  glm::vec3 v(e, 1.f - std::abs(e.x) - std::abs(e.y));
  if (v.z < 0) {
    v = {(1.f - std::abs(e.y)) * (e.x >= 0 ? 1.f : -1.f), (1.f - std::abs(e.x)) * (e.y >= 0 ? 1.f : -1.f), v.z};
  }
  return glm::normalize(v);
}

importing::ImportedModel only(const std::string& name) {
  auto models = importing::importModels(kFolder / (name + ".glb"));
  EXPECT_TRUE(models.ok()) << name << (models.ok() ? "" : ": " + models.error());
  if (!models.ok()) return {};
  EXPECT_EQ(models->size(), 1u);
  EXPECT_TRUE(models.warnings.empty()) << models.warnings.front();
  return std::move(models.value().front());
}

std::vector<std::string> allNames() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".glb") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool hasSurface(const scene::Mesh& mesh, uint32_t kind, uint32_t param = 0) {
  return std::any_of(mesh.vertices.begin(), mesh.vertices.end(),
                     [&](const scene::Vertex& v) { return (v.surface & 0xffffu) == gpu_types::packSurface(kind, param); });
}

void expectSound(const scene::Mesh& mesh) {
  ASSERT_FALSE(mesh.indices.empty()) << mesh.name;
  ASSERT_EQ(mesh.indices.size() % 3, 0u) << mesh.name;
  for (const uint32_t index : mesh.indices) ASSERT_LT(index, mesh.vertices.size()) << mesh.name;
  for (const scene::Vertex& v : mesh.vertices) {
    ASSERT_TRUE(std::isfinite(v.position.x) && std::isfinite(v.position.y) && std::isfinite(v.position.z)) << mesh.name;
    ASSERT_GE(v.position.z, -0.06f) << mesh.name << " reaches below the ground";
  }
}

/// The share of triangles whose packed normals lie on the side that the turn of the corners says.
double facingShare(const scene::Mesh& mesh) {
  size_t right = 0;
  for (size_t i = 0; i < mesh.indices.size(); i += 3) {
    const auto& a = mesh.vertices[mesh.indices[i]];
    const auto& b = mesh.vertices[mesh.indices[i + 1]];
    const auto& c = mesh.vertices[mesh.indices[i + 2]];
    const glm::vec3 n = glm::cross(b.position - a.position, c.position - a.position);
    right += glm::dot(n, unpackNormal(a.normal) + unpackNormal(b.normal) + unpackNormal(c.normal)) > 0;
  }
  return static_cast<double>(right) / static_cast<double>(mesh.indices.size() / 3);
}

TEST(Models, EveryFileIsSoundAndItsLevelsShrink) {
  const std::vector<std::string> names = allNames();
  ASSERT_GE(names.size(), 40u);
  for (const std::string& name : names) {
    const importing::ImportedModel model = only(name);
    EXPECT_EQ(model.name, name);
    ASSERT_FALSE(model.levels.empty()) << name;
    EXPECT_LT(fs::file_size(kFolder / (name + ".glb")), 64'000u) << name;
    EXPECT_LE(model.levels[0].indices.size() / 3, 600u) << name;
    for (size_t i = 0; i < model.levels.size(); ++i) {
      expectSound(model.levels[i]);
      EXPECT_EQ(facingShare(model.levels[i]), 1.0) << model.levels[i].name;
      if (i == 0) continue;
      const scene::Mesh& finer = model.levels[i - 1];
      EXPECT_LE(model.levels[i].indices.size() * 3, finer.indices.size() * (i < 3 ? 2 : 3)) << model.levels[i].name;
      // The fourth spares corners.
      if (i == 3) { EXPECT_LE(model.levels[i].vertices.size() * 5, finer.vertices.size() * 3) << model.levels[i].name; }
    }
  }
}

TEST(Models, LevelsKeepTheOutline) {
  for (const std::string& name : allNames()) {
    const importing::ImportedModel model = only(name);
    const glm::vec3 full = model.levels[0].bounds.high - model.levels[0].bounds.low;
    for (size_t i = 0; i < model.levels.size(); ++i) {
      const scene::Mesh& level = model.levels[i];
      const float share = i < 3 ? 0.06f : 0.1f;  // the last drops a roof sign of half a pixel
      const glm::vec3 size = level.bounds.high - level.bounds.low;
      EXPECT_NEAR(level.bounds.high.z, model.levels[0].bounds.high.z, share * full.z) << level.name;
      EXPECT_NEAR(std::max(size.x, size.y), std::max(full.x, full.y), 0.13f * std::max(full.x, full.y) + 0.21f) << level.name;
    }
  }
}

TEST(Models, VehiclesHaveTheirTrueSize) {
  const std::map<std::string, glm::vec3> stated{
      {"car_sedan", {4.7f, 1.85f, 1.45f}}, {"taxi", {4.7f, 1.85f, 1.6f}}, {"bus", {11.f, 2.49f, 3.2f}},
      {"shuttle", {4.75f, 2.1f, 2.65f}},   {"truck", {8.f, 2.4f, 3.2f}},  {"fire_engine", {8.4f, 2.5f, 3.f}},
      {"police", {4.7f, 1.85f, 1.6f}},     {"van", {5.15f, 1.97f, 2.f}}};
  for (const auto& [name, size] : stated) {
    const importing::ImportedModel model = only(name);
    const math::Bounds& box = model.levels[0].bounds;
    const glm::vec3 real(box.high.x - box.low.x, box.high.y - box.low.y, box.high.z);
    EXPECT_NEAR(real.x, size.x, size.x * 0.02f) << name;
    EXPECT_NEAR(real.y, size.y, size.y * 0.02f) << name;
    EXPECT_NEAR(real.z, size.z, size.z * 0.02f) << name;
    EXPECT_EQ(model.levels.size(), name == "truck" || name == "fire_engine" ? 3u : 5u) << name;
    ASSERT_TRUE(model.blob) << name;
    EXPECT_TRUE(hasSurface(*model.blob, gpu_types::kSurfaceBlob)) << name;
    EXPECT_GT(model.blob->bounds.high.x, box.high.x) << name;
    EXPECT_TRUE(hasSurface(model.levels[0], gpu_types::kSurfaceHeadlight)) << name;
    EXPECT_TRUE(hasSurface(model.levels[1], gpu_types::kSurfaceTaillight)) << name;
    EXPECT_TRUE(hasSurface(model.levels[0], gpu_types::kSurfaceIndicator, 0)) << name;
    EXPECT_TRUE(hasSurface(model.levels[0], gpu_types::kSurfaceIndicator, 1)) << name;
  }
}

TEST(Models, TheFrontLooksAlongX) {
  const importing::ImportedModel sedan = only("car_sedan");
  for (const scene::Vertex& v : sedan.levels[0].vertices) {
    if ((v.surface & 0xffu) == gpu_types::kSurfaceHeadlight) {
      EXPECT_GT(v.position.x, 2.f);
    }
    if ((v.surface & 0xffu) == gpu_types::kSurfaceTaillight) {
      EXPECT_LT(v.position.x, -2.f);
    }
    if (v.surface == gpu_types::packSurface(gpu_types::kSurfaceIndicator, 0)) {
      EXPECT_GT(v.position.y, 0.f);
    }
  }
}

TEST(Models, TreesAreNormalisedAndDarkInside) {
  for (const char* name : {"zelkova", "ginkgo", "cherry", "pine", "oak", "metasequoia"}) {
    const importing::ImportedModel model = only(name);
    ASSERT_EQ(model.levels.size(), 4u) << name;
    for (const scene::Mesh& level : model.levels) {
      EXPECT_NEAR(level.bounds.high.z, 1.f, 0.01f) << level.name;
      const glm::vec3 size = level.bounds.high - level.bounds.low;
      const bool threeSided = &level == &model.levels.back();  // narrower across a side than across a corner
      EXPECT_NEAR((size.x + size.y) / 2, 1.f, threeSided ? 0.1f : 0.02f) << level.name;
    }
    uint32_t darkest = 255;
    uint32_t lightest = 0;
    for (const scene::Vertex& v : model.levels[0].vertices) {
      darkest = std::min(darkest, v.color >> 24);
      lightest = std::max(lightest, v.color >> 24);
    }
    EXPECT_LT(darkest, 150u) << name;
    EXPECT_GT(lightest, 230u) << name;
    const bool evergreen = std::string(name) == "pine";
    EXPECT_TRUE(hasSurface(model.levels[2], gpu_types::kSurfaceFoliage, evergreen ? 0 : 1)) << name;
  }
}

TEST(Models, SignalsHaveTheirLensesInTheKoreanOrder) {
  const importing::ImportedModel mast = only("signal_mast");
  for (const scene::Mesh& level : mast.levels) {
    std::array<float, 4> x{};
    for (uint32_t lens = 0; lens < 4; ++lens) {
      ASSERT_TRUE(hasSurface(level, gpu_types::kSurfaceLens, lens)) << level.name;
      for (const scene::Vertex& v : level.vertices) {
        if (v.surface == gpu_types::packSurface(gpu_types::kSurfaceLens, lens)) x[lens] = v.position.x;
      }
    }
    // Traffic drives along -y and has +x at its left: red, yellow, arrow, green from left to right.
    EXPECT_TRUE(x[0] > x[1] && x[1] > x[2] && x[2] > x[3]) << level.name;
  }
  const importing::ImportedModel ped = only("signal_ped");
  EXPECT_TRUE(hasSurface(ped.levels[0], gpu_types::kSurfaceLens, 0));
  EXPECT_TRUE(hasSurface(ped.levels[0], gpu_types::kSurfaceLens, 1));
  EXPECT_TRUE(hasSurface(only("lamp").levels[1], gpu_types::kSurfaceLampHead));
  EXPECT_TRUE(hasSurface(only("media_wall").levels[0], gpu_types::kSurfaceScreen));
}

TEST(Models, AlbedoAndGaugeSurviveTheWayThroughTheFile) {
  const importing::ImportedModel ring = only("mark_ring");
  EXPECT_EQ(ring.levels[0].vertices[0].color, 0xffffffffu);
  const importing::ImportedModel sedan = only("car_sedan");
  const bool tyre = std::any_of(sedan.levels[0].vertices.begin(), sedan.levels[0].vertices.end(),
                                [](const scene::Vertex& v) { return (v.color & 0xffffffu) == math::packHex(0x2B2D30, 0); });
  EXPECT_TRUE(tyre);
  float top = 0;
  const importing::ImportedModel gauge = only("mark_gauge");
  for (const scene::Vertex& v : gauge.levels[0].vertices) {
    const float height = static_cast<float>(v.uv >> 16) / 64.f - 512.f;
    EXPECT_NEAR(height, v.position.z, 0.02f);
    top = std::max(top, height);
  }
  EXPECT_NEAR(top, 1.f, 0.02f);
}

TEST(Models, TheToolWritesTheSameBytesAgain) {
  if (std::system("python3 --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "python3 is not here";
  const fs::path out = fs::temp_directory_path() / ("alphacity_models_" + std::to_string(std::random_device{}()));
  const std::string command = "python3 " ALPHACITY_SOURCE_DIR "/tools/make_models.py --out " + out.string();
  ASSERT_EQ(std::system(command.c_str()), 0);
  const auto bytes = [](const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  size_t compared = 0;
  for (const auto& entry : fs::directory_iterator(out)) {
    EXPECT_TRUE(bytes(entry.path()) == bytes(kFolder / entry.path().filename())) << entry.path().filename() << ": run tools/make_models.py";
    ++compared;
  }
  EXPECT_EQ(compared, allNames().size() + 1);  // and models.toml
  fs::remove_all(out);
}

TEST(ModelLibrary, FillsTheScene) {
  scene::Scene scene;
  const auto start = std::chrono::steady_clock::now();
  const auto added = importing::loadModelLibrary(kFolder, scene);
  const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  ASSERT_TRUE(added.ok()) << added.error();
  EXPECT_TRUE(added.warnings.empty());
  EXPECT_EQ(static_cast<size_t>(*added), allNames().size());
  RecordProperty("milliseconds", std::to_string(ms));
  EXPECT_LT(ms, 1000);  // about 30 ms on two cores; the bound only catches a slow import step
  const scene::Model* taxi = scene.instances.model(scene.instances.findModel("taxi"));
  ASSERT_NE(taxi, nullptr);
  EXPECT_TRUE(taxi->moves && taxi->headlights && taxi->hasBlob && taxi->castsShadow);
  ASSERT_EQ(taxi->levels.size(), 5u);
  for (size_t i = 1; i < 5; ++i) EXPECT_LT(taxi->levels[i].minPixels, taxi->levels[i - 1].minPixels);
  EXPECT_TRUE(taxi->levels[3].lampsByNightOnly && taxi->levels[4].lampsByNightOnly);
  EXPECT_FALSE(taxi->levels[2].lampsByNightOnly);
  for (const scene::ModelLevel& level : taxi->levels) EXPECT_NE(scene.meshes.find(level.mesh), nullptr);
  const scene::Model* pin = scene.instances.model(scene.instances.findModel("mark_pin"));
  ASSERT_NE(pin, nullptr);
  EXPECT_TRUE(pin->alwaysVisible && !pin->castsShadow && !pin->moves);
  const scene::Model* oak = scene.instances.model(scene.instances.findModel("oak"));
  ASSERT_NE(oak, nullptr);
  EXPECT_NEAR(oak->height, 1.f, 0.01f);
  EXPECT_FALSE(oak->hasBlob);
}

TEST(ModelLibrary, SaysWhatIsMissing) {
  scene::Scene scene;
  const auto added = importing::loadModelLibrary("/nowhere/models", scene);
  ASSERT_FALSE(added.ok());
  EXPECT_NE(added.error().find("/nowhere/models/models.toml"), std::string::npos);
}

}  // namespace
