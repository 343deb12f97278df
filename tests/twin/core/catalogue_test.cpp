// SPDX-License-Identifier: Apache-2.0
#include "twin/core/catalogue.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

namespace {

const core::Catalogue& shipped() {
  static const core::Catalogue catalogue = *core::Catalogue::load(ALPHACITY_SOURCE_DIR "/assets/styles");
  return catalogue;
}

TEST(Catalogue, EveryEntryHasBothLanguages) {
  for (const auto& [name, kind] : shipped().kinds()) {
    EXPECT_FALSE(kind.label.ko.empty() || kind.label.en.empty()) << name;
    EXPECT_NE(kind.label.ko, kind.label.en) << name;
    EXPECT_FALSE(kind.layer.empty()) << name;
    EXPECT_TRUE(kind.mainProperty.empty() || shipped().properties().contains(kind.mainProperty)) << name;
    EXPECT_TRUE(!kind.mover || kind.period > 0) << name;
  }
  for (const auto& [name, property] : shipped().properties()) {
    EXPECT_NE(property.label.ko, property.label.en) << name;
    EXPECT_GE(property.high, property.low) << name;
  }
}

TEST(Catalogue, KnowsThePackFormatsDevicesAndProperties) {
  std::ifstream file(ALPHACITY_SOURCE_DIR "/assets/city/FORMAT.md");
  std::stringstream text;
  text << file.rdbuf();
  const std::string format = text.str();
  const size_t kindsAt = format.find("Device kinds:"), tableAt = format.find("## Property names");
  ASSERT_NE(kindsAt, std::string::npos);
  ASSERT_NE(tableAt, std::string::npos);
  for (const char* kind :
       {"signal", "street_light", "cctv", "lpr", "rsu", "speed_display", "air_station", "noise_sensor",
        "weather_station", "flood_sensor", "waste_bin", "parking_lot", "parking_bay", "ev_charger",
        "media_wall", "emergency_bell", "wifi", "utility_tag", "incident_detector"}) {
    EXPECT_NE(format.find("`" + std::string(kind) + "`", kindsAt), std::string::npos) << kind;
    EXPECT_TRUE(shipped().kinds().contains(kind)) << kind;
  }
  for (
      const char* name :
      {"power_state",  "dimming",       "power",      "energy",   "pm10",       "pm25",           "o3",
       "no2",          "temperature",   "humidity",   "noise",    "wind_speed", "wind_direction", "rain",
       "cloud",        "water_level",   "fill",       "occupied", "occupancy",  "taken",          "status",
       "message_rate", "vehicle_count", "speed",      "content",  "brightness", "clients",        "brake",
       "blinker",      "lane",          "passengers", "capacity", "mode",       "battery",        "next_stop",
       "eta",          "route"}) {
    EXPECT_NE(format.find("`" + std::string(name) + "`", tableAt), std::string::npos) << name;
    EXPECT_TRUE(shipped().properties().contains(name)) << name;
  }
}

TEST(Catalogue, ReadsWhatTheFileSays) {
  EXPECT_EQ(shipped().kind("air_station").label.in(core::Language::Korean), "대기측정소");
  EXPECT_EQ(shipped().kind("air_station").mainProperty, "pm25");
  EXPECT_EQ(shipped().property("pm25").unit, "µg/m³");
  EXPECT_TRUE(shipped().property("pm25").hasRange());
  EXPECT_FALSE(shipped().property("status").hasRange());
  EXPECT_TRUE(shipped().kind("shuttle").mover);
}

TEST(Catalogue, SignalPropertiesShareALabel) {
  EXPECT_EQ(shipped().property("group_12").label.en, "Signal group 12");
  EXPECT_EQ(shipped().property("remain_3").label.ko, "잔여 시간 3");
  EXPECT_EQ(shipped().property("remain_3").unit, "s");
}

TEST(Catalogue, UnknownNamesLabelThemselves) {
  const core::KindInfo& kind = shipped().kind("tide_gauge");
  EXPECT_EQ(kind.label.en, "tide_gauge");
  EXPECT_EQ(&kind, &shipped().kind("tide_gauge"));
  EXPECT_EQ(shipped().property("salinity").label.ko, "salinity");
  EXPECT_FALSE(shipped().property("salinity").hasRange());
}

TEST(Catalogue, ABrokenFileIsAnErrorWithItsLine) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "alphacity_catalogue_test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "kinds.toml") << "[a]\nko = \n";
  const auto result = core::Catalogue::load(folder);
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().find("kinds.toml:2"), std::string::npos) << result.error();
  std::filesystem::remove_all(folder);
  EXPECT_FALSE(core::Catalogue::load(folder).ok());
}

}  // namespace
