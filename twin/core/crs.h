// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "twin/core/geodesy.h"

namespace core {

/// From coordinates of any reference system to WGS 84, for data that come in another one (EPSG:5186 of
/// national files, EPSG:5174 of old cadastral ones). x is always east or longitude, y north or latitude,
/// whatever the axis order of the system. Safe from any thread; PROJ works behind a mutex.
class ForeignCrs {
 public:
  /// Fails when PROJ does not know the name.
  static base::Result<std::shared_ptr<const ForeignCrs>> create(const std::string& crs);
  /// Nothing where the system does not reach.
  std::optional<GeoPoint> toGeographic(double x, double y) const;
  ~ForeignCrs();
  ForeignCrs(const ForeignCrs&) = delete;
  ForeignCrs& operator=(const ForeignCrs&) = delete;

 private:
  struct State;
  explicit ForeignCrs(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace core
