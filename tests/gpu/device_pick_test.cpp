// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/device_pick.h"

#include <gtest/gtest.h>

namespace {

gpu::DeviceFacts facts(const char* name, VkPhysicalDeviceType type, uint64_t memory = 1) {
  gpu::DeviceFacts f;
  f.name = name;
  f.type = type;
  f.apiVersion = VK_API_VERSION_1_3;
  f.localMemory = memory;
  f.graphicsQueue = 0;
  f.canPresent = true;
  return f;
}

TEST(DevicePick, PrefersDiscreteThenIntegratedThenVirtualThenCpu) {
  std::vector<gpu::DeviceFacts> all{facts("cpu", VK_PHYSICAL_DEVICE_TYPE_CPU, 99), facts("virtual", VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU),
                                    facts("integrated", VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU, 50),
                                    facts("discrete", VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU)};
  while (!all.empty()) {
    EXPECT_EQ(gpu::pickDevice(all).index, static_cast<int>(all.size()) - 1) << all.back().name;
    all.pop_back();
  }
}

TEST(DevicePick, TakesTheLargerMemoryAndThenTheEarlier) {
  const std::vector<gpu::DeviceFacts> all{facts("a", VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU, 8), facts("b", VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU, 24),
                                          facts("c", VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU, 24)};
  EXPECT_EQ(gpu::pickDevice(all).index, 1);
}

TEST(DevicePick, SaysEveryReasonOfEveryRefusal) {
  std::vector<gpu::DeviceFacts> all{facts("old", VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU), facts("headless", VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU)};
  all[0].apiVersion = VK_API_VERSION_1_1;
  all[0].missingFeatures = {"dynamicRendering", "synchronization2"};
  all[1].canPresent = false;
  const gpu::DeviceChoice choice = gpu::pickDevice(all);
  EXPECT_EQ(choice.index, -1);
  ASSERT_EQ(choice.refused.size(), 2u);
  EXPECT_EQ(choice.refused[0], "old: Vulkan 1.1, needs 1.3, lacks dynamicRendering, lacks synchronization2");
  EXPECT_EQ(choice.refused[1], "headless: cannot show pictures in this window");
}

TEST(DevicePick, KeepsOnlyTheOneAskedFor) {
  const std::vector<gpu::DeviceFacts> all{facts("big card", VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU), facts("llvmpipe", VK_PHYSICAL_DEVICE_TYPE_CPU)};
  EXPECT_EQ(gpu::pickDevice(all, "llvm").index, 1);
  EXPECT_EQ(gpu::pickDevice(all, "absent").index, -1);
  EXPECT_EQ(gpu::pickDevice({}).index, -1);
}

}  // namespace
