// SPDX-License-Identifier: Apache-2.0
#include "engine/ui/fonts.h"

#include <array>
#include <cmath>
#include <filesystem>

#include <iconv.h>
#include <imgui.h>

namespace ui {
namespace {

struct Face {
  const char* regular;
  const char* bold;
  int index;  // within a collection
  const char* mono;
  int monoIndex;
};

/// Debian's fonts-noto-cjk (index 1 is KR, 6 is Mono KR) and fonts-nanum.
constexpr std::array<Face, 2> kFaces{{{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                                       "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 1,
                                       "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 6},
                                      {"/usr/share/fonts/truetype/nanum/NanumSquareR.ttf",
                                       "/usr/share/fonts/truetype/nanum/NanumSquareB.ttf", 0,
                                       "/usr/share/fonts/truetype/nanum/NanumGothicCoding.ttf", 0}}};

const Face* installedFace() {
  for (const Face& face : kFaces)
    if (std::filesystem::exists(face.regular) && std::filesystem::exists(face.bold)) return &face;
  return nullptr;
}

/// The 2,350 syllables of KS X 1001: all that Korean names and sentences use. The whole Unicode block
/// would be five times the atlas and the time to raster it.
void addCommonHangul(ImFontGlyphRangesBuilder& builder) {
  const iconv_t convert = iconv_open("UTF-8", "EUC-KR");
  if (convert == reinterpret_cast<iconv_t>(-1)) {
    builder.AddRanges(ImGui::GetIO().Fonts->GetGlyphRangesKorean());
    return;
  }
  std::string encoded;
  for (int row = 0xb0; row <= 0xc8; ++row) {
    for (int cell = 0xa1; cell <= 0xfe; ++cell) {
      encoded += static_cast<char>(row);
      encoded += static_cast<char>(cell);
    }
  }
  std::string utf8(encoded.size() * 2, '\0');
  char* from = encoded.data();
  char* to = utf8.data();
  size_t left = encoded.size();
  size_t room = utf8.size() - 1;
  iconv(convert, &from, &left, &to, &room);
  iconv_close(convert);
  builder.AddText(utf8.data(), to);
  static constexpr ImWchar kLetters[] = {0x3131, 0x3163, 0};  // what is typed on the way to a syllable
  builder.AddRanges(kLetters);
}

/// Thin and narrow spaces that a face lacks; without them the sign for "unknown" would be drawn.
void addSpaces(ImFont& font) {
  for (const auto& [code, ems] : {std::pair<ImWchar, float>{0x2009, 0.18f}, {0x200a, 0.1f}, {0x2007, 0.55f}}) {
    if (font.FindGlyphNoFallback(code)) continue;
    font.AddGlyph(nullptr, code, 0, 0, 0, 0, 0, 0, 0, 0, std::round(font.FontSize * ems));
  }
  font.BuildLookupTable();
}

ImFont* add(const char* file, int index, double pixels, const ImVector<ImWchar>& ranges) {
  ImFontConfig config;
  config.FontNo = index;
  config.OversampleH = 1;
  config.OversampleV = 1;
  config.PixelSnapH = true;
  return ImGui::GetIO().Fonts->AddFontFromFileTTF(file, static_cast<float>(std::round(pixels)), &config, ranges.Data);
}

}  // namespace

base::Result<Fonts> loadFonts(const FontRequest& request) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  Fonts fonts;
  const Face* face = installedFace();
  if (face == nullptr) {
    fonts.body = fonts.small = fonts.title = fonts.figure = fonts.label = fonts.mono = atlas.AddFontDefault();
    base::Result<Fonts> result(fonts);
    result.warnings.push_back("no Korean font found: install fonts-noto-cjk or fonts-nanum");
    return result;
  }

  static constexpr ImWchar kSigns[] = {0x20, 0x17f, 0x2002, 0x200a, 0x2010, 0x2027, 0x2030, 0x205e, 0x2070, 0x209f, 0x2190, 0x21ff,
                                       0x2200, 0x22ff, 0x25a0, 0x25ff, 0x2600, 0x26ff, 0x3000, 0x303f, 0};
  ImFontGlyphRangesBuilder used;
  used.AddRanges(kSigns);
  for (const char* text : request.texts) used.AddText(text);
  // The ranges must live until the atlas is built, which is below.
  ImVector<ImWchar> usedRanges;
  used.BuildRanges(&usedRanges);
  ImFontGlyphRangesBuilder all = used;
  addCommonHangul(all);
  ImVector<ImWchar> allRanges;
  all.BuildRanges(&allRanges);

  const double k = request.scale * (request.large ? 1.5 : 1.0);
  fonts.body = add(face->regular, face->index, 17 * k, allRanges);
  fonts.small = add(face->regular, face->index, 15 * k, allRanges);
  fonts.title = add(face->bold, face->index, 21 * k, allRanges);
  ImFontGlyphRangesBuilder digits;
  static constexpr ImWchar kFigureSigns[] = {0x20, 0x7e, 0xb0, 0xb7, 0x2009, 0x2009, 0x2012, 0x2014, 0x2212, 0x2212, 0};
  digits.AddRanges(kFigureSigns);
  ImVector<ImWchar> figureRanges;
  digits.BuildRanges(&figureRanges);
  fonts.figure = add(face->bold, face->index, (request.large ? 36 : 27) * k, figureRanges);
  fonts.label = add(face->bold, face->index, 15 * k, allRanges);
  ImFontGlyphRangesBuilder plain;
  static constexpr ImWchar kPlain[] = {0x20, 0xff, 0};
  plain.AddRanges(kPlain);
  ImVector<ImWchar> plainRanges;
  plain.BuildRanges(&plainRanges);
  const bool hasMono = std::filesystem::exists(face->mono);
  fonts.mono = hasMono ? add(face->mono, face->monoIndex, 13 * k, plainRanges) : fonts.small;
  if (!fonts.body || !fonts.small || !fonts.title || !fonts.figure || !fonts.label || !fonts.mono || !atlas.Build()) {
    return base::Error{std::string("the font ") + face->regular + " could not be read: reinstall fonts-noto-cjk"};
  }
  for (ImFont* font : atlas.Fonts) addSpaces(*font);
  atlas.ClearInputData();  // each face holds its whole file, 20 MB; the glyphs are drawn by now
  return fonts;
}

}  // namespace ui
