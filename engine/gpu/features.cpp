// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/features.h"

namespace gpu {
namespace {

struct Named {
  const char* name;
  VkBool32* flag;
};

std::vector<Named> required(Features& f) {
  return {
      {"dynamicRendering", &f.v13.dynamicRendering},
      {"synchronization2", &f.v13.synchronization2},
      {"maintenance4", &f.v13.maintenance4},
      {"timelineSemaphore", &f.v12.timelineSemaphore},
      {"scalarBlockLayout", &f.v12.scalarBlockLayout},
      {"independentBlend", &f.core.features.independentBlend},
      {"drawIndirectFirstInstance", &f.core.features.drawIndirectFirstInstance},
  };
}

std::vector<Named> optional(Features& f) {
  return {
      {"bufferDeviceAddress", &f.v12.bufferDeviceAddress},
      {"drawIndirectCount", &f.v12.drawIndirectCount},
      {"hostQueryReset", &f.v12.hostQueryReset},
      {"shaderDrawParameters", &f.v11.shaderDrawParameters},
      {"multiDrawIndirect", &f.core.features.multiDrawIndirect},
      {"samplerAnisotropy", &f.core.features.samplerAnisotropy},
      {"depthClamp", &f.core.features.depthClamp},
      {"fillModeNonSolid", &f.core.features.fillModeNonSolid},
  };
}

}  // namespace

Features::Features() {
  core.pNext = &v11;
  v11.pNext = &v12;
  v12.pNext = &v13;
}

std::vector<std::string> Features::missing(VkPhysicalDevice device) {
  Features has;
  vkGetPhysicalDeviceFeatures2(device, &has.core);
  std::vector<std::string> names;
  for (const Named& n : required(has))
    if (*n.flag == VK_FALSE) names.push_back(n.name);
  return names;
}

void Features::enable(VkPhysicalDevice device, Features& out) {
  Features has;
  vkGetPhysicalDeviceFeatures2(device, &has.core);
  for (const Named& n : required(out)) *n.flag = VK_TRUE;
  const std::vector<Named> wanted = optional(out);
  const std::vector<Named> present = optional(has);
  for (size_t i = 0; i < wanted.size(); ++i) *wanted[i].flag = *present[i].flag;
}

}  // namespace gpu
