// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/shader.h"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

namespace gpu {

std::filesystem::path shaderFolder() {
  const char* env = std::getenv("ALPHACITY_SHADERS");
  if (env != nullptr && *env != '\0') return env;
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  std::filesystem::path folder = self.parent_path() / "shaders";
  // Tests live one folder below the program.
  if (!std::filesystem::is_directory(folder, error)) folder = self.parent_path().parent_path() / "shaders";
  return folder;
}

base::Result<std::vector<uint32_t>> loadShader(const std::string& name) {
  const std::filesystem::path path = shaderFolder() / (name + ".spv");
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::Error{"no shader " + path.string() + ": build it, or set ALPHACITY_SHADERS to its folder"};
  const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
  constexpr uint32_t kMagic = 0x07230203;
  std::vector<uint32_t> words(bytes.size() / 4);
  std::memcpy(words.data(), bytes.data(), words.size() * 4);
  if (words.size() < 5 || bytes.size() % 4 != 0 || words[0] != kMagic)
    return base::Error{path.string() + " is not SPIR-V: build the shaders again"};
  return words;
}

}  // namespace gpu
