// SPDX-License-Identifier: Apache-2.0
#include "engine/render/touched_tiles.h"

#include <algorithm>
#include <cmath>

namespace render {
namespace {

/// Around what is drawn: a pixel that a rasteriser rounds up to, and one more that anti-aliasing looks at.
constexpr float kMargin = 2;

/// The part of a segment, as shares of its length, within [low, high] on one axis.
void clipTo(float from, float to, float low, float high, float& first, float& last) {
  const float along = to - from;
  if (std::abs(along) < 1e-6f) {
    if (from < low || from > high) last = -1;
    return;
  }
  const float a = (low - from) / along;
  const float b = (high - from) / along;
  first = std::max(first, std::min(a, b));
  last = std::min(last, std::max(a, b));
}

}  // namespace

TouchedTiles::TouchedTiles(VkExtent2D size, const glm::mat4& viewProjection, float near)
    : size_(size.width, size.height),
      columns_((size.width + kTile - 1) / kTile),
      rows_((size.height + kTile - 1) / kTile),
      viewProjection_(viewProjection),
      near_(near),
      touched_(size_t{columns_} * rows_, 0) {
  const glm::mat4 rows = glm::transpose(viewProjection);
  perMetre_ = glm::mat3(glm::vec3(rows[0]), glm::vec3(rows[1]), glm::vec3(rows[3]));
  mostPerMetre_ = {glm::length(perMetre_[0]), glm::length(perMetre_[1]), glm::length(perMetre_[2])};
}

void TouchedTiles::touchAll() { std::fill(touched_.begin(), touched_.end(), uint8_t{1}); }

void TouchedTiles::touchBall(const glm::vec3& at, float radius) {
  touchClip(viewProjection_ * glm::vec4(at, 1.f), mostPerMetre_ * radius);
}

void TouchedTiles::touchBox(const math::Bounds& box) {
  if (box.empty()) return;
  const glm::vec3 half = (box.high - box.low) * 0.5f;
  const auto reach = [&](int row) { return glm::dot(glm::abs(perMetre_[row]), half); };
  touchClip(viewProjection_ * glm::vec4(box.centre(), 1.f), {reach(0), reach(1), reach(2)});
}

void TouchedTiles::touchClip(const glm::vec4& clip, const glm::vec3& reach) {
  const float nearest = clip.w - reach.z;
  const float farthest = clip.w + reach.z;
  if (farthest < near_) return;
  if (nearest < near_) return touchAll();
  const glm::vec2 low = glm::vec2(clip) - glm::vec2(reach);
  const glm::vec2 high = glm::vec2(clip) + glm::vec2(reach);
  const glm::vec2 lowest = glm::min(low / nearest, low / farthest);
  const glm::vec2 highest = glm::max(high / nearest, high / farthest);
  touchPixels((lowest * 0.5f + 0.5f) * size_, (highest * 0.5f + 0.5f) * size_);
}

void TouchedTiles::touchLine(const glm::vec3& from, const glm::vec3& to, float pixels, float metres) {
  glm::vec4 a = viewProjection_ * glm::vec4(from, 1.f);
  glm::vec4 b = viewProjection_ * glm::vec4(to, 1.f);
  if (a.w < near_ && b.w < near_) return;
  if (a.w < near_) a = glm::mix(a, b, (near_ - a.w) / (b.w - a.w));
  if (b.w < near_) b = glm::mix(b, a, (near_ - b.w) / (a.w - b.w));
  const float scale = mostPerMetre_.y * 0.5f * size_.y / std::min(a.w, b.w);  // pixels per metre
  const glm::vec2 wide(0.5f * std::max(pixels, metres * scale));
  const glm::vec2 start = pixelAt(a);
  const glm::vec2 end = pixelAt(b);
  float first = 0;
  float last = 1;
  const glm::vec2 margin = wide + kMargin;
  clipTo(start.x, end.x, -margin.x, size_.x + margin.x, first, last);
  clipTo(start.y, end.y, -margin.y, size_.y + margin.y, first, last);
  if (first > last) return;
  const glm::vec2 span = glm::abs(end - start) * (last - first);
  const auto pieces = std::max(1u, static_cast<uint32_t>(std::max(span.x, span.y) / static_cast<float>(kTile)));
  glm::vec2 here = glm::mix(start, end, first);
  for (uint32_t i = 1; i <= pieces; ++i) {
    const glm::vec2 next = glm::mix(start, end, first + (last - first) * static_cast<float>(i) / static_cast<float>(pieces));
    touchPixels(glm::min(here, next) - wide, glm::max(here, next) + wide);
    here = next;
  }
}

glm::vec2 TouchedTiles::pixelAt(const glm::vec4& clip) const { return (glm::vec2(clip) / clip.w * 0.5f + 0.5f) * size_; }

void TouchedTiles::touchPixels(const glm::vec2& low, const glm::vec2& high) {
  const glm::vec2 from = low - kMargin;
  const glm::vec2 to = high + kMargin;
  if (to.x < 0 || to.y < 0 || from.x >= size_.x || from.y >= size_.y) return;
  const auto tile = [](float pixel, uint32_t count) {
    return std::min(static_cast<uint32_t>(std::max(pixel, 0.f)) / kTile, count - 1);
  };
  const glm::vec2 inside = glm::min(to, size_);
  const uint32_t x0 = tile(from.x, columns_);
  const uint32_t x1 = tile(inside.x, columns_);
  const uint32_t y1 = tile(inside.y, rows_);
  for (uint32_t y = tile(from.y, rows_); y <= y1; ++y)
    std::fill_n(touched_.begin() + static_cast<ptrdiff_t>(size_t{y} * columns_ + x0), x1 - x0 + 1, uint8_t{1});
}

std::vector<VkRect2D> TouchedTiles::rects() const {
  std::vector<VkRect2D> result;
  const auto width = static_cast<uint32_t>(size_.x);
  const auto height = static_cast<uint32_t>(size_.y);
  for (uint32_t y = 0; y < rows_; ++y) {
    for (uint32_t x = 0; x < columns_;) {
      const uint8_t* row = touched_.data() + size_t{y} * columns_;
      const uint32_t first = x;
      while (x < columns_ && row[x]) ++x;
      if (x == first) {
        ++x;
        continue;
      }
      const uint32_t left = first * kTile;
      const uint32_t top = y * kTile;
      result.push_back({{static_cast<int32_t>(left), static_cast<int32_t>(top)},
                        {std::min(x * kTile, width) - left, std::min((y + 1) * kTile, height) - top}});
    }
  }
  return result;
}

}  // namespace render
