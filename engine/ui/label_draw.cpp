// SPDX-License-Identifier: Apache-2.0
#include "engine/ui/label_draw.h"

#include <cmath>

#include <imgui.h>

namespace ui {
namespace {

ImFont* fontOf(const Fonts& fonts, const scene::Label& label) {
  if (label.tier == scene::LabelTier::Road) return fonts.small;
  return label.tier == scene::LabelTier::Place ? fonts.label : fonts.body;
}

float iconWidth(const scene::Label& label, double scale) {
  return label.icon == scene::LabelIcon::None ? 0.f : static_cast<float>(20 * scale);
}

ImU32 faded(ImU32 color, float alpha) {
  const auto a = static_cast<ImU32>(static_cast<float>(color >> 24) * alpha + 0.5f);
  return (color & 0x00ffffffu) | a << 24;
}

/// One letter in the middle of a filled mark.
void letter(ImDrawList& list, ImFont* font, ImVec2 centre, float size, const char* text, ImU32 color) {
  const ImVec2 extent = font->CalcTextSizeA(size, FLT_MAX, 0, text);
  list.AddText(font, size, {std::round(centre.x - extent.x * 0.5f), std::round(centre.y - extent.y * 0.5f)}, color, text);
}

void drawIcon(ImDrawList& list, const Fonts& fonts, const scene::Label& label, ImVec2 c, float r, float alpha, ImU32 halo) {
  using scene::LabelIcon;
  const ImU32 color = faded(label.iconColor | 0xff000000u, alpha);
  const ImU32 ink = faded(0xff1d1610u, alpha);
  const ImU32 paper = faded(0xffffffffu, alpha);
  switch (label.icon) {
    case LabelIcon::None: break;
    case LabelIcon::Dot: list.AddCircleFilled(c, r * 0.7f, halo); list.AddCircleFilled(c, r * 0.55f, color); break;
    case LabelIcon::Ring: list.AddCircle(c, r * 0.7f, halo, 0, 4); list.AddCircle(c, r * 0.7f, color, 0, 2); break;
    case LabelIcon::Square: list.AddRectFilled({c.x - r * 0.7f, c.y - r * 0.7f}, {c.x + r * 0.7f, c.y + r * 0.7f}, color, 2); break;
    case LabelIcon::Alert:
    case LabelIcon::Triangle:
      list.AddTriangleFilled({c.x, c.y - r}, {c.x + r, c.y + r * 0.75f}, {c.x - r, c.y + r * 0.75f}, color);
      if (label.icon == LabelIcon::Alert) letter(list, fonts.small, c, r * 1.4f, "!", ink);
      break;
    case LabelIcon::Diamond: list.AddQuadFilled({c.x, c.y - r}, {c.x + r, c.y}, {c.x, c.y + r}, {c.x - r, c.y}, color); break;
    case LabelIcon::Parking:
      list.AddRectFilled({c.x - r, c.y - r}, {c.x + r, c.y + r}, color, 3);
      letter(list, fonts.title, c, r * 1.9f, "P", ink);
      break;
    case LabelIcon::Metro:
      list.AddCircleFilled(c, r, paper);
      list.AddCircle(c, r, ink, 0, 1.5f);
      letter(list, fonts.title, c, r * 1.6f, "M", ink);
      break;
    case LabelIcon::Bus:
    case LabelIcon::Shuttle: {
      const ImU32 body = label.icon == LabelIcon::Shuttle ? faded(label.iconColor | 0xff000000u, alpha) : paper;
      list.AddRectFilled({c.x - r, c.y - r * 0.75f}, {c.x + r, c.y + r * 0.55f}, body, 3);
      list.AddRectFilled({c.x - r * 0.75f, c.y - r * 0.45f}, {c.x + r * 0.75f, c.y + r * 0.02f}, ink, 1);
      list.AddCircleFilled({c.x - r * 0.5f, c.y + r * 0.62f}, r * 0.24f, ink);
      list.AddCircleFilled({c.x + r * 0.5f, c.y + r * 0.62f}, r * 0.24f, ink);
      break;
    }
    case LabelIcon::Air:
      list.AddCircleFilled(c, r, color);
      list.AddCircle(c, r, faded(0xffffffffu, alpha * 0.8f), 0, 1.5f);
      break;
    case LabelIcon::Camera:
      list.AddRectFilled({c.x - r, c.y - r * 0.5f}, {c.x + r * 0.4f, c.y + r * 0.5f}, color, 2);
      list.AddTriangleFilled({c.x + r * 0.4f, c.y}, {c.x + r, c.y - r * 0.5f}, {c.x + r, c.y + r * 0.5f}, color);
      break;
  }
  if (label.stale && label.icon != LabelIcon::None) {
    // A dashed ring says "old" without colour.
    for (int i = 0; i < 8; ++i) {
      const float a = static_cast<float>(i) * 0.785f;
      list.PathArcTo(c, r + 2.5f, a, a + 0.4f, 4);
      list.PathStroke(paper, 0, 1.5f);
    }
  }
}

/// Four copies around the text, a little aslant, so that no side of a stroke is bare; more would cost more than they show.
void haloText(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 ink, ImU32 halo, const char* text) {
  static constexpr float kOffsets[4][2] = {{-1.1f, -0.6f}, {0.6f, -1.1f}, {1.1f, 0.6f}, {-0.6f, 1.1f}};
  for (const auto& o : kOffsets) list.AddText(font, font->FontSize, {at.x + o[0], at.y + o[1]}, halo, text);
  list.AddText(font, font->FontSize, at, ink, text);
}

}  // namespace

glm::vec2 measureLabel(const Fonts& fonts, const scene::Label& label, double scale) {
  const ImFont* font = fontOf(fonts, label);
  const ImVec2 size = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, label.text.c_str());
  const auto pad = static_cast<float>(4 * scale);
  return {std::ceil(size.x) + iconWidth(label, scale) + 2 * pad, std::ceil(size.y) + pad};
}

void drawLabels(const Fonts& fonts, const scene::LabelStore& labels, const std::vector<scene::PlacedLabel>& placed,
                double scale, bool brightGround) {
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  const auto pad = static_cast<float>(4 * scale);
  for (const scene::PlacedLabel& p : placed) {
    const scene::Label* label = labels.find(p.id);
    if (label == nullptr) continue;
    const bool dataLike = label->tier == scene::LabelTier::Data || label->tier == scene::LabelTier::Selected;
    const ImU32 ink = faded(0xfffafafau, p.fade);
    // By day the ground is bright, so the halo must carry the contrast.
    const ImU32 halo = faded(brightGround ? 0xb8201812u : 0x9014100cu, p.fade);
    if (dataLike) {
      list.AddRectFilled({p.low.x, p.low.y}, {p.high.x, p.high.y}, faded(0xd91d1610u, p.fade), static_cast<float>(5 * scale));
      list.AddLine({p.anchor.x, p.high.y}, {p.anchor.x, p.anchor.y}, faded(0xb01d1610u, p.fade), 1.5f);
    } else {
      list.AddLine({p.anchor.x, p.high.y}, {p.anchor.x, p.anchor.y}, faded(ink, 0.5f), 1);
    }
    const float icon = iconWidth(*label, scale);
    const float middle = (p.low.y + p.high.y) * 0.5f;
    if (icon > 0) drawIcon(list, fonts, *label, {p.low.x + pad + icon * 0.42f, middle}, icon * 0.38f, p.fade, halo);
    ImFont* font = fontOf(fonts, *label);
    const ImVec2 at{std::round(p.low.x + pad + icon), std::round(middle - font->FontSize * 0.5f)};
    if (dataLike) list.AddText(font, font->FontSize, at, ink, label->text.c_str());
    else haloText(list, font, at, ink, halo, label->text.c_str());
  }
}

}  // namespace ui
