// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "twin/panels/hangul.h"
#include "twin/panels/search_index.h"

namespace {

using panels::FoundType;

panels::SearchIndex makeIndex() {
  panels::SearchIndex index;
  index.add({FoundType::Entity, "b_0100", {"SW융합테크비즈센터", "SW Techbiz Center"}, {"건물", "Building"}, true});
  index.add({FoundType::Entity, "metro_suseong_alphacity", {"수성알파시티역", "Suseong Alpha City Station"}, {"도시철도역", "Metro station"}, true});
  index.add({FoundType::Entity, "stop_suseong", {"수성알파시티", "Suseong Alpha City"}, {"버스 정류장", "Bus stop"}, true});
  index.add({FoundType::View, "station", {"수성알파시티역", "Suseong Alpha City Station"}, {"시점", "View"}, true});
  index.add({FoundType::Layer, "lights", {"스마트가로등", "Street lights"}, {"레이어", "Layer"}, true});
  index.add({FoundType::Entity, "dev_street_light_0042", {}, {"스마트가로등", "Smart street light"}, false});
  index.add({FoundType::Entity, "tx-0417", {}, {"택시", "Taxi"}, false});
  return index;
}

std::string first(const panels::SearchIndex& index, const char* query) {
  const auto found = index.find(query, 10);
  return found.empty() ? "" : found.front()->id;
}

TEST(Hangul, InitialsOfSyllables) {
  EXPECT_EQ(panels::initialsOf("수성역 1번"), "ㅅㅅㅇ 1ㅂ");
  EXPECT_EQ(panels::initialsOf("까치 Hi 힣"), "ㄲㅊ Hi ㅎ");
  EXPECT_TRUE(panels::isInitials("ㅅㅅㅇ"));
  EXPECT_FALSE(panels::isInitials("수ㅅ"));
  EXPECT_FALSE(panels::isInitials(""));
}

TEST(Hangul, BrokenUtf8IsSurvived) {
  for (const std::string& text : {std::string("\xec\x88"), std::string("\xff\xfe"), std::string("a\xe3\x85")}) {
    EXPECT_FALSE(panels::initialsOf(text).empty());
    panels::isInitials(text);
  }
}

TEST(SearchIndex, ExactBeatsBeginningBeatsMiddle) {
  const auto index = makeIndex();
  EXPECT_EQ(first(index, "수성알파시티"), "stop_suseong");
  EXPECT_EQ(first(index, "techbiz"), "b_0100");
  EXPECT_EQ(first(index, "TX 0417"), "tx-0417");
  EXPECT_EQ(first(index, "0042"), "dev_street_light_0042");
}

TEST(SearchIndex, ViewsComeBeforeThingsOfTheSameName) { EXPECT_EQ(first(makeIndex(), "수성알파시티역"), "station"); }

TEST(SearchIndex, InitialConsonantsFindNames) {
  const auto index = makeIndex();
  EXPECT_EQ(first(index, "ㅅㅅㅇㅍㅅㅌㅇ"), "station");
  EXPECT_EQ(first(index, "ㅅㅁㅌㄱ"), "lights");
}

TEST(SearchIndex, KindsFindTheirThings) { EXPECT_EQ(first(makeIndex(), "taxi"), "tx-0417"); }

TEST(SearchIndex, BlankFindsNothingAndLimitsHold) {
  const auto index = makeIndex();
  EXPECT_TRUE(index.find("   ", 10).empty());
  EXPECT_TRUE(index.find("없는이름", 10).empty());
  EXPECT_EQ(index.find("s", 2).size(), 2u);
}

}  // namespace
