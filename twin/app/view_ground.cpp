// SPDX-License-Identifier: Apache-2.0
#include "twin/app/view_ground.h"

#include <algorithm>

namespace app {
namespace {

constexpr double kFar = 4000;  // metres; beyond it movers are no larger than a pixel

}  // namespace

feeds::GroundBox groundSeen(const scene::View& view) {
  const scene::Camera& camera = view.camera;
  const double aspect = static_cast<double>(view.width) / std::max(1u, view.height);
  feeds::GroundBox box{camera.position.x, camera.position.y, camera.position.x, camera.position.y};
  for (const double x : {-1.0, 0.0, 1.0}) {
    for (const double y : {-1.0, 0.0, 1.0}) {
      const glm::dvec3 ray = camera.rayThrough({x, y}, aspect);
      const double down = ray.z < -1e-6 ? std::max(camera.position.z, 1.0) / -ray.z : kFar;
      const glm::dvec3 at = camera.position + ray * std::min(down, std::max(kFar, camera.position.z * 2));
      box.minX = std::min(box.minX, at.x);
      box.minY = std::min(box.minY, at.y);
      box.maxX = std::max(box.maxX, at.x);
      box.maxY = std::max(box.maxY, at.y);
    }
  }
  return box;
}

}  // namespace app
