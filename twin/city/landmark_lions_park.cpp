// SPDX-License-Identifier: Apache-2.0
// A ballpark after Daegu Samsung Lions Park: eight straight sides, the field sunk between an infield
// bowl of two tiers and a low outfield, 99.5 m to the poles and 122.5 m to the centre-field fence.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "twin/city/landmark.h"

namespace city {
namespace {

constexpr uint32_t kBlue = 0x5B7BA3;
constexpr uint32_t kBlueLight = 0x7590B3;
constexpr uint32_t kConcrete = 0xDDD6CA;
constexpr uint32_t kSteel = 0xF1EFEA;
constexpr uint32_t kGrass = 0x93AC72;
constexpr uint32_t kClay = 0xBD9675;
constexpr uint32_t kDark = 0x3A4450;

/// Inner edge of the stands in field metres: home plate at (0, 0), centre field along +x.
const Ring kField{{118, -33}, {118, 33}, {68, 75}, {8, 33}, {-19, 10}, {-19, -10}, {8, -33}, {68, -75}};
constexpr float kLength = 194;  // of the whole park, field metres
constexpr float kWidth = 188;
constexpr float kBack = -59;  // its westernmost point

struct Park {
  LandmarkSpace& space;
  float scale;  // drawn metres per field metre
  float level;  // z of the field
  float rim;    // z of the canopy

  glm::vec3 at(glm::vec2 p, float z) const {
    const float centre = kBack + kLength / 2;
    return {(p.x - centre) * scale, p.y * scale, z};
  }
  std::vector<glm::vec3> line(const Ring& points, float z) const {
    std::vector<glm::vec3> out;
    for (const glm::vec2& p : points) out.push_back(at(p, z));
    return out;
  }
};

/// The point `t` of the way from a to b.
glm::vec2 between(glm::vec2 a, glm::vec2 b, float t) {
  return a + (b - a) * t;
}

/// The stands' inner edge moved out by `d`, from the first-base pole round home to the third-base pole:
/// clockwise seen from above. Its ends are square to the foul lines.
Ring arc(float d) {
  const Ring moved = offsetRing(kField, -d);
  const Ring& ring = moved.empty() ? kField : moved;
  Ring part(ring.begin() + 2, ring.end());
  const auto square = [&](size_t pole, size_t next) {
    const glm::vec2 run = glm::normalize(kField[next] - kField[pole]);
    const glm::vec2 side(-run.y, run.x);
    return kField[pole] + side * (glm::dot(side, kField[pole] - glm::vec2(40, 0)) > 0 ? d : -d);
  };
  part.front() = square(2, 3);
  part.back() = square(7, 6);
  std::reverse(part.begin(), part.end());
  return part;
}

/// The edge of the upper deck: it ends part of the way to the poles, further on the third-base side.
Ring upperArc(float d, float share = 1.f) {
  Ring ring = arc(d);
  ring.front() = between(ring[1], ring[0], 0.48f * share);
  ring.back() = between(ring[4], ring[5], 0.74f * share);
  return ring;
}

void drawField(const Park& park) {
  LandmarkSpace& s = park.space;
  const auto face = [&](const Ring& ring, float z) {
    Ring drawn;
    for (const glm::vec2& p : ring) drawn.emplace_back(park.at(p, 0));
    s.cap(drawn, z);
  };
  s.plain(kClay, 0.95f);
  face(kField, park.level);  // the warning track shows round the grass
  s.surface(gpu_types::kSurfacePitch, kGrass, 0.97f);
  const Ring grass = offsetRing(kField, 4.5f);
  if (!grass.empty()) face(grass, park.level + 0.06f);
  s.plain(kClay, 0.97f);
  Ring skin{{-4, -4}, {4, -4}};  // the infield: a square cut by the arc of 29 m about the mound
  for (int i = 0; i <= 10; ++i) {
    const float a = (-0.25f + 0.05f * static_cast<float>(i)) * std::numbers::pi_v<float>;
    const glm::vec2 p = glm::vec2(18.4f, 0) + 29.f * glm::vec2(std::cos(a * 1.28f), std::sin(a * 1.28f));
    skin.push_back(p);
  }
  skin.emplace_back(-4.f, 4.f);
  face(skin, park.level + 0.1f);
  s.surface(gpu_types::kSurfacePitch, kGrass, 0.97f);
  face({{4.5f, 0}, {19.4f, -14.9f}, {34.3f, 0}, {19.4f, 14.9f}}, park.level + 0.14f);
  s.plain(kClay, 0.97f);
  Ring mound;
  for (int i = 0; i < 10; ++i) {
    const float a = 0.628f * static_cast<float>(i);
    mound.push_back(glm::vec2(18.4f, 0) + 2.8f * glm::vec2(std::cos(a), std::sin(a)));
  }
  face(mound, park.level + 0.3f);
  s.plain(0xECEBE6);
  for (const float side : {-1.f, 1.f}) {  // the foul lines
    const glm::vec2 end(69.f, 69.f * side);
    const glm::vec2 across = glm::vec2(-0.7071f * side, 0.7071f) * 0.25f;
    face({glm::vec2(0) - across, end - across, end + across, glm::vec2(0) + across}, park.level + 0.18f);
  }
}

/// A tier of seats between two lines, a low wall before it and a dark gap for the concourse behind.
void drawTier(const Park& park, const Ring& front, const Ring& back, float z0, float z1, uint32_t color,
              float openness) {
  LandmarkSpace& s = park.space;
  s.plain(kConcrete, 0.85f);
  s.loft(park.line(front, park.level), park.line(front, z0), false);
  s.surface(gpu_types::kSurfaceSeats, color, openness);
  s.loft(park.line(front, z0), park.line(back, z1), false);
}

/// Outer walls under a line, facing away from the field.
void drawBackWall(const Park& park, Ring line, float z0, float z1, uint32_t use, uint32_t color) {
  std::reverse(line.begin(), line.end());
  park.space.facade(use, color);
  park.space.loft(park.line(line, z0), park.line(line, z1), false);
}

void drawEnds(const Park& park, const Ring& front, const Ring& back, float z0, float z1) {
  LandmarkSpace& s = park.space;
  s.plain(kConcrete, 0.9f);
  for (const size_t i : {size_t{0}, front.size() - 1}) {
    s.sheet({park.at(front[i], park.level - 2), park.at(back[i], park.level - 2), park.at(back[i], z1),
             park.at(front[i], z0)});
  }
}

/// Two decks with a mezzanine of boxes between them, from pole to pole round home plate.
void drawStands(const Park& park) {
  LandmarkSpace& s = park.space;
  const float h = park.rim - park.level;
  const float foot = s.foot();
  const Ring lowerFront = arc(0);
  const Ring lowerBack = arc(18);
  const float lowerTop = park.level + h * 0.30f;
  drawTier(park, lowerFront, lowerBack, park.level + 1.2f, lowerTop, kBlue, 0.92f);
  drawEnds(park, lowerFront, arc(25), park.level + 1.2f, lowerTop);
  s.plain(kConcrete, 0.7f);
  s.loft(park.line(lowerBack, lowerTop), park.line(arc(25), lowerTop), false);  // the open concourse
  drawBackWall(park, arc(25), foot, lowerTop + 1.1f, gpu_types::kUseCulture, 0xD9D0C1);

  const Ring upperFront = upperArc(16.5f);
  const Ring upperBack = upperArc(34);
  const float boxes = park.level + h * 0.36f;
  const float upperZ = park.level + h * 0.46f;
  const float upperTop = park.level + h * 0.80f;
  s.facade(gpu_types::kUseOffice, 0x9FB3C0, 0.8f);
  s.loft(park.line(upperArc(20), lowerTop), park.line(upperArc(20), boxes + 1.5f), false);
  s.plain(kSteel, 0.95f);
  s.loft(park.line(upperFront, boxes + 0.8f), park.line(upperFront, upperZ + 1.f), false);
  s.plain(kConcrete, 0.45f);
  s.loft(park.line(upperArc(25), boxes + 0.8f), park.line(upperFront, boxes + 0.8f), false);  // soffit
  s.surface(gpu_types::kSurfaceSeats, kBlueLight, 0.95f);
  s.loft(park.line(upperFront, upperZ), park.line(upperBack, upperTop), false);
  drawEnds(park, upperFront, upperBack, upperZ, upperTop);
  drawBackWall(park, upperBack, lowerTop, upperTop + 1.2f, gpu_types::kUsePublic, 0xE4DDD1);
  s.plain(kConcrete, 0.5f);  // the upper deck reaches out over the entrances
  s.loft(park.line(upperBack, lowerTop), park.line(upperArc(25), lowerTop), false);
}

/// A light roof over the upper deck, folded along the octagon, on raking struts.
void drawCanopy(const Park& park) {
  LandmarkSpace& s = park.space;
  const float h = park.rim - park.level;
  const Ring front = upperArc(20, 0.95f);
  const Ring back = upperArc(36.5f, 0.95f);
  const auto edge = [&](const Ring& ring, float z) { return park.line(ring, z); };
  const float zBack = park.rim - h * 0.045f;
  s.plain(kSteel);
  s.loft(edge(front, park.rim), edge(back, zBack), false);
  s.plain(kSteel, 0.55f);
  s.loft(edge(back, zBack - 0.9f), edge(front, park.rim - 0.5f), false);
  s.plain(kSteel);
  s.loft(edge(front, park.rim - 0.5f), edge(front, park.rim), false);
  Ring turned = back;
  std::reverse(turned.begin(), turned.end());
  s.loft(edge(turned, zBack - 0.9f), edge(turned, zBack), false);
  s.plain(0xC9CDCF, 0.9f);
  const Ring strutFoot = upperArc(33.5f, 0.95f);
  for (size_t i = 0; i + 1 < front.size(); ++i) {
    for (int k = 0; k < 4; ++k) {
      const float t = (static_cast<float>(k) + 0.5f) / 4;
      const glm::vec3 foot = park.at(between(strutFoot[i], strutFoot[i + 1], t), park.level + h * 0.79f);
      s.bar(foot, park.at(between(back[i], back[i + 1], t), zBack - 0.9f), 0.6f);
      s.bar(foot,
            park.at(between(front[i], front[i + 1], t) * 0.6f + between(back[i], back[i + 1], t) * 0.4f,
                    park.rim - 0.8f),
            0.45f);
    }
  }
}

/// The fence, the low bleachers of left field, the grass bank of right field and the batter's eye.
void drawOutfield(const Park& park) {
  LandmarkSpace& s = park.space;
  const Ring moved = offsetRing(kField, -12.f);
  const Ring fence{kField[7], kField[0], kField[1], kField[2]};
  const Ring back{moved[7], moved[0], moved[1], moved[2]};
  const float z = park.level;
  const float top = z + (park.rim - z) * 0.2f;
  const auto stand = [&](size_t i, uint32_t kind, uint32_t color, float rise) {
    const Ring a{fence[i + 1], fence[i]};  // clockwise, as the infield
    const Ring b{back[i + 1], back[i]};
    s.plain(0x5F7F74, 0.9f);
    s.loft(park.line(a, z), park.line(a, z + 3.2f), false);
    s.surface(kind, color, 0.97f);
    s.loft(park.line(a, z + 3.2f), park.line(b, rise), false);
    s.plain(kConcrete);
    drawBackWall(park, b, s.foot(), rise + 0.9f, gpu_types::kUsePlant, 0xD9D0C1);
    s.plain(kConcrete, 0.9f);
    for (const size_t e : {size_t{0}, size_t{1}}) {
      s.sheet({park.at(a[e], z - 1), park.at(b[e], z - 1), park.at(b[e], rise), park.at(a[e], z + 3.2f)});
    }
  };
  stand(0, gpu_types::kSurfaceTerrain, 0xA3B184, z + 5.5f);  // right field: families on the grass
  stand(1, gpu_types::kSurfacePlain, 0x53705F, z + 4.f);     // batter's eye
  stand(2, gpu_types::kSurfaceSeats, kBlue, top);            // left field
}

void drawScoreboard(const Park& park) {
  LandmarkSpace& s = park.space;
  const glm::vec2 middle(130, 14);
  const float low = park.level + (park.rim - park.level) * 0.28f;
  const float high = park.level + (park.rim - park.level) * 0.80f;
  const float w = 20;
  const auto slab = [&](float x0, float x1, float half, float z0, float z1) {
    const glm::vec3 a = park.at(middle + glm::vec2(x0, -half), z0);
    const glm::vec3 b = park.at(middle + glm::vec2(x1, half), z1);
    s.box(a, b, true);
  };
  s.plain(kDark);
  slab(0, 3, w, low, high);
  s.plain(0x9AA6AE, 0.9f);
  for (const float side : {-0.7f, 0.7f}) {
    s.box(park.at(middle + glm::vec2(0.6f, side * w - 0.8f), s.foot()),
          park.at(middle + glm::vec2(2.4f, side * w + 0.8f), low));
  }
  s.surface(gpu_types::kSurfaceScreen, 0x2E4F6B);
  const glm::vec2 face = middle - glm::vec2(0.08f, 0);
  s.quad({park.at(face + glm::vec2(0, w - 1), low + 1), park.at(face + glm::vec2(0, 1 - w), low + 1),
          park.at(face + glm::vec2(0, 1 - w), high - 1), park.at(face + glm::vec2(0, w - 1), high - 1)});
}

/// Six masts, their lamps in tilted frames towards the field.
void drawLights(const Park& park) {
  LandmarkSpace& s = park.space;
  const glm::vec2 feet[] = {{-38, -38}, {-38, 38}, {50, -91}, {46, 91}, {124, -48}, {121, 53}};
  const float top = park.level + (park.rim - park.level) * 1.6f;
  for (const glm::vec2& foot : feet) {
    const glm::vec2 in = glm::normalize(glm::vec2(45, 0) - foot);
    const glm::vec2 side(-in.y, in.x);
    s.plain(0xC9CDCF);
    s.column(park.at(foot, s.foot()), 0.7f, top - 5 - s.foot(), 6);
    const float w = 6;
    const std::array<glm::vec3, 4> frame{park.at(foot + in * 1.f + side * w, top - 6),
                                         park.at(foot + in * 1.f - side * w, top - 6),
                                         park.at(foot - side * w, top), park.at(foot + side * w, top)};
    s.plain(0xE9E7E0);
    s.quad(frame);
    s.plain(0x8F9AA2);
    s.quad({frame[1], frame[0], frame[3], frame[2]});
  }
}

}  // namespace

void drawLionsPark(LandmarkSpace& space) {
  space.face(1.13f);  // centre field looks east-north-east, the afternoon sun behind the main stand
  const float scale = std::min(space.halfX() * 2 / kLength, space.halfY() * 2 / kWidth);
  const float level = space.platform();
  const float top = space.height();
  const Park park{space, scale, level, std::max(top, level + 12)};
  drawField(park);
  drawStands(park);
  drawCanopy(park);
  drawOutfield(park);
  drawScoreboard(park);
  drawLights(park);
}

}  // namespace city
