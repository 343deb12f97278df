// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/gpu/vk.h"

namespace gpu {

/// What the choice of a device depends on; filled from the driver, or by a test.
struct DeviceFacts {
  std::string name;
  VkPhysicalDeviceType type = VK_PHYSICAL_DEVICE_TYPE_OTHER;
  uint32_t apiVersion = 0;
  uint64_t localMemory = 0;                   ///< bytes of the largest device-local heap
  int graphicsQueue = -1;                     ///< family with graphics and compute, or -1
  bool canPresent = false;                    ///< that family presents to the surface; true without one
  std::vector<std::string> missingFeatures;   ///< required features that are absent, by name
  std::vector<std::string> missingExtensions;
};

struct DeviceChoice {
  int index = -1;                     ///< into the facts, -1: none fits
  std::vector<std::string> refused;   ///< one line per device that was not usable, with every reason
};

/// Discrete before integrated before virtual before CPU; then the larger memory; then the earlier one.
/// `wanted`, when not empty, keeps only devices whose name contains it.
DeviceChoice pickDevice(std::span<const DeviceFacts> devices, const std::string& wanted = {});

/// Asks the driver about every device. `surface` may be null.
std::vector<DeviceFacts> describeDevices(std::span<const VkPhysicalDevice> devices, VkSurfaceKHR surface);

}  // namespace gpu
