// SPDX-License-Identifier: Apache-2.0
// An entrance of Daegu Metro: a stair behind low stone walls under a glass roof that rises towards the
// street, with the line's sign at its mouth.
#include <algorithm>

#include "twin/city/landmark.h"

namespace city {

void drawMetroEntrance(LandmarkSpace& s) {
  const float x = s.halfX();
  const float y = s.halfY();
  const float h = s.height();
  const float wall = std::min(1.1f, h * 0.35f);
  const float t = std::min(0.25f, y * 0.2f);
  s.plain(0xCFC7BA);
  for (const float side : {-1.f, 1.f}) {
    s.box({-x, std::min(side * y, side * (y - t)), s.foot()}, {x, std::max(side * y, side * (y - t)), wall});
  }
  s.box({-x, -y + t, s.foot()}, {-x + t, y - t, wall});
  s.plain(0x4A4E52, 0.3f);  // the stair sinks into the dark
  s.quad({glm::vec3(x, -y + t, 0.06f), glm::vec3(x, y - t, 0.06f), glm::vec3(-x + t, y - t, 0.03f),
          glm::vec3(-x + t, -y + t, 0.03f)});
  const float back = h * 0.72f;
  const float front = h - 0.15f;
  s.glass(0xA7BDC9);
  for (const float side : {-1.f, 1.f}) {
    const float yy = side * (y - t * 0.5f);
    s.sheet({glm::vec3(-x + t, yy, wall), glm::vec3(x * 0.7f, yy, wall),
             glm::vec3(x * 0.7f, yy, back + (front - back) * 0.85f), glm::vec3(-x + t, yy, back)});
  }
  s.sheet({glm::vec3(-x + t, -y + t, wall), glm::vec3(-x + t, y - t, wall), glm::vec3(-x + t, y - t, back),
           glm::vec3(-x + t, -y + t, back)});
  s.glass(0x9DB4C1);
  s.sheet({glm::vec3(-x, -y, back), glm::vec3(x, -y, front), glm::vec3(x, y, front), glm::vec3(-x, y, back)});
  s.plain(0xE7E5DF);
  for (const float side : {-1.f, 1.f}) {
    s.bar({-x, side * (y - 0.1f), back}, {x, side * (y - 0.1f), front}, 0.2f);
    s.bar({x * 0.7f, side * (y - 0.1f), s.foot()},
          {x * 0.7f, side * (y - 0.1f), back + (front - back) * 0.85f}, 0.18f);
    s.bar({-x + 0.1f, side * (y - 0.1f), s.foot()}, {-x + 0.1f, side * (y - 0.1f), back}, 0.18f);
  }
  s.plain(0x5F8F6B);  // line 2 is green
  s.box({x - 0.25f, -std::min(1.2f, y * 0.7f), front - 0.75f},
        {x - 0.05f, std::min(1.2f, y * 0.7f), front - 0.1f}, true);
}

}  // namespace city
