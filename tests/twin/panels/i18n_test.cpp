// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "twin/panels/actions.h"
#include "twin/panels/i18n.h"

namespace {

panels::I18n load() {
  auto words = panels::I18n::load(ALPHACITY_SOURCE_DIR "/assets/i18n");
  EXPECT_TRUE(words.ok()) << words.error();
  return std::move(*words);
}

std::set<std::string> placesOf(const std::string& text) {
  std::set<std::string> places;
  const std::regex place(R"(\{\d\})");
  for (std::sregex_iterator it(text.begin(), text.end(), place), end; it != end; ++it) places.insert(it->str());
  return places;
}

TEST(I18n, BothLanguagesSayTheSameThings) {
  const panels::I18n words = load();
  const auto& ko = words.table(core::Language::Korean);
  const auto& en = words.table(core::Language::English);
  for (const auto& [key, text] : ko) EXPECT_TRUE(en.contains(key)) << key << " has no English";
  for (const auto& [key, text] : en) EXPECT_TRUE(ko.contains(key)) << key << " has no Korean";
  for (const auto& [key, text] : ko) {
    EXPECT_FALSE(text.empty()) << key;
    if (!en.contains(key)) continue;
    EXPECT_FALSE(en.at(key).empty()) << key;
    EXPECT_EQ(placesOf(text), placesOf(en.at(key))) << key;
  }
}

TEST(I18n, EveryKeyInTheSourcesExists) {
  const panels::I18n words = load();
  const auto& known = words.table(core::Language::Korean);
  std::set<std::string> sections;
  for (const auto& [key, text] : known) sections.insert(key.substr(0, key.find('.')));
  // A literal "section.word" whose section exists is meant as a key.
  const std::regex literal(R"re("([a-z_]+)\.([A-Za-z0-9_]+)")re");
  size_t seen = 0;
  for (const auto& file : std::filesystem::directory_iterator(ALPHACITY_SOURCE_DIR "/twin/panels")) {
    if (file.path().extension() != ".cpp") continue;
    std::stringstream text;
    text << std::ifstream(file.path()).rdbuf();
    const std::string source = text.str();
    for (std::sregex_iterator it(source.begin(), source.end(), literal), end; it != end; ++it) {
      const std::string key = (*it)[1].str() + "." + (*it)[2].str();
      if (!sections.contains((*it)[1].str()) || (*it)[2] == "toml") continue;
      ++seen;
      EXPECT_TRUE(known.contains(key)) << file.path().filename() << " uses " << key;
    }
  }
  EXPECT_GT(seen, 100u);
  for (const panels::Action& action : panels::actionTable()) EXPECT_TRUE(known.contains(action.text)) << action.text;
}

std::string readAll(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// What the feeds panel counts has a name that people read, in both languages: every reason, and every rule of the
/// GTFS-Realtime validator.
TEST(I18n, EveryReasonHasWords) {
  const panels::I18n words = load();
  const auto& known = words.table(core::Language::Korean);
  const std::filesystem::path feeds = ALPHACITY_SOURCE_DIR "/twin/feeds";
  std::set<std::string> reasons;
  const auto collect = [&](const std::filesystem::path& file, const char* pattern, const std::string& before) {
    const std::string source = readAll(file);
    const std::regex literal(pattern);
    for (std::sregex_iterator it(source.begin(), source.end(), literal), end; it != end; ++it) reasons.insert(before + (*it)[1].str());
  };
  collect(feeds / "decode_reason.h", R"re(= "([a-z_]+)")re", "");
  for (const char* file : {"gtfs_rt_check.cpp", "gtfs_rt_trips.cpp", "gtfs_rt_alerts.cpp", "decode_gtfs_rt.cpp"})
    collect(feeds / file, R"re("([ew]0\d\d)")re", "gtfs_");
  EXPECT_GT(reasons.size(), 70u);
  for (const std::string& reason : reasons) EXPECT_TRUE(known.contains("reason." + reason)) << reason;
}

TEST(I18n, CatalogueHasBothLanguages) {
  auto catalogue = core::Catalogue::load(ALPHACITY_SOURCE_DIR "/assets/styles");
  ASSERT_TRUE(catalogue.ok()) << catalogue.error();
  for (const auto& [name, kind] : catalogue->kinds()) EXPECT_TRUE(!kind.label.ko.empty() && !kind.label.en.empty()) << name;
  for (const auto& [name, property] : catalogue->properties()) EXPECT_TRUE(!property.label.ko.empty() && !property.label.en.empty()) << name;
}

TEST(I18n, AMissingKeyShowsItself) {
  const panels::I18n words = load();
  EXPECT_STREQ(words.tr("no.such.key"), "no.such.key");
  EXPECT_EQ(words.find("no.such.key"), nullptr);
}

TEST(I18n, ABrokenFileIsAnErrorThatNamesIt) {
  const auto folder = std::filesystem::temp_directory_path() / "alphacity_i18n_broken";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "ko.toml") << "[clock\nlive = 1";
  const auto words = panels::I18n::load(folder);
  ASSERT_FALSE(words.ok());
  EXPECT_NE(words.error().find("ko.toml"), std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace
