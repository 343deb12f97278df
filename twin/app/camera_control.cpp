// SPDX-License-Identifier: Apache-2.0
#include "twin/app/camera_control.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace app {
namespace {

constexpr double kClearance = 1.8;       // metres between the eye and the ground
constexpr double kSteepest = -1.55;      // just short of straight down: up stays defined
constexpr double kFlattest = 0.35;
constexpr double kHighest = 12000;
constexpr double kRadiansPerPixel = 0.0045;
constexpr double kFlyMetresPerSecond = 40;

double smooth(double t) { return t * t * t * (t * (t * 6 - 15) + 10); }

double turnBetween(double from, double to) { return std::remainder(to - from, 2 * std::numbers::pi); }

}  // namespace

std::optional<glm::dvec3> CameraControl::groundUnder(glm::dvec2 ndc, double aspect) const {
  const glm::dvec3 direction = camera_.rayThrough(ndc, aspect);
  const auto above = [&](double t) {
    const glm::dvec3 p = camera_.position + direction * t;
    return p.z - ground_(p.x, p.y);
  };
  double before = 0;
  double step = std::max(2.0, above(0) * 0.05);
  for (double t = step; t < 30000; t += step) {
    if (above(t) <= 0) {
      double low = before;
      double high = t;
      for (int i = 0; i < 30; ++i) (above((low + high) / 2) > 0 ? low : high) = (low + high) / 2;
      return camera_.position + direction * high;
    }
    before = t;
    step *= 1.05;
  }
  return std::nullopt;
}

void CameraControl::update(const CameraInput& input, double deltaSeconds) {
  const bool byHand = input.pan || input.orbit || input.tilt || input.zoom != 0 || glm::length(input.fly) > 0;
  if (byHand) flight_.reset();
  if (input.pan || glm::length(input.fly) > 0) followed_.reset();
  if (flight_) stepFlight(deltaSeconds);

  const bool grabbing = (input.pan && !wasPanning_) || (input.orbit && !wasOrbiting_);
  if (grabbing) grabbed_ = groundUnder(input.cursorNdc, input.aspect);
  if (!input.pan && !input.orbit) grabbed_.reset();
  wasPanning_ = input.pan;
  wasOrbiting_ = input.orbit;

  if (input.pan && grabbed_) {
    // The ground point that was taken hold of stays under the cursor: intersect its height plane.
    const glm::dvec3 direction = camera_.rayThrough(input.cursorNdc, input.aspect);
    if (direction.z < -0.02) {
      const double t = (grabbed_->z - camera_.position.z) / direction.z;
      const glm::dvec3 now = camera_.position + direction * t;
      glm::dvec3 move = *grabbed_ - now;
      move.z = 0;
      const double longest = std::max(50.0, camera_.position.z) * 0.8;
      if (glm::length(move) < longest) camera_.position += move;
    }
  }
  if (input.orbit) {
    const glm::dvec3 centre = grabbed_ ? *grabbed_ : camera_.position + camera_.forward() * 200.0;
    orbitAbout(centre, input.cursorMove.x * kRadiansPerPixel, -input.cursorMove.y * kRadiansPerPixel);
  }
  if (input.tilt) {
    camera_.heading += input.cursorMove.x * kRadiansPerPixel * 0.6;
    camera_.pitch = std::clamp(camera_.pitch - input.cursorMove.y * kRadiansPerPixel * 0.6, kSteepest, kFlattest);
  }
  if (input.zoom != 0) {
    const auto point = groundUnder(input.cursorNdc, input.aspect);
    zoomTowards(point ? *point : camera_.position + camera_.rayThrough(input.cursorNdc, input.aspect) * 500.0, input.zoom);
  }
  if (glm::length(input.fly) > 0) {
    // Faster when high above the ground: a step should look like a step.
    const double height = std::max(5.0, camera_.position.z - ground_(camera_.position.x, camera_.position.y));
    const double speed = kFlyMetresPerSecond * input.flySpeed * std::max(1.0, height / 60.0);
    const glm::dvec3 ahead(std::sin(camera_.heading), std::cos(camera_.heading), 0);
    camera_.position += (camera_.right() * input.fly.x + ahead * input.fly.y + glm::dvec3(0, 0, input.fly.z)) * speed * deltaSeconds;
  }
  keepAboveGround();
}

void CameraControl::orbitAbout(glm::dvec3 centre, double turn, double tilt) {
  const double pitch = std::clamp(camera_.pitch + tilt, kSteepest, -0.03);
  const glm::dvec3 offset = camera_.position - centre;
  // Express the offset in the camera's own axes, turn the axes, and put it back.
  const glm::dvec3 local(glm::dot(offset, camera_.right()), glm::dot(offset, camera_.up()), glm::dot(offset, camera_.forward()));
  camera_.heading += turn;
  camera_.pitch = std::max(pitch, kSteepest);
  camera_.position = centre + camera_.right() * local.x + camera_.up() * local.y + camera_.forward() * local.z;
}

void CameraControl::zoomTowards(glm::dvec3 point, double steps) {
  const double distance = glm::distance(camera_.position, point);
  const double wanted = std::clamp(distance * std::pow(0.85, steps), 4.0, kHighest);
  const glm::dvec3 towards = (point - camera_.position) / std::max(distance, 1e-6);
  camera_.position += towards * (distance - wanted);
  if (followed_) followed_.reset();
}

void CameraControl::flyTo(const scene::Camera& target) {
  const double distance = glm::distance(camera_.position, target.position);
  flight_ = Flight{.from = camera_, .to = target, .length = std::clamp(0.3 + distance / 3000.0, 0.3, 0.9)};
  followed_.reset();
}

void CameraControl::jumpTo(const scene::Camera& target) {
  flight_.reset();
  followed_.reset();
  camera_ = target;
  keepAboveGround();
}

void CameraControl::flyToPoint(glm::dvec3 target, double radius) {
  const double pitch = std::clamp(camera_.pitch, -0.9, -0.35);
  const double distance = std::clamp(radius * 6.0, 45.0, 900.0);
  flyTo(scene::lookAt(target, distance, camera_.heading, pitch, camera_.verticalFov));
}

void CameraControl::follow(glm::dvec3 target, double deltaSeconds) {
  if (!followed_) {
    if (!flight_ && glm::distance(camera_.position, target) > 160) {
      flyTo(scene::lookAt(target, 70, camera_.heading, std::clamp(camera_.pitch, -0.6, -0.3), camera_.verticalFov));
      return;
    }
    if (flight_) return;
    followed_ = target;
  }
  // Moves with the target at once; looks towards it softly so that it stays in the middle.
  camera_.position += target - *followed_;
  followed_ = target;
  const glm::dvec3 to = target - camera_.position;
  const double heading = std::atan2(to.x, to.y);
  const double pitch = std::atan2(to.z, std::hypot(to.x, to.y));
  const double share = 1 - std::exp(-deltaSeconds * 2.5);
  camera_.heading += turnBetween(camera_.heading, heading) * share;
  camera_.pitch += (std::clamp(pitch, kSteepest, kFlattest) - camera_.pitch) * share;
  keepAboveGround();
}

void CameraControl::northUp() {
  scene::Camera target = camera_;
  if (const auto centre = groundUnder({0, 0}, 1)) {
    target = scene::lookAt(*centre, glm::distance(*centre, camera_.position), 0, camera_.pitch, camera_.verticalFov);
  } else {
    target.heading = 0;
  }
  flyTo(target);
}

void CameraControl::drift(double turn) {
  if (flight_ || followed_) return;
  if (const auto centre = groundUnder({0, 0}, 1)) orbitAbout(*centre, turn, 0);
  keepAboveGround();
}

void CameraControl::topView() {
  const auto centre = groundUnder({0, 0}, 1);
  const glm::dvec3 at = centre ? *centre : camera_.position;
  flyTo(scene::lookAt(at, std::max(300.0, glm::distance(at, camera_.position)), 0, kSteepest, camera_.verticalFov));
}

void CameraControl::stepFlight(double deltaSeconds) {
  Flight& f = *flight_;
  f.seconds += deltaSeconds;
  const double t = smooth(std::clamp(f.seconds / f.length, 0.0, 1.0));
  camera_.position = glm::mix(f.from.position, f.to.position, t);
  camera_.heading = f.from.heading + turnBetween(f.from.heading, f.to.heading) * t;
  camera_.pitch = std::lerp(f.from.pitch, f.to.pitch, t);
  camera_.verticalFov = std::lerp(f.from.verticalFov, f.to.verticalFov, t);
  if (f.seconds >= f.length) flight_.reset();
}

void CameraControl::keepAboveGround() {
  const double lowest = ground_(camera_.position.x, camera_.position.y) + kClearance;
  camera_.position.z = std::clamp(camera_.position.z, lowest, lowest + kHighest);
}

}  // namespace app
