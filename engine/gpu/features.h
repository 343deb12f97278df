// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/gpu/vk.h"

namespace gpu {

/// The chain of feature structures, wired up; not copyable since the structures point at each other.
struct Features {
  VkPhysicalDeviceFeatures2 core{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2};
  VkPhysicalDeviceVulkan11Features v11{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES};
  VkPhysicalDeviceVulkan12Features v12{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES};
  VkPhysicalDeviceVulkan13Features v13{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES};

  Features();
  Features(const Features&) = delete;
  Features& operator=(const Features&) = delete;

  /// Names of the required features that the device lacks.
  static std::vector<std::string> missing(VkPhysicalDevice device);
  /// Switches on every required feature, and the optional ones that the device has.
  static void enable(VkPhysicalDevice device, Features& out);
};

}  // namespace gpu
