// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/icons.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numbers>

#include <imgui.h>

namespace panels {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;

/// Draws in a unit square: -1..1 becomes the icon's box.
struct Pen {
  ImDrawList& list;
  ImVec2 c;
  float r;
  uint32_t color;
  float width;

  ImVec2 at(float x, float y) const { return {c.x + x * r, c.y + y * r}; }
  void line(std::initializer_list<ImVec2> points, bool closed = false) const {
    for (const ImVec2& p : points) list.PathLineTo(at(p.x, p.y));
    list.PathStroke(color, closed ? ImDrawFlags_Closed : 0, width);
  }
  void solid(std::initializer_list<ImVec2> points) const {
    for (const ImVec2& p : points) list.PathLineTo(at(p.x, p.y));
    list.PathFillConvex(color);
  }
  void circle(float x, float y, float radius) const { list.AddCircle(at(x, y), radius * r, color, 0, width); }
  void disc(float x, float y, float radius) const { list.AddCircleFilled(at(x, y), radius * r, color); }
  void box(float x0, float y0, float x1, float y1) const { list.AddRect(at(x0, y0), at(x1, y1), color, 0.15f * r, 0, width); }
  void fillBox(float x0, float y0, float x1, float y1) const { list.AddRectFilled(at(x0, y0), at(x1, y1), color, 0.1f * r); }
  void arc(float x, float y, float radius, float from, float to) const {
    list.PathArcTo(at(x, y), radius * r, from, to);  // as many pieces as its size needs: panels show dozens
    list.PathStroke(color, 0, width);
  }
};

void cloud(const Pen& p, float y) {
  p.disc(-0.4f, y + 0.1f, 0.38f);
  p.disc(0.1f, y - 0.15f, 0.5f);
  p.disc(0.55f, y + 0.12f, 0.34f);
  p.fillBox(-0.45f, y + 0.05f, 0.6f, y + 0.47f);
}

void sun(const Pen& p, float x, float y, float size) {
  p.disc(x, y, 0.42f * size);
  for (int i = 0; i < 8; ++i) {
    const float a = static_cast<float>(i) * kPi / 4;
    p.line({{x + std::cos(a) * 0.62f * size, y + std::sin(a) * 0.62f * size}, {x + std::cos(a) * 0.95f * size, y + std::sin(a) * 0.95f * size}});
  }
}

void arrowBack(const Pen& p, float mirror) {
  p.line({{-0.8f * mirror, -0.25f}, {0.35f * mirror, -0.25f}, {0.75f * mirror, 0.0f}, {0.75f * mirror, 0.4f}, {0.35f * mirror, 0.65f}, {-0.3f * mirror, 0.65f}});
  p.line({{-0.4f * mirror, -0.65f}, {-0.8f * mirror, -0.25f}, {-0.4f * mirror, 0.15f}});
}

void drawWeather(const Pen& p, Icon icon) {
  switch (icon) {
    case Icon::Sun: sun(p, 0, 0, 1); break;
    case Icon::Moon:
      p.arc(-0.1f, 0, 0.8f, 0.25f * kPi, 1.75f * kPi);
      p.arc(0.32f, 0, 0.58f, 0.32f * kPi, 1.68f * kPi);
      break;
    case Icon::Cloud: cloud(p, 0); break;
    case Icon::PartCloud: {
      sun(p, -0.38f, -0.38f, 0.6f);
      Pen small = p;
      small.r *= 0.8f;
      small.c = p.at(0.18f, 0.28f);
      cloud(small, 0);
      break;
    }
    default:
      cloud(p, -0.3f);
      for (const float x : {-0.4f, 0.05f, 0.5f}) p.line({{x, 0.4f}, {x - 0.18f, 0.85f}});
  }
}

void drawPanelIcon(const Pen& p, Icon icon) {
  switch (icon) {
    case Icon::Layers:
      p.line({{0, -0.8f}, {0.9f, -0.3f}, {0, 0.2f}, {-0.9f, -0.3f}}, true);
      p.line({{-0.9f, 0.1f}, {0, 0.6f}, {0.9f, 0.1f}});
      p.line({{-0.9f, 0.45f}, {0, 0.95f}, {0.9f, 0.45f}});
      break;
    case Icon::Views:
      p.box(-0.9f, -0.5f, 0.9f, 0.75f);
      p.line({{-0.4f, -0.5f}, {-0.22f, -0.82f}, {0.22f, -0.82f}, {0.4f, -0.5f}});
      p.circle(0, 0.12f, 0.36f);
      break;
    case Icon::Search:
      p.circle(-0.15f, -0.15f, 0.6f);
      p.line({{0.3f, 0.3f}, {0.85f, 0.85f}});
      break;
    case Icon::Plan:
      p.line({{-0.8f, 0.85f}, {-0.8f, -0.2f}, {-0.1f, -0.2f}, {-0.1f, 0.85f}});
      p.line({{-0.1f, 0.85f}, {-0.1f, -0.8f}, {0.8f, -0.8f}, {0.8f, 0.85f}});
      p.line({{-0.95f, 0.85f}, {0.95f, 0.85f}});
      break;
    case Icon::Ahead:
      p.circle(-0.2f, 0, 0.72f);
      p.line({{-0.2f, -0.42f}, {-0.2f, 0}, {0.1f, 0.22f}});
      p.line({{0.62f, -0.4f}, {0.98f, 0}, {0.62f, 0.4f}});
      break;
    case Icon::Feeds:
      p.disc(-0.65f, 0.65f, 0.18f);
      p.arc(-0.7f, 0.7f, 0.8f, -0.5f * kPi, 0);
      p.arc(-0.7f, 0.7f, 1.4f, -0.5f * kPi, 0);
      break;
    case Icon::Events:
      p.line({{0, -0.8f}, {0.92f, 0.75f}, {-0.92f, 0.75f}}, true);
      p.line({{0, -0.25f}, {0, 0.25f}});
      p.disc(0, 0.5f, 0.11f);
      break;
    case Icon::Alarm:  // a bell
      p.line({{-0.85f, 0.55f}, {-0.55f, 0.25f}, {-0.55f, -0.2f}, {-0.3f, -0.65f}, {0, -0.75f}, {0.3f, -0.65f}, {0.55f, -0.2f}, {0.55f, 0.25f}, {0.85f, 0.55f}}, true);
      p.disc(0, 0.8f, 0.16f);
      break;
    case Icon::Inspector:
      p.box(-0.85f, -0.85f, 0.85f, 0.85f);
      for (const float y : {-0.4f, 0.0f, 0.4f}) p.line({{-0.45f, y}, {0.5f, y}});
      break;
    case Icon::About:
      p.circle(0, 0, 0.88f);
      p.line({{0, -0.05f}, {0, 0.45f}});
      p.disc(0, -0.4f, 0.12f);
      break;
    default:
      p.circle(0, 0, 0.88f);
      p.arc(0, -0.22f, 0.3f, -kPi, 0.4f * kPi);
      p.line({{0.06f, 0.06f}, {0, 0.22f}});
      p.disc(0, 0.5f, 0.11f);
  }
}

void drawActionIcon(const Pen& p, Icon icon) {
  switch (icon) {
    case Icon::Close: p.line({{-0.6f, -0.6f}, {0.6f, 0.6f}}); p.line({{0.6f, -0.6f}, {-0.6f, 0.6f}}); break;
    case Icon::Play: p.solid({{-0.5f, -0.75f}, {0.75f, 0}, {-0.5f, 0.75f}}); break;
    case Icon::Pause: p.fillBox(-0.55f, -0.7f, -0.15f, 0.7f); p.fillBox(0.15f, -0.7f, 0.55f, 0.7f); break;
    case Icon::Live: p.solid({{-0.7f, -0.65f}, {0.35f, 0}, {-0.7f, 0.65f}}); p.fillBox(0.4f, -0.65f, 0.7f, 0.65f); break;
    case Icon::Fly: p.solid({{0.9f, -0.9f}, {0.2f, 0.85f}, {-0.1f, 0.1f}}); p.solid({{0.9f, -0.9f}, {-0.1f, 0.1f}, {-0.85f, -0.2f}}); break;
    case Icon::Follow:
      p.circle(0, 0, 0.6f);
      p.disc(0, 0, 0.2f);
      for (int i = 0; i < 4; ++i) {
        const float a = static_cast<float>(i) * kPi / 2;
        p.line({{std::cos(a) * 0.6f, std::sin(a) * 0.6f}, {std::cos(a) * 0.95f, std::sin(a) * 0.95f}});
      }
      break;
    case Icon::Hide:
      p.arc(0, 0.55f, 1.0f, 1.2f * kPi, 1.8f * kPi);
      p.arc(0, -0.55f, 1.0f, 0.2f * kPi, 0.8f * kPi);
      p.circle(0, 0, 0.22f);
      p.line({{-0.8f, 0.8f}, {0.8f, -0.8f}});
      break;
    case Icon::Copy: p.box(-0.8f, -0.4f, 0.35f, 0.85f); p.line({{-0.35f, -0.4f}, {-0.35f, -0.85f}, {0.8f, -0.85f}, {0.8f, 0.4f}, {0.35f, 0.4f}}); break;
    case Icon::Undo: arrowBack(p, 1); break;
    case Icon::Redo: arrowBack(p, -1); break;
    case Icon::Home: p.line({{-0.9f, 0}, {0, -0.8f}, {0.9f, 0}}); p.line({{-0.6f, -0.1f}, {-0.6f, 0.8f}, {0.6f, 0.8f}, {0.6f, -0.1f}}); break;
    case Icon::Compass: p.solid({{0, -0.9f}, {0.35f, 0}, {-0.35f, 0}}); p.line({{-0.35f, 0}, {0, 0.9f}, {0.35f, 0}}); break;
    case Icon::Box:
      p.line({{0, -0.9f}, {0.8f, -0.45f}, {0.8f, 0.45f}, {0, 0.9f}, {-0.8f, 0.45f}, {-0.8f, -0.45f}}, true);
      p.line({{-0.8f, -0.45f}, {0, 0}, {0.8f, -0.45f}});
      p.line({{0, 0}, {0, 0.9f}});
      break;
    case Icon::Bookmark: p.line({{-0.5f, -0.8f}, {0.5f, -0.8f}, {0.5f, 0.8f}, {0, 0.35f}, {-0.5f, 0.8f}}, true); break;
    default: p.line({{-0.7f, 0}, {-0.2f, 0.55f}, {0.75f, -0.55f}});
  }
}

}  // namespace

void drawIcon(ImDrawList& list, Icon icon, const ImVec2& centre, float r, uint32_t color) {
  const Pen pen{list, centre, r, color, std::max(1.2f, r * 0.17f)};
  if (icon <= Icon::Help) drawPanelIcon(pen, icon);
  else if (icon >= Icon::Sun && icon <= Icon::Rain) drawWeather(pen, icon);
  else drawActionIcon(pen, icon);
}

void drawMark(ImDrawList& list, Mark mark, const ImVec2& centre, float r, uint32_t color) {
  const Pen p{list, centre, r, color, std::max(1.3f, r * 0.22f)};
  switch (mark) {
    case Mark::Dot: p.disc(0, 0, 0.8f); break;
    case Mark::Ring: p.circle(0, 0, 0.72f); break;
    case Mark::DashedRing:
      for (int i = 0; i < 6; ++i) p.arc(0, 0, 0.74f, static_cast<float>(i) * kPi / 3, static_cast<float>(i) * kPi / 3 + 0.6f);
      break;
    case Mark::Square: p.fillBox(-0.7f, -0.7f, 0.7f, 0.7f); break;
    case Mark::Triangle: p.solid({{0, -0.85f}, {0.9f, 0.7f}, {-0.9f, 0.7f}}); break;
    case Mark::Diamond: p.solid({{0, -0.95f}, {0.8f, 0}, {0, 0.95f}, {-0.8f, 0}}); break;
    case Mark::Bars: p.fillBox(-0.6f, -0.7f, -0.15f, 0.7f); p.fillBox(0.15f, -0.7f, 0.6f, 0.7f); break;
    case Mark::Hatch:
      p.box(-0.8f, -0.8f, 0.8f, 0.8f);
      p.line({{-0.8f, 0.1f}, {0.1f, -0.8f}});
      p.line({{-0.75f, 0.75f}, {0.75f, -0.75f}});
      p.line({{-0.1f, 0.8f}, {0.8f, -0.1f}});
      break;
    case Mark::Cross: p.line({{-0.6f, -0.6f}, {0.6f, 0.6f}}); p.line({{0.6f, -0.6f}, {-0.6f, 0.6f}}); break;
    case Mark::Check: p.line({{-0.7f, 0}, {-0.2f, 0.55f}, {0.75f, -0.55f}}); break;
  }
}

}  // namespace panels
