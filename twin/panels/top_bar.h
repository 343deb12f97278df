// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/panels/context.h"
#include "twin/panels/layout.h"
#include "twin/panels/city_weather.h"

namespace panels {

/// Mode of time, city clock, weather, feeds, frame rate, language.
void topBar(const Context& ui, const Rect& place, const CityWeather& weather);

/// LIVE, PAUSED, REPLAY −00:12:30 or FIXED: shape, colour and word.
void clockBadge(const Context& ui);

}  // namespace panels
