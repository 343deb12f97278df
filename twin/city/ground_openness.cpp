// SPDX-License-Identifier: Apache-2.0
#include "twin/city/ground_openness.h"

#include <algorithm>
#include <cmath>

#include "twin/city/rings.h"

namespace city {
namespace {

constexpr double kTexel = 1.6;  // metres, unless the city is too large for 2048 of them
constexpr uint32_t kMaxTexels = 2048;
constexpr float kTreeCover = 0.5f;  // light that a crown takes

/// Blocked sky per texel, 0 open .. 1 blocked, in the image that is being baked.
class Cover {
 public:
  Cover(uint32_t width, uint32_t height, glm::dvec2 origin, double texel)
      : width_(width),
        height_(height),
        origin_(origin),
        texel_(texel),
        values_(size_t{width} * height, 0.f) {}

  void add(std::span<const glm::dvec3> ring, float value) {
    const auto [low, high] = extentOf(ring);
    std::vector<double> crossings;
    for (int64_t row = rowOf(low.y); row <= rowOf(high.y); ++row) {
      if (row < 0 || row >= height_) continue;
      const double y = origin_.y + (static_cast<double>(row) + 0.5) * texel_;
      crossings.clear();
      for (size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const glm::dvec3& a = ring[i];
        const glm::dvec3& b = ring[j];
        if ((a.y > y) != (b.y > y)) crossings.push_back((b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x);
      }
      std::sort(crossings.begin(), crossings.end());
      for (size_t i = 0; i + 1 < crossings.size(); i += 2) fill(row, crossings[i], crossings[i + 1], value);
    }
  }

  void addDisc(glm::dvec2 centre, double radius, float value) {
    for (int64_t row = rowOf(centre.y - radius); row <= rowOf(centre.y + radius); ++row) {
      if (row < 0 || row >= height_) continue;
      const double dy = origin_.y + (static_cast<double>(row) + 0.5) * texel_ - centre.y;
      const double reach = radius * radius - dy * dy;
      if (reach > 0) fill(row, centre.x - std::sqrt(reach), centre.x + std::sqrt(reach), value);
    }
  }

  /// Three box blurs come close to a Gaussian.
  void blur(int radius) {
    std::vector<float> other(values_.size());
    for (int pass = 0; pass < 2; ++pass) {
      blurRows(values_, other, width_, height_, radius);
      transposeBlur(other, values_, radius);
    }
  }

  const std::vector<float>& values() const { return values_; }

 private:
  int64_t rowOf(double y) const { return static_cast<int64_t>(std::floor((y - origin_.y) / texel_)); }

  void fill(int64_t row, double x0, double x1, float value) {
    const auto first = std::max<int64_t>(0, static_cast<int64_t>(std::lround((x0 - origin_.x) / texel_)));
    const auto last = std::min<int64_t>(width_, static_cast<int64_t>(std::lround((x1 - origin_.x) / texel_)));
    for (int64_t x = first; x < last; ++x) {
      float& texel = values_[static_cast<size_t>(row) * width_ + static_cast<size_t>(x)];
      texel = std::max(texel, value);
    }
  }

  static void blurRows(const std::vector<float>& from, std::vector<float>& to, uint32_t width,
                       uint32_t height, int radius) {
    const auto n = static_cast<int>(width);
    const float share = 1.f / static_cast<float>(2 * radius + 1);
    for (uint32_t row = 0; row < height; ++row) {
      const float* in = from.data() + size_t{row} * width;
      float* out = to.data() + size_t{row} * width;
      float sum = 0;
      for (int x = -radius; x <= radius; ++x) sum += in[std::clamp(x, 0, n - 1)];
      for (int x = 0; x < n; ++x) {
        out[x] = sum * share;
        sum += in[std::min(x + radius + 1, n - 1)] - in[std::max(x - radius, 0)];
      }
    }
  }

  /// The same down the columns: running sums of whole rows, friendly to the cache.
  void transposeBlur(const std::vector<float>& from, std::vector<float>& to, int radius) const {
    const auto n = static_cast<int>(height_);
    const float share = 1.f / static_cast<float>(2 * radius + 1);
    std::vector<float> sum(width_, 0.f);
    const auto rowAt = [&](int y) {
      return from.data() + static_cast<size_t>(std::clamp(y, 0, n - 1)) * width_;
    };
    for (int y = -radius; y <= radius; ++y) {
      const float* row = rowAt(y);
      for (uint32_t x = 0; x < width_; ++x) sum[x] += row[x];
    }
    for (int y = 0; y < n; ++y) {
      const float* enter = rowAt(y + radius + 1);
      const float* leave = rowAt(y - radius);
      float* out = to.data() + static_cast<size_t>(y) * width_;
      for (uint32_t x = 0; x < width_; ++x) {
        out[x] = sum[x] * share;
        sum[x] += enter[x] - leave[x];
      }
    }
  }

  uint32_t width_;
  uint32_t height_;
  glm::dvec2 origin_;
  double texel_;
  std::vector<float> values_;
};

}  // namespace

scene::GroundField bakeGroundOpenness(const CityData& data) {
  const double margin = 60;
  const glm::dvec2 origin = data.low - margin;
  const glm::dvec2 size = glm::max(data.high - data.low, glm::dvec2(10)) + 2 * margin;
  const bool bare = data.buildings.empty() && data.trees.empty();
  const double texel = std::max(kTexel, std::max(size.x, size.y) / (bare ? 16 : kMaxTexels));
  const auto width = std::min(kMaxTexels, static_cast<uint32_t>(std::ceil(size.x / texel)));
  const auto height = std::min(kMaxTexels, static_cast<uint32_t>(std::ceil(size.y / texel)));
  Cover near(width, height, origin, texel);
  Cover wide(width, height, origin, texel);
  for (const Feature& building : data.buildings) {
    if (building.rings.empty() || building.number("min_height") > 2) continue;
    const auto tall = static_cast<float>(std::clamp(building.number("height", 8) / 30.0, 0.25, 1.0));
    near.add(building.rings[0], 1.f);
    wide.add(building.rings[0], tall);
  }
  for (const Feature& tree : data.trees) {
    if (tree.rings.empty()) continue;
    near.addDisc(glm::dvec2(tree.rings[0][0]), std::clamp(tree.number("crown", 4) * 0.45, 0.5, 10.0),
                 kTreeCover);
  }
  near.blur(std::max(1, static_cast<int>(std::lround(1.8 / texel))));
  wide.blur(std::max(2, static_cast<int>(std::lround(9.0 / texel))));
  scene::GroundField field;
  field.width = width;
  field.height = height;
  field.origin = glm::vec2(origin);
  field.size = glm::vec2(width * texel, height * texel);
  field.openness.resize(size_t{width} * height);
  for (size_t i = 0; i < field.openness.size(); ++i) {
    const float open = (1 - 0.5f * near.values()[i]) * (1 - 0.45f * wide.values()[i]);
    field.openness[i] = static_cast<uint8_t>(std::lround(std::clamp(open, 0.f, 1.f) * 255.f));
  }
  field.revision = 1;
  return field;
}

}  // namespace city
