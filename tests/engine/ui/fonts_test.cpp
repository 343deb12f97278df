// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <imgui.h>

#include "engine/ui/fonts.h"
#include "engine/ui/imgui_layer.h"

namespace {

TEST(Fonts, HangulSpacesAndSignsCanBeDrawnInEveryTextFace) {
  ui::ImGuiLayer layer;
  auto fonts = ui::loadFonts({.scale = 0.85, .texts = {"뷁"}});
  ASSERT_TRUE(fonts.ok());
  if (!fonts.warnings.empty()) GTEST_SKIP() << fonts.warnings.front();
  for (const ImFont* font : {fonts->body, fonts->small, fonts->title, fonts->label}) {
    for (const ImWchar code : std::initializer_list<ImWchar>{0x3c, 0x3f, 0xb5, 0xac00, 0xd0a4, 0xbdc1, 0x3131, 0x2212, 0x2026}) {
      const ImFontGlyph* glyph = font->FindGlyphNoFallback(code);
      ASSERT_NE(glyph, nullptr) << std::hex << code;
      EXPECT_TRUE(glyph->Visible) << std::hex << code;
    }
    const ImFontGlyph* thin = font->FindGlyphNoFallback(0x2009);
    ASSERT_NE(thin, nullptr);
    EXPECT_FALSE(thin->Visible);
    EXPECT_GT(thin->AdvanceX, 0);
    EXPECT_LT(thin->AdvanceX, font->FindGlyph('0')->AdvanceX);
  }
}

TEST(Fonts, FiguresAreTabular) {
  ui::ImGuiLayer layer;
  auto fonts = ui::loadFonts({.scale = 1});
  ASSERT_TRUE(fonts.ok());
  for (const ImFont* font : {fonts->body, fonts->small, fonts->figure})
    for (char digit = '1'; digit <= '9'; ++digit) EXPECT_EQ(font->FindGlyph(static_cast<ImWchar>(digit))->AdvanceX, font->FindGlyph('0')->AdvanceX) << digit;
}

}  // namespace
