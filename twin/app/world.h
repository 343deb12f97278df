// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "engine/scene/scene.h"
#include "twin/app/options.h"
#include "twin/binding/palette.h"
#include "twin/city/city.h"
#include "twin/core/catalogue.h"

namespace app {

/// What is read from files once: the words and colours, and the city standing in the scene.
struct World {
  std::filesystem::path assets;
  std::shared_ptr<const core::Catalogue> catalogue;
  binding::Palette palette;
  scene::Scene scene;
  std::optional<city::City> built;
  const city::City& city() const { return *built; }
};

/// Reads catalogue, palette, models and the city of the options. The error is one line for the user.
base::Result<std::unique_ptr<World>> loadWorld(const Options& options);

}  // namespace app
