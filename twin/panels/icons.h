// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

struct ImDrawList;
struct ImVec2;

namespace panels {

/// Marks drawn from lines, so that they are sharp at every scale and need no icon font.
enum class Icon : uint8_t {
  Layers, Views, Search, Plan, Ahead, Feeds, Events, Alarm, About, Inspector, Help, Close, Play, Pause, Live, Fly, Follow, Hide, Copy,
  Sun, Moon, Cloud, PartCloud, Rain, Undo, Redo, Home, Compass, Box, Check, Bookmark
};

/// Shapes that carry meaning beside colour.
enum class Mark : uint8_t { Dot, Ring, DashedRing, Square, Triangle, Diamond, Bars, Hatch, Cross, Check };

/// Within a square of half side `r` about `centre`; colour 0xAABBGGRR.
void drawIcon(ImDrawList& list, Icon icon, const ImVec2& centre, float r, uint32_t color);
void drawMark(ImDrawList& list, Mark mark, const ImVec2& centre, float r, uint32_t color);

}  // namespace panels
