// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/device_pick.h"

#include <algorithm>
#include <cstring>

#include "engine/gpu/features.h"

namespace gpu {
namespace {

int rank(VkPhysicalDeviceType type) {
  switch (type) {
    case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU: return 4;
    case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU: return 3;
    case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU: return 2;
    case VK_PHYSICAL_DEVICE_TYPE_CPU: return 1;
    default: return 0;
  }
}

std::vector<std::string> reasonsAgainst(const DeviceFacts& d, const std::string& wanted) {
  std::vector<std::string> reasons;
  if (!wanted.empty() && d.name.find(wanted) == std::string::npos) reasons.push_back("not the device asked for");
  if (d.apiVersion < VK_API_VERSION_1_3) {
    reasons.push_back("Vulkan " + std::to_string(VK_API_VERSION_MAJOR(d.apiVersion)) + "." +
                      std::to_string(VK_API_VERSION_MINOR(d.apiVersion)) + ", needs 1.3");
  }
  if (d.graphicsQueue < 0) reasons.push_back("no queue for graphics and compute");
  else if (!d.canPresent) reasons.push_back("cannot show pictures in this window");
  for (const std::string& f : d.missingFeatures) reasons.push_back("lacks " + f);
  for (const std::string& e : d.missingExtensions) reasons.push_back("lacks " + e);
  return reasons;
}

int graphicsQueueOf(VkPhysicalDevice device) {
  uint32_t count = 0;
  vkGetPhysicalDeviceQueueFamilyProperties(device, &count, nullptr);
  std::vector<VkQueueFamilyProperties> families(count);
  vkGetPhysicalDeviceQueueFamilyProperties(device, &count, families.data());
  constexpr VkQueueFlags kNeeded = VK_QUEUE_GRAPHICS_BIT | VK_QUEUE_COMPUTE_BIT;
  for (uint32_t i = 0; i < count; ++i)
    if ((families[i].queueFlags & kNeeded) == kNeeded) return static_cast<int>(i);
  return -1;
}

bool hasExtension(VkPhysicalDevice device, const char* name) {
  uint32_t count = 0;
  vkEnumerateDeviceExtensionProperties(device, nullptr, &count, nullptr);
  std::vector<VkExtensionProperties> all(count);
  vkEnumerateDeviceExtensionProperties(device, nullptr, &count, all.data());
  return std::any_of(all.begin(), all.end(),
                     [&](const VkExtensionProperties& e) { return std::strcmp(e.extensionName, name) == 0; });
}

DeviceFacts describe(VkPhysicalDevice device, VkSurfaceKHR surface) {
  VkPhysicalDeviceProperties properties;
  vkGetPhysicalDeviceProperties(device, &properties);
  VkPhysicalDeviceMemoryProperties memory;
  vkGetPhysicalDeviceMemoryProperties(device, &memory);
  DeviceFacts facts;
  facts.name = properties.deviceName;
  facts.type = properties.deviceType;
  facts.apiVersion = properties.apiVersion;
  for (uint32_t i = 0; i < memory.memoryHeapCount; ++i)
    if (memory.memoryHeaps[i].flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT)
      facts.localMemory = std::max<uint64_t>(facts.localMemory, memory.memoryHeaps[i].size);
  facts.graphicsQueue = graphicsQueueOf(device);
  facts.canPresent = true;
  if (surface != VK_NULL_HANDLE) {
    if (!hasExtension(device, VK_KHR_SWAPCHAIN_EXTENSION_NAME))
      facts.missingExtensions.push_back(VK_KHR_SWAPCHAIN_EXTENSION_NAME);
    VkBool32 present = VK_FALSE;
    if (facts.graphicsQueue >= 0)
      vkGetPhysicalDeviceSurfaceSupportKHR(device, static_cast<uint32_t>(facts.graphicsQueue), surface, &present);
    facts.canPresent = present == VK_TRUE;
  }
  if (facts.apiVersion >= VK_API_VERSION_1_3) facts.missingFeatures = Features::missing(device);
  return facts;
}

}  // namespace

DeviceChoice pickDevice(std::span<const DeviceFacts> devices, const std::string& wanted) {
  DeviceChoice choice;
  for (size_t i = 0; i < devices.size(); ++i) {
    const DeviceFacts& d = devices[i];
    const std::vector<std::string> reasons = reasonsAgainst(d, wanted);
    if (!reasons.empty()) {
      std::string line = d.name + ": " + reasons.front();
      for (size_t r = 1; r < reasons.size(); ++r) line += ", " + reasons[r];
      choice.refused.push_back(std::move(line));
      continue;
    }
    const auto better = [&](const DeviceFacts& a, const DeviceFacts& b) {
      return rank(a.type) != rank(b.type) ? rank(a.type) > rank(b.type) : a.localMemory > b.localMemory;
    };
    if (choice.index < 0 || better(d, devices[static_cast<size_t>(choice.index)])) choice.index = static_cast<int>(i);
  }
  return choice;
}

std::vector<DeviceFacts> describeDevices(std::span<const VkPhysicalDevice> devices, VkSurfaceKHR surface) {
  std::vector<DeviceFacts> facts;
  for (const VkPhysicalDevice d : devices) facts.push_back(describe(d, surface));
  return facts;
}

}  // namespace gpu
