// SPDX-License-Identifier: Apache-2.0
#include "engine/ui/theme.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

namespace ui {
namespace {

ImVec4 color(uint32_t packed) { return ImGui::ColorConvertU32ToFloat4(packed); }

double luminance(uint32_t packed) {
  const auto linear = [](uint32_t byte) {
    const double c = static_cast<double>(byte) / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(packed & 255) + 0.7152 * linear(packed >> 8 & 255) + 0.0722 * linear(packed >> 16 & 255);
}

}  // namespace

void applyTheme(const Theme& t, double scale, bool touch) {
  ImGuiStyle& s = ImGui::GetStyle();
  s = ImGuiStyle();
  const auto px = [scale](double value) { return static_cast<float>(std::round(value * scale)); };
  s.WindowPadding = {px(touch ? 16 : 12), px(touch ? 16 : 10)};
  s.FramePadding = {px(touch ? 14 : 8), px(touch ? 12 : 4)};
  s.ItemSpacing = {px(8), px(touch ? 12 : 6)};
  s.ItemInnerSpacing = {px(8), px(4)};
  s.IndentSpacing = px(16);
  s.ScrollbarSize = px(touch ? 20 : 10);
  s.GrabMinSize = px(touch ? 24 : 12);
  s.WindowRounding = s.ChildRounding = s.FrameRounding = s.PopupRounding = s.GrabRounding = s.TabRounding = px(6);
  s.ScrollbarRounding = px(6);
  s.WindowBorderSize = s.PopupBorderSize = s.ChildBorderSize = 1;
  s.FrameBorderSize = 0;
  s.WindowTitleAlign = {0, 0.5f};
  s.TouchExtraPadding = {px(touch ? 6 : 0), px(touch ? 6 : 0)};

  ImVec4* c = s.Colors;
  c[ImGuiCol_Text] = color(t.text);
  c[ImGuiCol_TextDisabled] = color(t.textQuiet);
  c[ImGuiCol_WindowBg] = color(t.ground);
  c[ImGuiCol_ChildBg] = ImVec4(0, 0, 0, 0);
  c[ImGuiCol_PopupBg] = color(t.groundRaised);
  c[ImGuiCol_Border] = color(t.edge);
  c[ImGuiCol_FrameBg] = c[ImGuiCol_ScrollbarBg] = ImVec4(1, 1, 1, 0.06f);
  c[ImGuiCol_FrameBgHovered] = c[ImGuiCol_HeaderHovered] = c[ImGuiCol_ButtonHovered] = c[ImGuiCol_TabHovered] = ImVec4(1, 1, 1, 0.14f);
  c[ImGuiCol_FrameBgActive] = c[ImGuiCol_ButtonActive] = c[ImGuiCol_HeaderActive] = color(t.accentDim);
  c[ImGuiCol_TitleBg] = c[ImGuiCol_TitleBgActive] = c[ImGuiCol_TitleBgCollapsed] = color(t.ground);
  c[ImGuiCol_Button] = c[ImGuiCol_Tab] = ImVec4(1, 1, 1, 0.08f);
  c[ImGuiCol_Header] = c[ImGuiCol_TabActive] = ImVec4(1, 1, 1, 0.10f);
  c[ImGuiCol_CheckMark] = c[ImGuiCol_SliderGrab] = c[ImGuiCol_SliderGrabActive] = c[ImGuiCol_PlotLines] = color(t.accent);
  c[ImGuiCol_PlotHistogram] = c[ImGuiCol_NavHighlight] = c[ImGuiCol_TextSelectedBg] = color(t.accent);
  c[ImGuiCol_TextSelectedBg].w = 0.35f;
  c[ImGuiCol_Separator] = color(t.edge);
  c[ImGuiCol_ScrollbarGrab] = c[ImGuiCol_ResizeGrip] = ImVec4(1, 1, 1, 0.18f);
  c[ImGuiCol_TableHeaderBg] = ImVec4(1, 1, 1, 0.05f);
  c[ImGuiCol_TableBorderLight] = c[ImGuiCol_TableBorderStrong] = color(t.edge);
}

double contrast(uint32_t a, uint32_t b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace ui
