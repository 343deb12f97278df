// SPDX-License-Identifier: Apache-2.0
#include "twin/app/world.h"

#include <future>

#include "engine/base/log.h"
#include "engine/import/model_library.h"
#include "twin/app/assets.h"

namespace app {

base::Result<std::unique_ptr<World>> loadWorld(const Options& options) {
  auto assets = findAssets();
  if (!assets) return base::Error{assets.error()};
  auto world = std::make_unique<World>();
  world->assets = *assets;

  // The city's data are parsed while the models are imported.
  const std::filesystem::path cityPath = options.city.empty() ? *assets / "city" / "alpha" : options.city;
  auto cityData = std::async(std::launch::async, [cityPath] { return city::readCity(cityPath); });

  auto catalogue = core::Catalogue::load(*assets / "styles");
  auto palette = binding::Palette::load(*assets / "styles" / "palette.toml");
  auto models = importing::loadModelLibrary(*assets / "models", world->scene);
  auto data = cityData.get();
  if (!catalogue) return base::Error{catalogue.error()};
  if (!palette) return base::Error{palette.error()};
  if (!models) return base::Error{models.error()};
  if (!data) return base::Error{data.error()};
  world->catalogue = std::make_shared<const core::Catalogue>(std::move(*catalogue));
  world->palette = std::move(*palette);

  for (const std::string& warning : data->warnings) base::logDebug(warning);
  if (!data->warnings.empty()) {
    base::logWarning(data->id + ": " + std::to_string(data->warnings.size()) + " things could not be used, the first: " + data->warnings.front());
  }
  auto built = city::buildCity(std::move(*data), world->scene);
  if (!built) return base::Error{built.error()};
  world->built.emplace(std::move(*built));
  return world;
}

}  // namespace app
