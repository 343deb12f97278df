// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/described_binding.h"

#include <gtest/gtest.h>

#include "twin/binding/binding.h"
#include "twin/model/entity_store.h"

namespace {

constexpr base::UtcNs kNow = 1'795'338'000 * base::kNsPerSecond;

/// A flat kilometre with nothing on it but a pin model.
class DescribedBindingTest : public testing::Test {
 protected:
  DescribedBindingTest() {
    scene::Model pin;
    pin.name = "mark_pin";
    scene_.instances.addModel(pin);
    city_.data.low = {-500, -500};
    city_.data.high = {500, 500};
    city_.data.terrain = city::HeightField({-800, -800}, 16, 101, 101, std::vector<float>(101 * 101, 50.f));
  }

  model::DescriptionObservation sensor(const std::string& id) const {
    model::DescriptionObservation d;
    d.entity = id;
    d.kind = "QuantumFluxObserved";  // nobody knows it
    d.position = glm::dvec3(10, 20, 0);
    d.eventTime = kNow;
    return d;
  }
  model::DescriptionObservation area(const std::string& id, double size) const {
    model::DescriptionObservation d;
    d.entity = id;
    d.kind = "warning_area";
    d.name = {"호우경보", "Heavy rain warning"};
    d.attributes = {{"severity", std::string("Severe")}};
    auto shape = std::make_shared<model::Geometry>();
    shape->shape = model::Geometry::Shape::Area;
    shape->parts = {{{-size, -size, 0}, {size, -size, 0}, {size, size, 0}, {-size, size, 0}}};
    d.geometry = std::move(shape);
    d.eventTime = kNow;
    d.expires = kNow + 600 * base::kNsPerSecond;
    return d;
  }
  void say(model::DescriptionObservation description) {
    model::Observations seen;
    seen.descriptions.push_back(std::move(description));
    store_.apply(seen, 0, kNow);
    show(kNow);
  }
  void show(base::UtcNs now) {
    const model::ChangeBatch batch = store_.takeChanges();
    mirror_.apply(batch);
    binding_.bind(resolver_.resolve(mirror_, batch, stack_), now);
  }
  size_t instances() const { return scene_.instances.size(); }

  scene::Scene scene_;
  city::City city_{city::CityData(*core::CityFrame::local(128.69, 35.83))};
  core::Catalogue catalogue_ = *core::Catalogue::load(ALPHACITY_SOURCE_DIR "/assets/styles");
  binding::Palette palette_ = *binding::Palette::load(ALPHACITY_SOURCE_DIR "/assets/styles/palette.toml");
  model::EntityStore store_;
  model::Mirror mirror_;
  plan::Resolver resolver_;
  plan::LayerStack stack_;
  binding::Binding binding_{binding::BindContext{city_, scene_, catalogue_, palette_}};
};

TEST_F(DescribedBindingTest, AKindThatNobodyKnowsStillStandsOnTheGround) {
  say(sensor("q-1"));
  ASSERT_EQ(instances(), 1u);
  glm::dvec3 at;
  double radius = 0;
  ASSERT_TRUE(binding_.whereIs(mirror_, mirror_.handleOf("q-1"), at, radius));
  EXPECT_NEAR(at.x, 10, 1e-9);
  EXPECT_GT(at.z, 50);
  const uint32_t pick = binding_.pickOf(mirror_, mirror_.handleOf("q-1"));
  EXPECT_NE(pick, 0u);
  EXPECT_EQ(binding_.entityAt(pick), "q-1");

  model::Observations gone;
  gone.departures.push_back({"q-1", kNow + 1});
  store_.apply(gone, 0, kNow);
  show(kNow);
  EXPECT_EQ(instances(), 0u);
  EXPECT_EQ(scene_.labels.labels().size(), 0u);
  EXPECT_EQ(binding_.entityAt(pick), "");
}

TEST_F(DescribedBindingTest, AnAreaIsFilledRimmedPickedAndExpires) {
  say(area("cap-1", 100));
  ASSERT_EQ(scene_.statics.batches().size(), 1u);
  EXPECT_EQ(scene_.lines.lines().size(), 1u);
  const uint32_t pick = binding_.pickOf(mirror_, mirror_.handleOf("cap-1"));
  EXPECT_EQ(binding_.entityAt(pick), "cap-1");
  double meshArea = 0;
  scene_.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& batch) {
    const scene::Mesh& mesh = *scene_.meshes.find(batch.mesh);
    for (size_t i = 0; i < mesh.indices.size(); i += 3) {
      const glm::vec3 a = mesh.vertices[mesh.indices[i]].position, b = mesh.vertices[mesh.indices[i + 1]].position,
                      c = mesh.vertices[mesh.indices[i + 2]].position;
      meshArea += static_cast<double>(glm::length(glm::cross(b - a, c - a))) / 2;
      EXPECT_NEAR(a.z, 50.8, 0.05);
    }
  });
  EXPECT_NEAR(meshArea, 200.0 * 200.0, 1);
  const uint32_t object = pick - 1;
  EXPECT_FALSE(scene_.statics.object(object).state & gpu_types::kStateHidden);
  show(kNow + 601 * base::kNsPerSecond);
  EXPECT_TRUE(scene_.statics.object(object).state & gpu_types::kStateHidden);
}

TEST_F(DescribedBindingTest, LinesTakeTheColourOfWhatTheyMean) {
  const auto colourOf = [this](std::string kind, std::vector<std::pair<std::string, model::Value>> attributes) {
    model::DescriptionObservation line = sensor(kind + std::to_string(scene_.lines.lines().size()));
    line.kind = std::move(kind);
    line.attributes = std::move(attributes);
    line.geometry = std::make_shared<model::Geometry>(
        model::Geometry{.shape = model::Geometry::Shape::Lines, .parts = {{{0, 0, 0}, {30, 0, 0}}}});
    say(std::move(line));
    uint32_t rgb = 0;
    scene_.lines.lines().forEach([&](scene::LineId, const scene::Line& l) { rgb = l.color & 0xffffffu; });
    return rgb;
  };
  const auto plain = [](binding::Color color) { return color & 0xffffffu; };
  EXPECT_EQ(colourOf("route", {{"colour", std::string("2D6BD2")}}), plain(palette_.busTrunk));
  EXPECT_EQ(colourOf("route", {{"colour", std::string("blue")}}), plain(palette_.unknown));
  EXPECT_EQ(colourOf("v2x_lane", {}), plain(palette_.unknown));
  EXPECT_EQ(colourOf("traffic_event", {}), plain(palette_.incident));
  EXPECT_EQ(colourOf("transit_alert", {{"severity", std::string("Severe")}}), plain(palette_.incident));
  EXPECT_EQ(colourOf("transit_alert", {}), plain(palette_.warning));
}

TEST_F(DescribedBindingTest, AProvinceIsCutToTheScene) {
  say(area("cap-2", 90'000));
  scene_.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& batch) {
    const scene::Mesh& mesh = *scene_.meshes.find(batch.mesh);
    EXPECT_LE(mesh.bounds.high.x, 700.5f);
    EXPECT_GE(mesh.bounds.low.y, -700.5f);
  });
  EXPECT_EQ(scene_.statics.batches().size(), 1u);
}

TEST_F(DescribedBindingTest, ANewDescriptionReplacesTheOldShape) {
  say(area("cap-1", 100));
  model::DescriptionObservation wider = area("cap-1", 200);
  wider.eventTime = kNow + 1;
  say(std::move(wider));
  EXPECT_EQ(scene_.statics.batches().size(), 1u);
  EXPECT_EQ(scene_.lines.lines().size(), 1u);
  EXPECT_EQ(scene_.statics.objectCount(), 1u);  // the row is used again
}

TEST_F(DescribedBindingTest, LayersSwitchIt) {
  say(sensor("q-1"));
  binding_.setLayerVisible("things", false);
  scene_.instances.rows().forEach([&](scene::InstanceId, const scene::InstanceRow& row) {
    EXPECT_TRUE(row.gpu.state & gpu_types::kStateHidden);
  });
  show(kNow + base::kNsPerSecond);
  scene_.instances.rows().forEach([&](scene::InstanceId, const scene::InstanceRow& row) {
    EXPECT_TRUE(row.gpu.state & gpu_types::kStateHidden);
  });
}

TEST_F(DescribedBindingTest, WhatIsBuriedIsShownWhenItsLayerIsSwitchedOn) {
  model::DescriptionObservation tag = sensor("tag-1");
  tag.kind = "utility_tag";
  say(std::move(tag));
  const auto hidden = [this] {
    uint32_t state = 0;
    scene_.instances.rows().forEach([&](scene::InstanceId, const scene::InstanceRow& row) { state |= row.gpu.state & gpu_types::kStateHidden; });
    return state != 0;
  };
  const auto row = [this] {
    return *std::find_if(binding_.layers().begin(), binding_.layers().end(), [](const binding::LayerRow& r) { return r.name == "utilities"; });
  };
  ASSERT_EQ(instances(), 1u);
  EXPECT_TRUE(hidden());
  EXPECT_FALSE(row().visible) << "the switch says so";
  binding_.setLayerVisible("utilities", true);
  EXPECT_FALSE(hidden());
  EXPECT_TRUE(row().visible);
}

TEST_F(DescribedBindingTest, AReplacedStateLeavesNothingBehind) {
  say(sensor("q-1"));
  say(area("cap-1", 50));
  model::EntityStore past;
  model::Observations seen;
  seen.descriptions.push_back(sensor("q-7"));
  past.apply(seen, 0, kNow);
  const model::ChangeBatch whole = past.keyframe();
  mirror_.apply(whole);
  binding_.bind(resolver_.resolve(mirror_, whole, stack_), kNow);
  EXPECT_EQ(instances(), 1u);
  EXPECT_EQ(scene_.statics.batches().size(), 0u);
  EXPECT_EQ(scene_.labels.labels().size(), 1u);
}

}  // namespace
