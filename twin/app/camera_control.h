// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "engine/scene/camera.h"

namespace app {

/// What the hands want from the camera this frame, whatever device it came from.
struct CameraInput {
  glm::dvec2 cursorNdc{0};      ///< -1..1, x right, y down
  glm::dvec2 cursorMove{0};     ///< pixels since the last frame
  double viewportHeight = 720;  ///< pixels
  double aspect = 16.0 / 9.0;
  bool pan = false;             ///< held: the ground sticks to the cursor
  bool orbit = false;           ///< held: turn about the point that was under the cursor
  bool tilt = false;            ///< held: turn on the spot
  double zoom = 0;              ///< wheel steps, positive nearer
  glm::dvec3 fly{0};            ///< right, forward, up, each -1..1
  double flySpeed = 1;          ///< factor: Shift 10, Ctrl 0.1
};

/// Ground height at (x, y), city frame.
using GroundHeight = std::function<double(double, double)>;

/// Orbit, pan, zoom to the cursor, fly, follow, and eased flights between views. Never rolls, never goes
/// under the ground.
class CameraControl {
 public:
  CameraControl(scene::Camera start, GroundHeight ground) : camera_(start), ground_(std::move(ground)) {}

  const scene::Camera& camera() const { return camera_; }
  void update(const CameraInput& input, double deltaSeconds);

  /// Eased over 0.3-0.9 s by distance; any input by hand ends it.
  void flyTo(const scene::Camera& target);
  void jumpTo(const scene::Camera& target);
  /// Frames a thing of that radius, keeping the heading.
  void flyToPoint(glm::dvec3 target, double radius);
  /// Keeps the camera at its present offset from a moving point; call follow() each frame with its
  /// place. The first call flies near.
  void follow(glm::dvec3 target, double deltaSeconds);
  void stopFollowing() { followed_.reset(); }
  bool following() const { return followed_.has_value(); }
  void northUp();
  void topView();
  /// Turns slowly about what is in the middle of the picture, radians.
  void drift(double turn);
  bool moving() const { return flight_.has_value(); }

  /// Where a ray meets the ground, at most 30 km away.
  std::optional<glm::dvec3> groundUnder(glm::dvec2 ndc, double aspect) const;

 private:
  struct Flight {
    scene::Camera from, to;
    double seconds = 0, length = 0.6;
  };
  void stepFlight(double deltaSeconds);
  void orbitAbout(glm::dvec3 centre, double turn, double tilt);
  void zoomTowards(glm::dvec3 point, double steps);
  void keepAboveGround();

  scene::Camera camera_;
  GroundHeight ground_;
  std::optional<Flight> flight_;
  std::optional<glm::dvec3> grabbed_;   ///< ground point held by pan or orbit
  bool wasPanning_ = false, wasOrbiting_ = false;
  std::optional<glm::dvec3> followed_;
};

}  // namespace app
