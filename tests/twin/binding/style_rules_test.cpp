// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/style_rules.h"

#include <set>

#include <gtest/gtest.h>

namespace {

binding::Palette palette() {
  auto loaded = binding::Palette::load(ALPHACITY_SOURCE_DIR "/assets/styles/palette.toml");
  EXPECT_TRUE(loaded.ok());
  return std::move(*loaded);
}

TEST(StyleRules, DustGradesAreTheWorseOfTheTwo) {
  EXPECT_EQ(binding::dustGrade(30, 15), 1);
  EXPECT_EQ(binding::dustGrade(31, 15), 2);
  EXPECT_EQ(binding::dustGrade(20, 36), 3);
  EXPECT_EQ(binding::dustGrade(151, 10), 4);
  EXPECT_EQ(binding::dustGrade(-1, 76), 4);
  EXPECT_EQ(binding::dustGrade(-1, -1), 0);
}

TEST(StyleRules, SignalsShowOnlyWhatTheControllerSays) {
  constexpr const char *kRed = "stop-And-Remain", *kYellow = "protected-clearance",
                       *kGreen = "protected-Movement-Allowed";
  EXPECT_EQ(binding::vehicleLenses(kRed, kRed), 1u);
  EXPECT_EQ(binding::vehicleLenses(kYellow, kRed), 2u);
  EXPECT_EQ(binding::vehicleLenses(kGreen, kRed), 8u);
  EXPECT_EQ(binding::vehicleLenses(kGreen, ""), 8u);
  // The protected left turn: arrow beside red, arrow beside green, and yellow when it ends.
  EXPECT_EQ(binding::vehicleLenses(kRed, kGreen), 1u | 4u);
  EXPECT_EQ(binding::vehicleLenses(kGreen, kGreen), 8u | 4u);
  EXPECT_EQ(binding::vehicleLenses(kRed, kYellow), 2u);
  EXPECT_EQ(binding::vehicleLenses("", kGreen), 4u);
  EXPECT_EQ(binding::vehicleLenses("", kRed), 1u);
  EXPECT_EQ(binding::vehicleLenses("dark", kRed), 0u);
  EXPECT_EQ(binding::vehicleLenses("", ""), 0u);
  EXPECT_EQ(binding::pedestrianLenses("protected-Movement-Allowed"), 2u);
  EXPECT_EQ(binding::pedestrianLenses("stop-And-Remain"), 1u);
}

TEST(StyleRules, BusesWearDaegusCode) {
  const binding::Palette p = palette();
  EXPECT_EQ(binding::vehicleColor(p, "bus", "b1", "급행10"), p.busExpress);
  EXPECT_EQ(binding::vehicleColor(p, "bus", "b1", "609"), p.busTrunk);
  EXPECT_EQ(binding::vehicleColor(p, "bus", "b1", "수성3"), p.busBranch);
}

TEST(StyleRules, CarsVaryButKeepTheirOwnLook) {
  const binding::Palette p = palette();
  std::set<std::string> models;
  for (int i = 0; i < 60; ++i) {
    const std::string id = "veh-" + std::to_string(i);
    models.insert(binding::vehicleModel("car", id));
    EXPECT_EQ(binding::vehicleColor(p, "car", id, ""), binding::vehicleColor(p, "car", id, ""));
  }
  EXPECT_GE(models.size(), 3u);
}

TEST(Palette, NamesWhatIsMissing) {
  const auto loaded = binding::Palette::load("/no/such/palette.toml");
  ASSERT_FALSE(loaded.ok());
  EXPECT_NE(loaded.error().find("/no/such/palette.toml"), std::string::npos);
}

}  // namespace
