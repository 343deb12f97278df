// SPDX-License-Identifier: Apache-2.0
// The picture in a window: sizes that change, windows without area, an end at any moment; the
// validation layers must stay silent.
#include "engine/gpu/swapchain.h"

#include <gtest/gtest.h>

#include "engine/base/hash.h"
#include "engine/platform/window.h"
#include "engine/render/renderer.h"
#include "tests/gpu/small_scene.h"
#include "tests/support/xvfb.h"

namespace {

class SwapchainTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!display_.running()) GTEST_SKIP() << "Xvfb is not installed";
    auto window = platform::Window::create({.title = "swapchain", .width = 200, .height = 120});
    ASSERT_TRUE(window.ok()) << window.error();
    window_ = std::move(*window);
    auto instance = gpu::Instance::create({true, platform::Window::requiredInstanceExtensions()});
    ASSERT_TRUE(instance.ok()) << instance.error();
    log_ = instance->validation();
    instance_ = std::make_unique<gpu::Instance>(std::move(*instance));
    auto surface = window_->createSurface(instance_->handle());
    ASSERT_TRUE(surface.ok()) << surface.error();
    auto device = gpu::Device::create(*instance_, {.surface = reinterpret_cast<VkSurfaceKHR>(*surface)});
    ASSERT_TRUE(device.ok()) << device.error();
    device_ = std::move(*device);
    auto swapchain = gpu::Swapchain::create(*device_, reinterpret_cast<VkSurfaceKHR>(*surface), true);
    ASSERT_TRUE(swapchain.ok()) << swapchain.error();
    swapchain_ = std::move(*swapchain);
    auto renderer = render::Renderer::create(*device_, {.targetFormat = swapchain_->format()});
    ASSERT_TRUE(renderer.ok()) << renderer.error();
    renderer_ = std::move(*renderer);
  }

  void TearDown() override {
    renderer_.reset();
    swapchain_.reset();
    if (device_) {
      EXPECT_EQ(device_->liveObjects(), 0);
    }
    device_.reset();
    instance_.reset();
    if (log_) {
      EXPECT_EQ(log_->count(), 0u) << (log_->messages().empty() ? "" : log_->messages().front());
    }
  }

  /// One frame as the program makes it. False when there was nothing to draw into.
  bool frame(VkExtent2D framebuffer) {
    const std::optional<gpu::Target> target = swapchain_->acquire(framebuffer);
    if (!target) return false;
    const scene::View view = small::overview(target->extent.width, target->extent.height);
    render::FrameInput in{s_.scene, std::span(&view, 1), {}, time_ += 16, *target};
    const render::FrameReport report = renderer_->render(in);
    EXPECT_TRUE(report.drawn) << report.error;
    swapchain_->present();
    return true;
  }

  support::Xvfb display_{640, 480};
  std::unique_ptr<platform::Window> window_;
  std::shared_ptr<gpu::ValidationLog> log_;
  std::unique_ptr<gpu::Instance> instance_;
  std::unique_ptr<gpu::Device> device_;
  std::unique_ptr<gpu::Swapchain> swapchain_;
  std::unique_ptr<render::Renderer> renderer_;
  small::SmallScene s_ = small::makeSmallScene();
  uint32_t time_ = 0;
};

VkExtent2D extentOf(const platform::Input& in) { return {in.framebuffer.width, in.framebuffer.height}; }

TEST_F(SwapchainTest, ShowsFramesAndFollowsTheWindow) {
  int shown = 0;
  for (int i = 0; i < 40; ++i) {
    if (i % 10 == 5) window_->setFullScreen(!window_->fullScreen());
    shown += frame(extentOf(window_->poll()));
  }
  EXPECT_GT(shown, 30);
  EXPECT_GE(swapchain_->generation(), 3u);
  EXPECT_FALSE(swapchain_->surfaceLost());
}

TEST_F(SwapchainTest, SkipsAWindowWithoutArea) {
  EXPECT_TRUE(frame(extentOf(window_->poll())));
  EXPECT_FALSE(frame({0, 0}));
  EXPECT_FALSE(frame({0, 20}));
  EXPECT_TRUE(frame(extentOf(window_->poll())));
}

TEST_F(SwapchainTest, GivesAnImageBackUnshown) {
  for (int i = 0; i < 6; ++i) {
    const std::optional<gpu::Target> target = swapchain_->acquire(extentOf(window_->poll()));
    ASSERT_TRUE(target.has_value());
    swapchain_->discard();
    EXPECT_TRUE(frame(extentOf(window_->poll())));
  }
}

TEST_F(SwapchainTest, ReportsPicksAFewFramesLater) {
  const platform::Input in = window_->poll();
  bool reported = false;
  for (int i = 0; i < 6 && !reported; ++i) {
    const std::optional<gpu::Target> target = swapchain_->acquire(extentOf(in));
    ASSERT_TRUE(target.has_value());
    const scene::View view = small::overview(target->extent.width, target->extent.height);
    render::FrameInput input{s_.scene, std::span(&view, 1), {}, 0, *target};
    input.pick = render::PixelPosition{static_cast<int32_t>(target->extent.width / 2), static_cast<int32_t>(target->extent.height - 4)};
    const render::FrameReport report = renderer_->render(input);
    swapchain_->present();
    if (i < 2) {
      EXPECT_FALSE(report.pick.has_value()) << "the device is still at it";
    }
    if (report.pick) {
      reported = true;
      EXPECT_EQ(report.pick->id, 1u) << "the ground";
      EXPECT_NEAR(report.pick->position.z, 0, 0.5);
    }
  }
  EXPECT_TRUE(reported);
}

}  // namespace
