// SPDX-License-Identifier: Apache-2.0
#include "tests/gpu/picture_test.h"

namespace {

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

TEST_F(Render, IsTheSameTwice) {
  for (const Quality q : {Quality::Low, Quality::High}) {
    draw(q);
    const support::Picture first = picture();
    draw(q);
    EXPECT_EQ(picture().rgba, first.rgba) << "within one renderer";
    renderer_.reset();
    base::Result<std::unique_ptr<render::Renderer>> made = render::Renderer::create(device(), {});
    ASSERT_TRUE(made.ok());
    renderer_ = std::move(*made);
    s_ = small::makeSmallScene();
    draw(q);
    EXPECT_EQ(picture().rgba, first.rgba) << "with everything made anew";
  }
}

TEST_F(Render, SaysWhichFrameIsFinished) {
  const render::FrameReport waited = draw();
  ASSERT_TRUE(waited.finished);
  EXPECT_EQ(waited.finished->frame, waited.frame);
  wait_ = false;
  const uint64_t first = draw().frame;
  draw();
  const auto room = renderer_->waitForRoom();
  ASSERT_TRUE(room);
  EXPECT_GE(room->frame, first) << "room for a third frame while two are in flight";
  device().waitIdle();
  EXPECT_EQ(renderer_->waitForRoom()->frame, first + 1);
  const uint64_t third = draw().frame;
  EXPECT_EQ(renderer_->waitUntilIdle()->frame, third);
}

TEST_F(Render, ShadesDifferentlyButShowsTheSameAtEveryQuality) {
  draw(Quality::Low);
  const std::vector<uint32_t> low = ids();
  const support::Picture lowPicture = picture();
  draw(Quality::Medium);
  EXPECT_EQ(ids(), low);
  draw(Quality::High);
  EXPECT_EQ(ids(), low);
  EXPECT_NE(picture().rgba, lowPicture.rgba);
}

TEST_F(Render, DrawsTwoViewsIntoOneTarget) {
  const scene::View whole = small::overview(kWidth / 2, kHeight);
  views_ = {whole, whole};
  views_[1].x = kWidth / 2;
  const render::FrameReport report = draw();
  EXPECT_EQ(report.visibleInstances % 2, 0u);
  EXPECT_GE(report.visibleInstances, 12u);
  const support::Picture p = picture("small-two-views");
  const std::vector<uint32_t> all = ids();
  size_t different = 0;
  for (uint32_t y = 0; y < kHeight; y += 3) {
    for (uint32_t x = 4; x < kWidth / 2 - 4; x += 3) {
      ASSERT_EQ(all[y * kWidth + x], all[y * kWidth + x + kWidth / 2]);
      for (int k = 0; k < 3; ++k) different += std::abs(p.at(x, y)[k] - p.at(x + kWidth / 2, y)[k]) > 3;
    }
  }
  EXPECT_LT(different, 60u) << "only at the edges of shadows, by rounding";
  pick_ = {static_cast<int32_t>(kWidth / 2 + 100), 60};
  EXPECT_EQ(draw().pick->id, all[60 * kWidth + 100]);
}

TEST_F(Render, TilesOfAWallFitTogether) {
  draw();
  const std::vector<uint32_t> whole = ids();
  const uint32_t half = kWidth / 2;
  views_ = {small::overview(half, kHeight), small::overview(half, kHeight)};
  views_[0].tile = {0, 0, 0.5f, 1};
  views_[1].tile = {0.5f, 0, 1, 1};
  views_[1].x = static_cast<int32_t>(half);
  draw();
  const std::vector<uint32_t> tiled = ids();
  size_t different = 0;
  for (size_t i = 0; i < whole.size(); ++i) different += whole[i] != tiled[i];
  EXPECT_LT(different, whole.size() / 500) << "only at edges, by rounding";
}

TEST_F(Render, FollowsTheSizeOfTheTarget) {
  const std::pair<uint32_t, uint32_t> sizes[] = {{320, 180}, {641, 359}, {1, 1}, {3, 200}, {480, 270}};
  for (const auto& [width, height] : sizes) {
    resizeTarget(width, height);
    views_ = {small::overview(width, height)};
    for (const Quality q : {Quality::Low, Quality::High}) {
      draw(q);
      EXPECT_EQ(renderer_->internalSize().width, width);
      EXPECT_EQ(ids().size(), size_t{width} * height);
    }
  }
  draw();
  const support::Picture after = picture();
  resizeTarget(kWidth, kHeight);
  draw();
  EXPECT_EQ(picture().rgba, after.rgba);
}

TEST_F(Render, TakesAnEmptySceneAndNoViews) {
  scene::Scene empty;
  render::FrameInput in{empty, views_, {}, 0, offscreen_.target()};
  in.wait = true;
  EXPECT_TRUE(renderer_->render(in).drawn);
  in.views = {};
  EXPECT_TRUE(renderer_->render(in).drawn);
  in.target.extent = {0, 0};
  const render::FrameReport skipped = renderer_->render(in);
  EXPECT_FALSE(skipped.drawn);
  EXPECT_TRUE(skipped.error.empty());
}

TEST_F(Render, StretchesASmallerPicture) {
  draw();
  const support::Picture full = picture();
  const std::vector<uint32_t> fullIds = ids();
  for (const Quality q : {Quality::Low, Quality::High}) {
    draw(q);
    const support::Picture sharp = picture();
    scale_ = 0.5f;
    views_ = {small::overview(kWidth / 2, kHeight), small::overview(kWidth / 2, kHeight)};
    views_[0].tile = {0, 0, 0.5f, 1};
    views_[1].tile = {0.5f, 0, 1, 1};
    views_[1].x = kWidth / 2;
    pick_ = {350, 120};
    const render::FrameReport report = draw(q);
    EXPECT_EQ(renderer_->internalSize().width, kWidth / 2);
    ASSERT_TRUE(report.pick.has_value());
    EXPECT_EQ(report.pick->id, fullIds[120 * kWidth + 350]);
    const support::Picture soft = picture(q == Quality::Low ? "small-stretched" : "");
    double difference = 0;
    for (size_t i = 0; i < soft.rgba.size(); ++i) difference += std::abs(int{soft.rgba[i]} - int{sharp.rgba[i]});
    EXPECT_GT(difference, 0);
    EXPECT_LT(difference / static_cast<double>(soft.rgba.size()), 4.0) << "the same picture in the same place";
    scale_ = 0;
    views_ = {small::overview(kWidth, kHeight)};
  }
}

}  // namespace
