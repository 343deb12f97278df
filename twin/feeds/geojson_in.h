// SPDX-License-Identifier: Apache-2.0
// Internal to the decoders: GeoJSON geometries of messages. Only included by their .cpp files.
#pragma once

#include "twin/feeds/json_in.h"

namespace feeds::json {

/// A place or a shape, in the city frame, without elevation: heights of RFC 7946 are above the ellipsoid and
/// mostly zero, so things are stood on the ground.
struct Shape {
  glm::dvec3 position{0};  ///< the point, or the middle of the shape's points
  std::shared_ptr<const model::Geometry> geometry;  ///< null for points
};

/// True when the object has the form of a GeoJSON geometry or Feature (RFC 7946 sections 3.1 and 3.2).
bool isGeoJson(const object& value);

/// Point, MultiPoint (its middle), LineString, MultiLineString, Polygon, MultiPolygon, GeometryCollection (its
/// lines and areas; its points when there is nothing else) or a Feature of one. The error is the reason.
base::Result<Shape> shape(const object& value, const core::CityFrame& frame);

}  // namespace feeds::json
