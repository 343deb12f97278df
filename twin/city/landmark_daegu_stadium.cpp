// SPDX-License-Identifier: Apache-2.0
// An athletics stadium after Daegu Stadium: an oval bowl of two tiers, higher along the straights, and
// over each straight a shell that hangs from a great white arch.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "twin/city/landmark.h"

namespace city {
namespace {

constexpr int kSegments = 56;
constexpr int kRoofSteps = 28;
constexpr uint32_t kWhite = 0xF3F1EC;
constexpr uint32_t kConcrete = 0xDED7CB;
constexpr float kTurn = 2.f * std::numbers::pi_v<float>;

struct Bowl {
  LandmarkSpace& space;
  float a, b;  // outer half axes
  float innerA, innerB;
  float level;  // of the field
  float top;    // of the arches

  float angle(int i) const { return kTurn * static_cast<float>(i) / kSegments; }
  /// Outline between the field (k = 0) and the outer wall (k = 1).
  glm::vec2 at(float t, float k) const {
    const float n = 2.25f + 0.55f * (1 - k);  // nearer the track the oval is squarer
    const float c = std::cos(t);
    const float s = std::sin(t);
    const glm::vec2 half(innerA + (a - innerA) * k, innerB + (b - innerB) * k);
    return {half.x * std::copysign(std::pow(std::abs(c), 2 / n), c),
            half.y * std::copysign(std::pow(std::abs(s), 2 / n), s)};
  }
  /// The rim rises towards the middle of the straights.
  float rim(float t) const {
    return level + (top - level) * (0.36f + 0.16f * std::pow(std::abs(std::sin(t)), 1.6f));
  }
  std::vector<glm::vec3> ring(float k, float share, float add) const {
    std::vector<glm::vec3> points;
    for (int i = 0; i < kSegments; ++i) {
      const float t = angle(i);
      points.emplace_back(at(t, k), level + (rim(t) - level) * share + add);
    }
    return points;
  }
  std::vector<glm::vec3> flatRing(float k, float z) const {
    std::vector<glm::vec3> points;
    for (int i = 0; i < kSegments; ++i) points.emplace_back(at(angle(i), k), z);
    return points;
  }
};

/// Half circles joined by straights: the shape of a running track, `r` the radius of its ends.
Ring stadiumRing(float straight, float r, int steps) {
  Ring ring;
  for (int side = 0; side < 2; ++side) {
    for (int i = 0; i <= steps; ++i) {
      const float t = kTurn * (0.5f * static_cast<float>(i) / static_cast<float>(steps) - 0.25f +
                               0.5f * static_cast<float>(side));
      ring.emplace_back((side == 0 ? straight : -straight) + r * std::cos(t), r * std::sin(t));
    }
  }
  return ring;
}

void drawField(const Bowl& bowl) {
  LandmarkSpace& s = bowl.space;
  const float scale = std::min(bowl.innerA / 93.f, bowl.innerB / 52.f);
  const float z = bowl.level;
  Ring floor;
  for (int i = 0; i < kSegments; ++i) floor.push_back(bowl.at(bowl.angle(i), 0.02f));
  s.plain(0xB7A99A, 0.92f);
  s.cap(floor, z);
  s.plain(0xB0705F, 0.97f);
  s.cap(stadiumRing(42.2f * scale, 46.3f * scale, 12), z + 0.08f);
  s.surface(gpu_types::kSurfacePitch, 0x8FAA6E);
  s.cap(stadiumRing(42.2f * scale, 36.5f * scale, 12), z + 0.16f);
  s.plain(0xECEBE6);
  const glm::vec2 half(52.5f * scale, 34.f * scale);
  const float w = 0.25f * scale;
  const auto line = [&](glm::vec2 low, glm::vec2 high) { s.cap(rectangle(low, high), z + 0.24f); };
  line({-half.x, -half.y}, {half.x, -half.y + w * 2});
  line({-half.x, half.y - w * 2}, {half.x, half.y});
  for (const float x : {-half.x, -w, half.x - w * 2}) line({x, -half.y}, {x + w * 2, half.y});
}

void drawTiers(const Bowl& bowl) {
  LandmarkSpace& s = bowl.space;
  const auto front = bowl.flatRing(0, bowl.level + 1.6f);
  const auto lowerBack = bowl.ring(0.44f, 0.36f, 0);
  const auto gap = bowl.ring(0.46f, 0.36f, 3.2f);
  const auto rim = bowl.ring(0.96f, 1, 0);
  s.plain(kConcrete, 0.85f);
  s.loft(bowl.flatRing(0, bowl.level + 1.6f), bowl.flatRing(0, bowl.level));
  s.surface(gpu_types::kSurfaceSeats, 0x6F8FB0, 0.9f);
  s.loft(lowerBack, front);
  s.plain(kConcrete, 0.6f);
  s.loft(gap, lowerBack);
  s.surface(gpu_types::kSurfaceSeats, 0x86A2BD, 0.96f);
  s.loft(rim, gap);
  // The rim's own wall, and the outer wall leaning out to it.
  const auto parapet = bowl.ring(0.96f, 1, 1.2f);
  const auto outer = bowl.ring(1, 1, 1.2f);
  s.plain(kWhite);
  s.loft(parapet, rim);
  s.loft(outer, parapet);
  s.facade(gpu_types::kUseCulture, 0xE6E0D5);
  s.smoothLoft(bowl.ring(0.955f, 0.36f, 0), outer);
  s.plain(kConcrete, 0.8f);
  s.loft(bowl.ring(1, 0.36f, 0), bowl.ring(0.955f, 0.36f, 0));
  s.facade(gpu_types::kUsePublic, 0xD8D0C4, 0.75f);
  s.smoothLoft(bowl.flatRing(1, s.foot()), bowl.ring(1, 0.36f, 0));
}

/// Slender ribs that carry the upper tier, spaced round the outer wall.
void drawRibs(const Bowl& bowl) {
  LandmarkSpace& s = bowl.space;
  s.plain(kWhite, 0.95f);
  for (int i = 0; i < kSegments; i += 2) {
    const float t = bowl.angle(i);
    s.bar(glm::vec3(bowl.at(t, 0.995f), bowl.level + (bowl.rim(t) - bowl.level) * 0.36f),
          glm::vec3(bowl.at(t, 0.985f), bowl.rim(t) + 1), 1.f);
  }
}

/// One shell over a straight: `side` +1 or -1.
void drawRoof(const Bowl& bowl, float side) {
  LandmarkSpace& s = bowl.space;
  std::vector<glm::vec3> outer;
  std::vector<glm::vec3> middle;
  std::vector<glm::vec3> inner;
  std::vector<glm::vec3> arch;
  constexpr float kFrom = 0.085f;  // of a half turn: the shell leaves the ends open
  for (int i = 0; i <= kRoofSteps; ++i) {
    const float f = static_cast<float>(i) / kRoofSteps;
    const float t = std::numbers::pi_v<float> * (kFrom + (1 - 2 * kFrom) * f);
    const float swell = std::max(0.f, std::sin(std::numbers::pi_v<float> * f));
    const glm::vec2 out = bowl.at(t, 0.99f);
    const glm::vec2 in = bowl.at(t, 0.99f - 0.72f * std::pow(swell, 0.75f));
    const glm::vec2 mid = (out + in) * 0.5f;
    const float zOut = bowl.rim(t) + 1.6f + 2.5f * swell;
    const float zIn = zOut + (bowl.top - 4.6f - zOut) * (0.15f + 0.85f * swell) * std::min(1.f, swell * 3);
    outer.emplace_back(out.x, out.y * side, zOut);
    middle.emplace_back(mid.x, mid.y * side, zOut + (zIn - zOut) * 0.68f);
    inner.emplace_back(in.x, in.y * side, zIn);
    arch.emplace_back(in.x, in.y * side, zIn + 3.6f * swell);
  }
  const auto shell = [&](const std::vector<glm::vec3>& low, const std::vector<glm::vec3>& high, float drop,
                         float openness, bool under) {
    std::vector<glm::vec3> p = low;
    std::vector<glm::vec3> q = high;
    for (auto* line : {&p, &q})
      for (glm::vec3& v : *line) v.z -= drop;
    s.plain(kWhite, openness);
    if ((side > 0) != under) {
      s.smoothLoft(p, q, false);
    } else {
      s.smoothLoft(q, p, false);
    }
  };
  for (const auto& [low, high] : {std::pair{&outer, &middle}, std::pair{&middle, &inner}}) {
    shell(*low, *high, 0, 1.f, false);
    shell(*low, *high, 0.7f, 0.62f, true);
  }
  s.plain(kWhite);
  for (size_t i = 0; i + 1 < arch.size(); ++i) s.bar(arch[i], arch[i + 1], 2.2f);
  s.plain(0xDAD9D4, 0.9f);
  for (size_t i = 3; i + 3 < arch.size(); i += 2) s.bar(outer[i], arch[i], 0.5f);
}

}  // namespace

void drawDaeguStadium(LandmarkSpace& space) {
  const float a = space.halfX();
  const float b = space.halfY();
  // The field keeps its true 93 x 52 m inside the bowl where there is room for it.
  const float innerA = std::min(a * 0.70f, std::max(97.f, a * 0.62f));
  const float innerB = std::min(b * 0.62f, std::max(55.f, b * 0.45f));
  const float level = space.platform();
  const Bowl bowl{space, a, b, innerA, innerB, level, level + std::max(space.height() - level, 12.f) * 1.3f};
  drawField(bowl);
  drawTiers(bowl);
  drawRibs(bowl);
  drawRoof(bowl, 1);
  drawRoof(bowl, -1);
}

}  // namespace city
