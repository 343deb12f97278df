// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/environment_binding.h"

#include "twin/core/solar.h"

namespace binding {
namespace {

/// The height of the land about the city: haze lies on it, and beyond the terrain it goes on flat.
float plainOf(const city::HeightField& terrain) {
  const glm::dvec2 a = terrain.southWest();
  const glm::dvec2 b = terrain.northEast();
  return static_cast<float>(std::min({terrain.at(a.x, a.y), terrain.at(b.x, a.y), terrain.at(a.x, b.y), terrain.at(b.x, b.y)}));
}

}  // namespace

scene::Weather weatherOf(const model::Mirror& mirror, const core::Catalogue& catalogue, base::UtcNs now) {
  scene::Weather weather;
  mirror.forEach([&](model::EntityHandle, const model::Entity& entity) {
    if (entity.info->kind != "weather_station") return;
    const model::Freshness fresh = model::freshnessOf(entity, catalogue.kind("weather_station"), now);
    if (fresh.health != model::Health::Good && fresh.health != model::Health::Stale) return;
    weather.cloud = static_cast<float>(std::clamp(numberOf(entity, "cloud", 0) / 100, 0.0, 1.0));
    // 8 mm/h reads as heavy to the eye.
    weather.rain = static_cast<float>(std::clamp(numberOf(entity, "rain", 0) / 8, 0.0, 1.0));
    weather.wetness = weather.rain > 0 ? std::min(1.f, 0.4f + weather.rain) : 0.f;
    const double humidity = numberOf(entity, "humidity", 50);
    weather.haze = static_cast<float>(std::clamp(0.08 + (humidity - 40) / 200, 0.08, 0.5)) + weather.rain * 0.35f;
  });
  return weather;
}

scene::Environment environmentOf(const city::CityData& city, const scene::Weather& weather, base::UtcNs utc) {
  const core::GeoPoint here = city.frame.origin();
  const core::SunPosition sun = core::sunPosition(utc, here.latitude, here.longitude, here.elevation);
  const core::LocalTime local = core::toLocal(utc, city.zone);
  const double gridAzimuth = city.frame.gridFromTrue(sun.azimuth);
  scene::Environment environment = scene::environmentFor(sun.elevation, gridAzimuth, local.hourOfDay(), local.dayOfYear, weather);
  environment.fogBase = plainOf(city.terrain);
  return environment;
}

}  // namespace binding
