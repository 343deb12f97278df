// SPDX-License-Identifier: Apache-2.0
// A device for the tests of one program, made once, with validation and synchronisation validation on.
// Header only: a test that includes it links engine_gpu.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "engine/gpu/device.h"
#include "engine/gpu/offscreen.h"

namespace support {

/// The instance and device that all tests of the program share. At its end, objects that are still
/// alive and messages that came while everything was destroyed fail the program.
class SharedGpu final : public ::testing::Environment {
 public:
  static SharedGpu& get() {
    static SharedGpu* const shared = [] {
      auto* made = new SharedGpu;
      ::testing::AddGlobalTestEnvironment(made);
      return made;
    }();
    return *shared;
  }

  void SetUp() override {
    base::Result<gpu::Instance> instance = gpu::Instance::create({true, {}});
    ASSERT_TRUE(instance.ok()) << instance.error();
    log_ = instance->validation();
    ASSERT_TRUE(log_) << "the validation layers are needed: package vulkan-validationlayers";
    instance_ = std::make_unique<gpu::Instance>(std::move(*instance));
    base::Result<std::unique_ptr<gpu::Device>> device = gpu::Device::create(*instance_, {});
    ASSERT_TRUE(device.ok()) << device.error();
    device_ = std::move(*device);
  }

  void TearDown() override {
    if (device_) {
      EXPECT_EQ(device_->liveObjects(), 0) << "objects outlive the tests";
      device_->waitIdle();
      device_->collect(true);
      EXPECT_EQ(device_->memory().use().allocations, 0u);
    }
    device_.reset();
    instance_.reset();
    if (log_) {
      EXPECT_EQ(log_->count(), seen_) << lastMessage();
    }
  }

  gpu::Device* device() const { return device_.get(); }
  const gpu::Instance& instance() const { return *instance_; }
  uint64_t messages() const { return log_ ? log_->count() : 0; }
  void acknowledge() { seen_ = messages(); }
  std::string lastMessage() const { return log_ && !log_->messages().empty() ? log_->messages().back() : ""; }

 private:
  std::unique_ptr<gpu::Instance> instance_;
  std::unique_ptr<gpu::Device> device_;
  std::shared_ptr<gpu::ValidationLog> log_;
  uint64_t seen_ = 0;
};

inline SharedGpu& sharedGpu = SharedGpu::get();

/// Base of tests that draw: any validation message, and any object left over, fails the test.
class GpuTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (sharedGpu.device() == nullptr) GTEST_SKIP() << "no Vulkan device";
    messagesBefore_ = sharedGpu.messages();
    objectsBefore_ = device().liveObjects();
  }

  void TearDown() override {
    if (sharedGpu.device() == nullptr) return;
    device().waitIdle();
    EXPECT_EQ(sharedGpu.messages(), messagesBefore_) << sharedGpu.lastMessage();
    EXPECT_EQ(device().liveObjects(), objectsBefore_) << "objects outlive the test";
    EXPECT_FALSE(device().lost());
    sharedGpu.acknowledge();
  }

  static gpu::Device& device() { return *sharedGpu.device(); }

 private:
  uint64_t messagesBefore_ = 0;
  int64_t objectsBefore_ = 0;
};

}  // namespace support
