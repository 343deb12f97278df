// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/device.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstring>

#include "engine/gpu/buffer.h"
#include "engine/gpu/growing_buffer.h"
#include "engine/gpu/readback.h"
#include "engine/render/renderer.h"
#include "tests/gpu/small_scene.h"
#include "tests/support/gpu_fixture.h"

namespace {

class DeviceTest : public support::GpuTest {};

gpu::BufferDesc deviceBuffer(VkDeviceSize size) {
  return {size, VK_BUFFER_USAGE_TRANSFER_SRC_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT, gpu::MemoryKind::Device, "test"};
}

TEST_F(DeviceTest, FreesADestroyedBufferOnceTheWorkThatUsesItHasPassed) {
  device().collect(true);
  const uint64_t before = device().memory().use().allocations;
  {
    const base::Result<gpu::Buffer> buffer = gpu::Buffer::create(device(), deviceBuffer(1 << 20));
    ASSERT_TRUE(buffer.ok());
    EXPECT_EQ(device().memory().use().allocations, before + 1);
  }
  device().collect();
  EXPECT_EQ(device().memory().use().allocations, before + 1) << "the next submission may still use it";
  ASSERT_TRUE(device().immediate([](VkCommandBuffer) {}).ok());
  device().collect();
  EXPECT_EQ(device().memory().use().allocations, before);
}

TEST_F(DeviceTest, MovesBuffersWithoutFreeingThem) {
  const int64_t before = device().liveObjects();
  base::Result<gpu::Buffer> made = gpu::Buffer::create(device(), deviceBuffer(64));
  ASSERT_TRUE(made.ok());
  gpu::Buffer a = std::move(*made);
  gpu::Buffer b = std::move(a);
  EXPECT_EQ(device().liveObjects(), before + 1);
  EXPECT_TRUE(static_cast<bool>(b));
  b = {};
  EXPECT_EQ(device().liveObjects(), before);
}

TEST_F(DeviceTest, UploadMemoryFollowsTheNeed) {
  base::Result<gpu::UploadArena> arena = gpu::UploadArena::create(device(), 1 << 16);
  ASSERT_TRUE(arena.ok());
  const auto frame = [&](VkDeviceSize bytes) {
    for (VkDeviceSize done = 0; done < bytes; done += 1 << 14) EXPECT_NE(arena->allocate(1 << 14).data, nullptr);
    const VkDeviceSize held = arena->capacity();
    arena->reset();
    return held;
  };
  EXPECT_EQ(frame(1 << 15), 1u << 16);
  EXPECT_GE(frame(8 << 20), 8u << 20);  // a city is loaded
  EXPECT_EQ(frame(1 << 15), 1u << 16);
  frame(1 << 20);
  frame(1 << 20);
  const VkDeviceSize steady = arena->capacity();
  EXPECT_GE(steady, 1u << 20);
  EXPECT_EQ(frame(1 << 20), steady);  // made once, not every frame
}

TEST_F(DeviceTest, GrowingBuffersKeepTheirContents) {
  base::Result<gpu::UploadArena> arena = gpu::UploadArena::create(device(), 256);
  base::Result<gpu::GrowingBuffer> buffer = gpu::GrowingBuffer::create(device(), VK_BUFFER_USAGE_STORAGE_BUFFER_BIT, 64, "grows");
  base::Result<gpu::Buffer> back = gpu::Buffer::create(device(), {4096, VK_BUFFER_USAGE_TRANSFER_DST_BIT, gpu::MemoryKind::Readback, "back"});
  ASSERT_TRUE(arena.ok() && buffer.ok() && back.ok());
  std::vector<uint32_t> first(16), rest(1000);
  for (uint32_t i = 0; i < 16; ++i) first[i] = i;
  for (uint32_t i = 0; i < 1000; ++i) rest[i] = 16 + i;
  const base::Status done = device().immediate([&](VkCommandBuffer c) {
    EXPECT_TRUE(arena->copyTo(c, buffer->handle(), 0, gpu::bytesOf(first)));
    EXPECT_TRUE(buffer->ensure(c, 1016 * 4).ok());
    // Larger than the arena's first block: it grows as well.
    EXPECT_TRUE(arena->copyTo(c, buffer->handle(), 64, gpu::bytesOf(rest)));
    VkMemoryBarrier2 all{VK_STRUCTURE_TYPE_MEMORY_BARRIER_2, nullptr, VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT, VK_ACCESS_2_MEMORY_WRITE_BIT,
                         VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT, VK_ACCESS_2_MEMORY_READ_BIT | VK_ACCESS_2_MEMORY_WRITE_BIT};
    VkDependencyInfo dependency{VK_STRUCTURE_TYPE_DEPENDENCY_INFO};
    dependency.memoryBarrierCount = 1;
    dependency.pMemoryBarriers = &all;
    vkCmdPipelineBarrier2(c, &dependency);
    const VkBufferCopy copy{0, 0, 1016 * 4};
    vkCmdCopyBuffer(c, buffer->handle(), back->handle(), 1, &copy);
    vkCmdPipelineBarrier2(c, &dependency);
    arena->flush();
  });
  ASSERT_TRUE(done.ok()) << done.error();
  back->invalidate();
  std::vector<uint32_t> got(1016);
  std::memcpy(got.data(), back->mapped(), got.size() * 4);
  for (uint32_t i = 0; i < 1016; ++i) ASSERT_EQ(got[i], i);
}

TEST_F(DeviceTest, ReportsWhatMemoryWasWantedFor) {
  const base::Result<gpu::Buffer> huge = gpu::Buffer::create(
      device(), {VkDeviceSize{1} << 50, VK_BUFFER_USAGE_TRANSFER_DST_BIT, gpu::MemoryKind::Device, "something huge"});
  ASSERT_FALSE(huge.ok());
  EXPECT_NE(huge.error().find("something huge"), std::string::npos) << huge.error();
  support::sharedGpu.acknowledge();
}

TEST(DeviceLost, EndsWithoutWaitingOrDestroying) {
  base::Result<gpu::Instance> instance = gpu::Instance::create({});
  ASSERT_TRUE(instance.ok());
  base::Result<std::unique_ptr<gpu::Device>> device = gpu::Device::create(*instance, {});
  ASSERT_TRUE(device.ok());
  const auto start = std::chrono::steady_clock::now();
  {
    base::Result<std::unique_ptr<render::Renderer>> renderer = render::Renderer::create(**device, {});
    ASSERT_TRUE(renderer.ok());
    base::Result<gpu::Offscreen> offscreen = gpu::Offscreen::create(**device, {64, 64});
    ASSERT_TRUE(offscreen.ok());
    small::SmallScene s = small::makeSmallScene();
    const scene::View view = small::overview(64, 64);
    const render::FrameInput in{s.scene, std::span(&view, 1), {}, 0, offscreen->target()};
    EXPECT_TRUE((*renderer)->render(in).drawn);
    (*device)->waitIdle();
    (*device)->note(VK_ERROR_DEVICE_LOST);
    const render::FrameReport report = (*renderer)->render(in);
    EXPECT_FALSE(report.drawn);
    EXPECT_TRUE(report.deviceLost);
    EXPECT_FALSE(report.error.empty());
    EXPECT_FALSE(offscreen->read().ok());
  }
  device->reset();
  EXPECT_TRUE(*instance->abandoned());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

}  // namespace
