// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/city_weather.h"

#include "twin/model/freshness.h"

namespace panels {

CityWeather WeatherReader::read(const Context& ui) {
  CityWeather weather;
  const scene::Weather sky = ui.in.binding ? ui.in.binding->weather() : scene::Weather{};
  const bool night = ui.in.scene && ui.in.scene->environment.nightFactor > 0.6f;
  if (sky.rain > 0.02f) weather = {Icon::Rain, ui.tr("weather.rain"), {}, false};
  else if (sky.cloud > 0.75f) weather = {Icon::Cloud, ui.tr("weather.overcast"), {}, false};
  else if (sky.cloud > 0.3f) weather = {Icon::PartCloud, ui.tr("weather.cloudy"), {}, false};
  else weather = {night ? Icon::Moon : Icon::Sun, ui.tr("weather.clear"), {}, false};
  if (!ui.in.mirror) return weather;

  const model::Entity* station = ui.in.mirror->find(station_);
  if (!station && ui.in.mirror->size() != searchedAt_) {
    searchedAt_ = ui.in.mirror->size();
    ui.in.mirror->forEach([&](model::EntityHandle handle, const model::Entity& entity) {
      if (!station && entity.info->kind == "weather_station") {
        station = &entity;
        station_ = handle;
      }
    });
  }
  const model::PropertyRow* row = station ? station->property("temperature") : nullptr;
  const double* degrees = row && !row->bad ? std::get_if<double>(&row->value) : nullptr;
  if (!degrees) return weather;
  const double period = ui.in.catalogue ? ui.in.catalogue->kind("weather_station").period : 60;
  if (model::freshnessOf(row->eventTime, ui.in.shown, period, false).health != model::Health::Dead) weather.temperature = *degrees;
  weather.simulated = row->provenance == model::Provenance::Simulated || station->info->origin == model::Provenance::Simulated;
  return weather;
}

}  // namespace panels
