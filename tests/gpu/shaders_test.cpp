// SPDX-License-Identifier: Apache-2.0
// Every shader of the tree is compiled and passes the validator.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include "engine/gpu/shader.h"

namespace {

namespace fs = std::filesystem;

TEST(Shaders, EverySourceIsCompiled) {
  std::set<std::string> sources;
  for (const fs::directory_entry& e : fs::directory_iterator(ALPHACITY_SOURCE_DIR "/shaders")) {
    const std::string ext = e.path().extension().string();
    if (ext == ".vert" || ext == ".frag" || ext == ".comp") sources.insert(e.path().filename().string());
  }
  EXPECT_GE(sources.size(), 15u);
  for (const std::string& name : sources) {
    const base::Result<std::vector<uint32_t>> words = gpu::loadShader(name);
    EXPECT_TRUE(words.ok()) << words.error();
  }
}

TEST(Shaders, EveryOnePassesTheValidator) {
  if (!fs::exists("/usr/bin/spirv-val")) GTEST_SKIP() << "spirv-val is not installed (package spirv-tools)";
  int checked = 0;
  for (const fs::directory_entry& e : fs::directory_iterator(gpu::shaderFolder())) {
    if (e.path().extension() != ".spv") continue;
    const std::string command = "/usr/bin/spirv-val --target-env vulkan1.3 --scalar-block-layout '" + e.path().string() + "'";
    EXPECT_EQ(std::system(command.c_str()), 0) << e.path();
    ++checked;
  }
  EXPECT_GE(checked, 15);
}

TEST(Shaders, ReportWhatIsMissing) {
  const base::Result<std::vector<uint32_t>> absent = gpu::loadShader("no-such.vert");
  ASSERT_FALSE(absent.ok());
  EXPECT_NE(absent.error().find("no-such.vert.spv"), std::string::npos);
  EXPECT_NE(absent.error().find("ALPHACITY_SHADERS"), std::string::npos);
}

}  // namespace
