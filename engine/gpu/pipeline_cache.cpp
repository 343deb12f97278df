// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/pipeline_cache.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace gpu {
namespace {

std::filesystem::path cacheFile(VkPhysicalDevice physical) {
  VkPhysicalDeviceProperties p;
  vkGetPhysicalDeviceProperties(physical, &p);
  const char* xdg = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  std::filesystem::path folder;
  if (xdg != nullptr && *xdg != '\0') folder = xdg;
  else if (home != nullptr && *home != '\0') folder = std::filesystem::path(home) / ".cache";
  else return {};
  std::string name = "pipelines-";
  constexpr char kHex[] = "0123456789abcdef";
  for (const uint8_t byte : p.pipelineCacheUUID) {
    name += kHex[byte >> 4];
    name += kHex[byte & 15];
  }
  return folder / "alphacity" / name;
}

}  // namespace

VkPipelineCache loadPipelineCache(VkPhysicalDevice physical, VkDevice device) {
  std::vector<char> data;
  const std::filesystem::path path = cacheFile(physical);
  if (!path.empty()) {
    std::ifstream file(path, std::ios::binary);
    data.assign(std::istreambuf_iterator<char>(file), {});
  }
  VkPipelineCacheCreateInfo info{VK_STRUCTURE_TYPE_PIPELINE_CACHE_CREATE_INFO};
  info.initialDataSize = data.size();
  info.pInitialData = data.data();
  VkPipelineCache cache = VK_NULL_HANDLE;
  if (vkCreatePipelineCache(device, &info, nullptr, &cache) == VK_SUCCESS) return cache;
  info.initialDataSize = 0;
  vkCreatePipelineCache(device, &info, nullptr, &cache);
  return cache;
}

void savePipelineCache(VkPhysicalDevice physical, VkDevice device, VkPipelineCache cache) {
  const std::filesystem::path path = cacheFile(physical);
  if (path.empty() || cache == VK_NULL_HANDLE) return;
  size_t size = 0;
  if (vkGetPipelineCacheData(device, cache, &size, nullptr) != VK_SUCCESS || size == 0) return;
  std::vector<char> data(size);
  if (vkGetPipelineCacheData(device, cache, &size, data.data()) != VK_SUCCESS) return;
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  if (std::filesystem::file_size(path, error) == size && !error) return;  // nothing new was compiled
  const std::filesystem::path temporary = path.string() + "." + std::to_string(getpid());
  {
    std::ofstream file(temporary, std::ios::binary);
    if (!file.write(data.data(), static_cast<std::streamsize>(size))) return;
  }
  std::filesystem::rename(temporary, path, error);
}

}  // namespace gpu
