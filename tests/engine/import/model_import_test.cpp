// SPDX-License-Identifier: Apache-2.0
#include "engine/import/model_import.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("alphacity_import_" + std::to_string(std::random_device{}()))) {
    fs::create_directories(path_ / "in");
  }
  ~Folder() { fs::remove_all(path_); }
  fs::path write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return path_ / name;
  }

 private:
  fs::path path_;
};

std::string readAll(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void expectUsable(const std::vector<importing::ImportedModel>& models) {
  ASSERT_FALSE(models.empty());
  for (const auto& model : models) {
    ASSERT_TRUE(std::isfinite(model.radius));
    for (const scene::Mesh& mesh : model.levels) {
      for (const uint32_t index : mesh.indices) ASSERT_LT(index, mesh.vertices.size());
      for (const scene::Vertex& v : mesh.vertices) {
        ASSERT_TRUE(std::isfinite(v.position.x) && std::isfinite(v.position.y) && std::isfinite(v.position.z));
      }
    }
  }
}

TEST(ModelImport, RefusesInOneLineThatNamesTheFile) {
  Folder folder;
  const std::vector<fs::path> refused{folder.write("a.exe", "x"), folder.write("empty.glb", ""), folder.write("junk.glb", "not a model"),
                                      folder.write("junk.gltf", "{\"asset\":"), folder.write("none.obj", "# nothing\n"),
                                      "/nowhere/at/all.glb"};
  for (const fs::path& file : refused) {
    const auto models = importing::importModels(file);
    ASSERT_FALSE(models.ok()) << file;
    EXPECT_EQ(models.error().find(file.string()), 0u) << models.error();
    EXPECT_EQ(models.error().find('\n'), std::string::npos);
  }
}

TEST(ModelImport, RefusesAFileAboveTheSizeLimitUnread) {
  Folder folder;
  const fs::path file = folder.write("big.glb", "glTF");
  fs::resize_file(file, 201ull << 20);  // sparse
  const auto models = importing::importModels(file);
  ASSERT_FALSE(models.ok());
  EXPECT_NE(models.error().find("200 MB"), std::string::npos);
}

TEST(ModelImport, ReadsObjWithoutNormalsAndTurnsItsAxes) {
  Folder folder;
  const fs::path file = folder.write("tri.obj", "v 0 0 0\nv 1 0 0\nv 0 2 0\nv 0 0 3\nf 1 2 3\nf 1 3 4\n");
  const auto models = importing::importModels(file);
  ASSERT_TRUE(models.ok()) << models.error();
  expectUsable(*models);
  const scene::Mesh& mesh = models->front().levels.front();
  EXPECT_EQ(models->front().name, "tri");
  EXPECT_EQ(mesh.indices.size(), 6u);
  EXPECT_EQ(mesh.bounds.high, glm::vec3(3, 1, 2));  // obj z, x, y
}

TEST(ModelImport, DoesNotReachOutsideItsFolder) {
  Folder folder;
  const std::string triangle(36, '\0');
  folder.write("outside.bin", triangle);
  folder.write("in/inside.bin", triangle);
  const auto gltf = [](const std::string& uri) {
    return R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],)"
           R"("accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"}],"bufferViews":[{"buffer":0,"byteLength":36}],)"
           R"("buffers":[{"byteLength":36,"uri":")" + uri + "\"}]}";
  };
  const auto inside = importing::importModels(folder.write("in/good.gltf", gltf("inside.bin")));
  EXPECT_TRUE(inside.ok()) << inside.error();
  for (const char* uri : {"../outside.bin", "/etc/passwd", "..%2Foutside.bin"}) {
    EXPECT_FALSE(importing::importModels(folder.write("in/bad.gltf", gltf(uri))).ok()) << uri;
  }
}

TEST(ModelImport, SurvivesDamagedCopiesOfItsOwnModels) {
  const std::string good = readAll(fs::path(ALPHACITY_SOURCE_DIR) / "assets" / "models" / "mark_pin.glb");
  ASSERT_FALSE(good.empty());
  Folder folder;
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    std::string bytes = good;
    if (round % 3 == 0) bytes.resize(random() % bytes.size());
    for (uint32_t k = 0; k < 1 + random() % 6 && !bytes.empty(); ++k) bytes[random() % bytes.size()] = static_cast<char>(random());
    const auto models = importing::importModels(folder.write("damaged.glb", bytes));
    if (models.ok()) expectUsable(*models);
  }
}

TEST(ModelImport, RefusesWhatWouldBringTheReaderDown) {
  Folder folder;
  std::string nodes;
  for (int i = 1; i <= 20'000; ++i) nodes += "{\"children\":[" + std::to_string(i) + "]},";
  const std::string head = R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[)";
  std::string collada = "<?xml version=\"1.0\"?><COLLADA version=\"1.4.1\">";
  for (int i = 0; i < 100'000; ++i) collada += "<node>";
  const std::vector<std::pair<std::string, std::string>> bombs{
      {"chain.gltf", head + nodes + "{}]}"},
      {"loop.gltf", head + R"({"children":[1]},{"children":[0]}]})"},
      {"shared.gltf", head + R"({"children":[1,1]},{}]})"},
      {"brackets.gltf", R"({"asset":{"version":"2.0"},"extras":)" + std::string(200'000, '[') + "}"},
      {"old.gltf", R"({"asset":{"version":"1.0"},"nodes":{}})"},
      {"count.gltf", R"({"asset":{"version":"2.0"},"accessors":[{"count":900000000,"type":"VEC3","componentType":5126}]})"},
      {"packed.gltf", R"({"asset":{"version":"2.0"},"extensionsRequired":["EXT_meshopt_compression"]})"},
      {"deep.dae", collada}};
  for (const auto& [name, text] : bombs) {
    const auto models = importing::importModels(folder.write(name, text));
    ASSERT_FALSE(models.ok()) << name;
    EXPECT_LT(models.error().size(), 500u);
  }
}

class Collected : public testing::TestWithParam<const char*> {};

TEST_P(Collected, EndInAResultNeverInACrash) {
  const fs::path root = fs::path(ALPHACITY_SOURCE_DIR) / ".." / "shared" / "data" / GetParam();
  if (!fs::exists(root)) GTEST_SKIP() << root << " is not here";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string ending = entry.path().extension().string();
    if (ending == ".gltf" || ending == ".glb") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  ASSERT_FALSE(files.empty());
  const size_t step = std::max<size_t>(1, files.size() / 150);
  size_t good = 0;
  size_t tried = 0;
  for (size_t i = 0; i < files.size(); i += step) {
    std::fprintf(stderr, "%s\n", files[i].c_str());  // names the culprit should one ever end the program
    const auto models = importing::importModels(files[i]);
    ++tried;
    good += models.ok();
    if (models.ok()) {
      expectUsable(*models);
    } else {
      EXPECT_FALSE(models.error().empty());
    }
  }
  std::printf("%zu of %zu files read\n", good, tried);
}

INSTANTIATE_TEST_SUITE_P(Suites, Collected, testing::Values("gltf_validator_suite", "gltf_models_a"));

}  // namespace
