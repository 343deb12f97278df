// SPDX-License-Identifier: Apache-2.0
// What is kept from frame to frame must never be seen: the picture is the one that is drawn whole.
#include "tests/gpu/picture_test.h"

namespace {

class Still : public Render {
 protected:
  render::FrameReport kept() { return drawWith(true); }
  /// The same moment, drawn whole by a renderer that keeps nothing; what was kept is forgotten by it.
  support::Picture whole() {
    drawWith(false);
    return picture();
  }
  /// Two frames at rest fill the layer.
  void fill() {
    kept();
    EXPECT_EQ(kept().redrawn, 1.f) << "all of it, when the camera has come to rest";
  }
  void expectWhole(const char* when) {
    const support::Picture seen = picture();
    const std::vector<uint32_t> seenIds = ids();
    EXPECT_EQ(seen.rgba, whole().rgba) << when;
    EXPECT_EQ(seenIds, ids()) << when;
  }

  bool copyable_ = true;  ///< the target

 private:
  render::FrameReport drawWith(bool keep) {
    render::FrameInput in{s_.scene, views_, {}, timeMs_, offscreen_.target(), Quality::Low, pick_};
    in.target.copyable = copyable_;
    in.wait = true;
    in.keepStill = keep;
    render::FrameReport report = renderer_->render(in);
    EXPECT_TRUE(report.drawn) << report.error;
    return report;
  }
};

TEST_F(Still, MovesWhatMovesOverWhatIsKept) {
  fill();
  for (uint32_t i = 0; i < 2 * render::StillLayer::kBands; ++i) {
    timeMs_ += 130;
    EXPECT_EQ(kept().redrawn, 0.f);
  }
  expectWhole("after the mover has crossed the picture");
}

TEST_F(Still, HeadlightsGoWithTheirCarAndCostNothingOfWhatIsKept) {
  small::makeNight(s_.scene);
  scene::Model car = *s_.scene.instances.model(s_.car);
  car.headlights = true;
  car.name = "lit car";
  scene::Instance from = scene::standing({-40, -60, 0}, 0, 1.f, 1.f, 0, 1);
  from.state = gpu_types::kStateHeadlights;
  from.position1.x = 40;
  from.time0 = timeMs_;
  from.time1 = timeMs_ + 2000;
  s_.scene.instances.add(s_.scene.instances.addModel(car), from);
  fill();
  for (int i = 0; i < 8; ++i) {
    timeMs_ += 130;
    EXPECT_EQ(kept().redrawn, 0.f);
  }
  expectWhole("with its lights half way across");
}

TEST_F(Still, AntiAliasesWhatIsLiveOverWhatIsKept) {
  scene::Line line;
  line.points = {{-60, 60, 8}, {0, 20, 3}, {55, 70, 12}};
  line.color = math::packHex(0xE5002B);
  line.widthPixels = 9;
  line.flow = 20;
  s_.scene.lines.add(line);
  line.points = {{-30, -60, -2}, {40, 90, -2}};
  line.widthMetres = 4;
  line.throughWalls = true;
  s_.scene.lines.add(line);
  s_.scene.selectedPick = s_.towerObjects[1] + 1;
  fill();
  for (int i = 0; i < 5; ++i) {
    timeMs_ += 130;
    s_.scene.environment.sunColor *= 0.98f;
    for (uint32_t band = 0; band < render::StillLayer::kBands; ++band) kept();
  }
  expectWhole("with lines, an outline and bands drawn anew");
}

TEST_F(Still, TakesTurnsWithATargetThatNothingCanBeCopiedInto) {
  fill();
  kept();
  copyable_ = false;
  timeMs_ += 130;
  EXPECT_EQ(kept().redrawn, 0.f);
  s_.scene.environment.sunColor *= 0.98f;
  for (uint32_t band = 0; band < render::StillLayer::kBands; ++band) kept();
  copyable_ = true;
  EXPECT_EQ(kept().redrawn, 0.f);
  expectWhole("back at the first");
  copyable_ = false;
  fill();
  kept();
  expectWhole("without copies");
}

TEST_F(Still, ShowsAtOnceWhatIsHiddenOrMarked) {
  fill();
  kept();
  gpu_types::Object hidden{};
  hidden.state = gpu_types::kStateHidden;
  s_.scene.statics.setObject(s_.towerObjects[2], hidden);
  EXPECT_EQ(kept().redrawn, 1.f);
  EXPECT_EQ(countOf(ids(), s_.towerObjects[2] + 1), 0u);
  expectWhole("with a tower less");
  fill();
  s_.scene.instances.remove(s_.posts[3]);
  kept();
  expectWhole("with a post less");
}

TEST_F(Still, LeavesNothingBehindWhenTheCameraMoves) {
  fill();
  kept();
  for (int i = 0; i < 4; ++i) {
    views_[0].camera.heading += 0.02;
    EXPECT_EQ(kept().redrawn, 1.f);
    expectWhole("while it turns");
  }
}

TEST_F(Still, FollowsTheLightBandByBandAndJumpsAtOnce) {
  fill();
  kept();
  scene::Environment& e = s_.scene.environment;
  e.sunColor *= 0.98f;
  for (uint32_t i = 0; i < render::StillLayer::kBands; ++i) EXPECT_NEAR(kept().redrawn, 1.f / render::StillLayer::kBands, 0.01f);
  EXPECT_EQ(kept().redrawn, 0.f);
  expectWhole("once round");
  fill();
  kept();
  small::makeNight(s_.scene);
  EXPECT_EQ(kept().redrawn, 1.f);
  expectWhole("at night");
  fill();
  s_.scene.lights.setIntensity(s_.lamp, 0.3f);
  for (uint32_t i = 0; i < render::StillLayer::kBands; ++i) kept();
  expectWhole("with a lamp that was dimmed");
}

TEST_F(Still, DrawsTheShadowsOfAnotherSunPartByPart) {
  fill();
  EXPECT_EQ(kept().shadowMapsDrawn, 0u);
  // Half a degree: two steps of the maps, and no jump for the light.
  s_.scene.environment.sunDirection = glm::normalize(s_.scene.environment.sunDirection + glm::vec3(0.009f, 0, 0));
  const uint32_t frames = 2 * render::ShadowMaps::kParts + render::StillLayer::kBands + 2;
  for (uint32_t i = 0; i < frames; ++i) EXPECT_EQ(kept().shadowMapsDrawn, 0u) << "never a whole map";
  EXPECT_EQ(kept().redrawn, 0.f) << "it has come to rest";
  expectWhole("under the new sun");
}

TEST_F(Still, ATurnOfTheCameraDrawsShadowsThatAreDueAtOnce) {
  fill();
  kept();
  s_.scene.environment.sunDirection = glm::normalize(s_.scene.environment.sunDirection + glm::vec3(0.009f, 0, 0));
  for (int i = 0; i < 3; ++i) kept();  // amid the parts
  views_[0].camera.heading += 0.02;
  EXPECT_EQ(kept().shadowMapsDrawn, 2u);
  expectWhole("turned");
}

TEST_F(Still, FollowsTheSizeOfThePicture) {
  fill();
  kept();
  resizeTarget(kWidth / 2, kHeight / 2);
  views_ = {small::overview(kWidth / 2, kHeight / 2)};
  fill();
  kept();
  expectWhole("smaller");
}

TEST_F(Still, IsForOneViewAtLowQuality) {
  views_ = {small::overview(kWidth / 2, kHeight), small::overview(kWidth / 2, kHeight)};
  views_[1].x = kWidth / 2;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(kept().redrawn, 1.f);
  expectWhole("two views");
}

}  // namespace
