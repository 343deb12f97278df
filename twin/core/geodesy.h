// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "engine/math/glm.h"

namespace core {

struct GeoPoint {
  double longitude = 0;  ///< degrees, WGS 84
  double latitude = 0;
  double elevation = 0;  ///< metres above sea level
};

/// The city frame: metres in a projected CRS minus an origin; x east, y (grid) north, z elevation minus
/// elevation0. Thread-safe after creation.
class CityFrame {
 public:
  /// `crs` as PROJ understands it ("EPSG:5187"). Fails when PROJ does not know it.
  static base::Result<CityFrame> create(const std::string& crs, double originEast, double originNorth,
                                        double elevation0 = 0);
  /// A transverse Mercator of its own about a point, for cities without a pack (OSM extracts).
  static base::Result<CityFrame> local(double longitude, double latitude, double elevation0 = 0);

  glm::dvec3 toCity(const GeoPoint& point) const;
  GeoPoint toGeographic(const glm::dvec3& city) const;

  const std::string& crs() const;
  GeoPoint origin() const;
  double elevation0() const;
  /// Meridian convergence at the origin, radians: the angle from true north to grid north, clockwise
  /// positive, as surveyors and EPSG define it (Snyder 1987 eq. 8-9; at Alpha City in EPSG:5187 -0.18
  /// degrees). A direction with true azimuth A has grid azimuth A - convergence; use the two functions
  /// below rather than the sign.
  double gridConvergence() const;
  /// Azimuths in radians clockwise: from true north (compass, sun, GNSS) to grid north (+y) and back.
  double gridFromTrue(double trueAzimuth) const { return trueAzimuth - gridConvergence(); }
  double trueFromGrid(double gridAzimuth) const { return gridAzimuth + gridConvergence(); }

 private:
  struct State;
  explicit CityFrame(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

/// Heading (radians clockwise from grid north) to yaw (radians counter-clockwise from +x), and back.
double yawFromHeading(double heading);
double headingFromYaw(double yaw);

}  // namespace core
