// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "twin/panels/context.h"
#include "twin/panels/icons.h"

namespace panels {

/// The sky and temperature as the city's own station reports them.
struct CityWeather {
  Icon icon = Icon::Sun;
  const char* word = "";               ///< "맑음", "Clear"
  std::optional<double> temperature;   ///< °C; none while no fresh value is known
  bool simulated = false;              ///< the value or the weather itself is not measured
};

/// Finds the station again only when it has gone.
class WeatherReader {
 public:
  CityWeather read(const Context& ui);

 private:
  model::EntityHandle station_;
  size_t searchedAt_ = 0;  ///< size of the mirror at the last search in vain
};

}  // namespace panels
