// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "engine/render/renderer.h"
#include "tests/gpu/small_scene.h"
#include "tests/support/gpu_fixture.h"
#include "tests/support/png.h"

namespace {

using render::Quality;

class Render : public support::GpuTest {
 protected:
  static constexpr uint32_t kWidth = 480;
  static constexpr uint32_t kHeight = 270;

  void SetUp() override {
    support::GpuTest::SetUp();
    if (IsSkipped()) return;
    base::Result<std::unique_ptr<render::Renderer>> made = render::Renderer::create(device(), {});
    ASSERT_TRUE(made.ok()) << made.error();
    renderer_ = std::move(*made);
    resizeTarget(kWidth, kHeight);
    s_ = small::makeSmallScene();
    views_ = {small::overview(kWidth, kHeight)};
  }

  void TearDown() override {
    renderer_.reset();
    offscreen_ = {};
    support::GpuTest::TearDown();
  }

  void resizeTarget(uint32_t width, uint32_t height) {
    base::Result<gpu::Offscreen> made = gpu::Offscreen::create(device(), {width, height});
    ASSERT_TRUE(made.ok()) << made.error();
    offscreen_ = std::move(*made);
  }

  render::FrameReport draw(Quality quality = Quality::Low) {
    render::FrameInput in{s_.scene, views_, {}, timeMs_, offscreen_.target(), quality, pick_};
    in.wait = true;
    in.constantShading = constant_;
    render::FrameReport report = renderer_->render(in);
    EXPECT_TRUE(report.drawn) << report.error;
    return report;
  }

  support::Picture picture(const char* name = nullptr) {
    base::Result<std::vector<uint8_t>> pixels = offscreen_.read();
    EXPECT_TRUE(pixels.ok());
    support::Picture p{offscreen_.extent().width, offscreen_.extent().height, std::move(*pixels)};
    if (name != nullptr && std::getenv("KEEP_PICTURES") != nullptr)
      support::writePng(std::string(ALPHACITY_BINARY_DIR) + "/" + name + ".png", p);
    return p;
  }

  std::vector<uint32_t> ids() {
    base::Result<std::vector<uint32_t>> ids = renderer_->readIds();
    EXPECT_TRUE(ids.ok());
    return *ids;
  }

  std::unique_ptr<render::Renderer> renderer_;
  gpu::Offscreen offscreen_;
  small::SmallScene s_;
  std::vector<scene::View> views_;
  uint32_t timeMs_ = 2000;
  std::optional<render::PixelPosition> pick_;
  bool constant_ = false;
};

TEST_F(Render, DrawsAtEveryQuality) {
  const char* names[] = {"small-low", "small-medium", "small-high"};
  for (const Quality q : {Quality::Low, Quality::Medium, Quality::High}) {
    const render::FrameReport report = draw(q);
    EXPECT_EQ(report.visibleInstances, 9u);
    EXPECT_GT(report.triangles, 60u);
    const support::Picture p = picture(names[static_cast<size_t>(q)]);
    // Grass at the lower edge is greener than it is blue; sky or haze above is not.
    const uint8_t* low = p.at(kWidth / 2, kHeight - 8);
    EXPECT_GT(low[1], low[2] + 10);
    for (const gpu::PassTime& t : report.passes) RecordProperty(t.name, std::to_string(t.ms));
  }
}

}  // namespace
