// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/binding/bind_context.h"
#include "twin/model/mirror.h"

namespace binding {

/// What the sky does, from the city's own weather station while it reports; a calm clear day otherwise.
scene::Weather weatherOf(const model::Mirror& mirror, const core::Catalogue& catalogue, base::UtcNs now);

/// Sun, sky and season of the shown moment at the city's place.
scene::Environment environmentOf(const city::CityData& city, const scene::Weather& weather, base::UtcNs utc);

}  // namespace binding
