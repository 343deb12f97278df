// SPDX-License-Identifier: Apache-2.0
// A renderer and a target to draw into, for tests that look at pictures.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/render/renderer.h"
#include "tests/gpu/small_scene.h"
#include "tests/support/gpu_fixture.h"
#include "tests/support/png.h"

using render::Quality;

class PictureTest : public support::GpuTest {
 protected:
  static constexpr uint32_t kWidth = 480;
  static constexpr uint32_t kHeight = 270;

  void SetUp() override {
    support::GpuTest::SetUp();
    if (IsSkipped()) return;
    remakeRenderer();
    resizeTarget(kWidth, kHeight);
  }

  void TearDown() override {
    renderer_.reset();
    offscreen_ = {};
    support::GpuTest::TearDown();
  }

  /// One renderer per scene.
  void remakeRenderer() {
    base::Result<std::unique_ptr<render::Renderer>> made = render::Renderer::create(device(), {});
    ASSERT_TRUE(made.ok()) << made.error();
    renderer_ = std::move(*made);
  }

  void resizeTarget(uint32_t width, uint32_t height) {
    base::Result<gpu::Offscreen> made = gpu::Offscreen::create(device(), {width, height});
    ASSERT_TRUE(made.ok()) << made.error();
    offscreen_ = std::move(*made);
  }

  /// What was drawn; kept as NAME.png in the build folder when KEEP_PICTURES is set.
  support::Picture picture(const std::string& name = {}) {
    base::Result<std::vector<uint8_t>> pixels = offscreen_.read();
    EXPECT_TRUE(pixels.ok());
    support::Picture p{offscreen_.extent().width, offscreen_.extent().height, std::move(*pixels)};
    if (!name.empty() && std::getenv("KEEP_PICTURES") != nullptr)
      support::writePng(std::string(ALPHACITY_BINARY_DIR) + "/" + name + ".png", p);
    return p;
  }

  std::unique_ptr<render::Renderer> renderer_;
  gpu::Offscreen offscreen_;
};

/// Pictures of the small scene.
class Render : public PictureTest {
 protected:
  void SetUp() override {
    PictureTest::SetUp();
    if (IsSkipped()) return;
    s_ = small::makeSmallScene();
    views_ = {small::overview(kWidth, kHeight)};
  }

  render::FrameReport draw(Quality quality = Quality::Low) {
    render::FrameInput in{s_.scene, views_, {}, timeMs_, offscreen_.target(), quality, pick_};
    in.wait = wait_;
    in.constantShading = constant_;
    in.renderScale = scale_;
    render::FrameReport report = renderer_->render(in);
    EXPECT_TRUE(report.drawn) << report.error;
    return report;
  }

  std::vector<uint32_t> ids() {
    base::Result<std::vector<uint32_t>> ids = renderer_->readIds();
    EXPECT_TRUE(ids.ok());
    return *ids;
  }

  small::SmallScene s_;
  std::vector<scene::View> views_;
  uint32_t timeMs_ = 2000;
  std::optional<render::PixelPosition> pick_;
  bool wait_ = true;
  bool constant_ = false;
  float scale_ = 0;
};

inline size_t countOf(const std::vector<uint32_t>& ids, uint32_t id) {
  return static_cast<size_t>(std::count(ids.begin(), ids.end(), id));
}

inline double lightness(const support::Picture& p, uint32_t x, uint32_t y) {
  double sum = 0;
  for (uint32_t dy = 0; dy < 3; ++dy)
    for (uint32_t dx = 0; dx < 3; ++dx)
      for (int c = 0; c < 3; ++c) sum += p.at(x + dx - 1, y + dy - 1)[c];
  return sum / 27.0;
}
