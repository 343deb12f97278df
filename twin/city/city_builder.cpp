// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <functional>

#include "engine/base/clock.h"
#include "engine/base/job_pool.h"
#include "engine/base/log.h"
#include "twin/city/areas.h"
#include "twin/city/buildings.h"
#include "twin/city/city.h"
#include "twin/city/devices.h"
#include "twin/city/entities.h"
#include "twin/city/ground_openness.h"
#include "twin/city/lines.h"
#include "twin/city/roads.h"
#include "twin/city/surface_index.h"
#include "twin/city/terrain.h"
#include "twin/city/vegetation.h"

namespace city {
namespace {

/// Runs a step and says at debug level how long it took.
class StepTimer {
 public:
  void operator()(const char* name, const std::function<void()>& step) const {
    const base::MonoNs start = base::SystemClock::monoNow();
    step();
    base::logDebug(fmt::format("city: {} {:.0f} ms", name,
                               static_cast<double>(base::SystemClock::monoNow() - start) * 1e-6));
  }
};

}  // namespace

base::Result<City> buildCity(CityData data, scene::Scene& scene) {
  const StepTimer timed;
  City city(std::move(data));
  RoadNetwork network;
  timed("entities", [&] {
    defineEntities(city, scene);
    network = makeRoadNetwork(city.data);
    city.surfaces = std::make_shared<SurfaceIndex>(network);
  });
  // Buildings alone write to the scene and the city while these run; the others fill pieces of their own.
  const double extent = std::max(city.data.high.x - city.data.low.x, city.data.high.y - city.data.low.y);
  const Pieces empty(std::max(1.0, extent / 3500));
  std::array<Pieces, 4> pieces{empty, empty, empty, empty};
  scene::GroundField ground;
  const std::array<std::function<void()>, 6> steps{
      [&] { timed("buildings", [&] { buildBuildings(city.data, scene, city); }); },
      [&] { timed("ground field", [&] { ground = bakeGroundOpenness(city.data); }); },
      [&] {
        timed("roads", [&] {
          buildRoads(city, network, pieces[0]);
          buildCrosswalks(city, pieces[0]);
          buildBridges(city, network, pieces[0]);
        });
      },
      [&] { timed("junctions", [&] { buildJunctions(city, network, pieces[1]); }); },
      [&] {
        timed("areas", [&] {
          buildAreas(city, pieces[2]);
          buildWater(city, pieces[2]);
          buildRails(city, pieces[2]);
        });
      },
      [&] { timed("terrain", [&] { buildTerrain(city.data, pieces[3]); }); },
  };
  {
    base::JobPool pool(std::max(2u, std::thread::hardware_concurrency()) - 1);  // the caller works, too
    pool.parallelFor(steps.size(), [&](size_t i) { steps[i](); });
  }
  timed("join", [&] {
    for (Pieces& p : {std::ref(pieces[3]), std::ref(pieces[2]), std::ref(pieces[0]), std::ref(pieces[1])})
      p.join(scene);
    scene.ground = std::move(ground);
  });
  timed("trees and devices", [&] {
    plantTrees(city, scene);
    placeDevices(city, scene);
    drawLines(city, scene);
  });
  scene.bounds = {};
  scene.bounds.add(glm::vec3(glm::dvec3(city.data.low, -20)));
  scene.bounds.add(glm::vec3(glm::dvec3(city.data.high, 20)));
  scene.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& batch) {
    if (batch.layer == scene::StaticLayer::Terrain) return;
    if (const scene::Mesh* mesh = scene.meshes.find(batch.mesh)) scene.bounds.add(mesh->bounds);
  });
  for (const std::string& warning : city.data.warnings) base::logDebug(warning);
  return city;
}

}  // namespace city
