// SPDX-License-Identifier: Apache-2.0
#include "twin/city/vegetation.h"

#include <algorithm>
#include <map>
#include <numbers>

#include "engine/base/hash.h"
#include "twin/city/surface_index.h"

namespace city {
namespace {

constexpr const char* kSpecies[] = {"zelkova", "ginkgo", "cherry", "pine", "oak", "metasequoia"};

/// Models by species; a species without a model of its own takes any tree.
class TreeModels {
 public:
  explicit TreeModels(const scene::InstanceStore& store) : store_(store) {
    for (const char* name : kSpecies) {
      if (const scene::ModelId id = store.findModel(name)) {
        known_[name] = id;
        if (!any_) any_ = id;
      }
    }
  }
  scene::ModelId operator()(const std::string& species) {
    const auto found = known_.find(species);
    return found != known_.end()
               ? found->second
               : known_[species] = store_.findModel(species) ? store_.findModel(species) : any_;
  }
  bool none() const { return !any_; }

 private:
  const scene::InstanceStore& store_;
  std::map<std::string, scene::ModelId> known_;
  scene::ModelId any_;
};

}  // namespace

void plantTrees(City& city, scene::Scene& scene) {
  if (city.data.trees.empty()) return;
  TreeModels models(scene.instances);
  if (models.none()) {
    city.data.warnings.push_back("trees: the model library has no tree; none are drawn");
    return;
  }
  for (const Feature& tree : city.data.trees) {
    const auto found = city.parts.find(tree.id);
    if (found == city.parts.end() || tree.rings.empty()) continue;
    const glm::dvec3& p = tree.rings[0][0];
    const uint64_t seed = base::hashBytes(tree.id);
    const double height = std::clamp(tree.number("height", 8), 1.0, 45.0);
    const double crown = std::clamp(tree.number("crown", height * 0.6), 0.5, 30.0);
    // A hand's breadth into the ground: trunks on slopes show no gap.
    const double z = city.data.terrain.at(p.x, p.y) + city.surfaces->liftAt(p.x, p.y) - 0.08;
    const auto yaw = static_cast<float>(base::unit(seed) * 2 * std::numbers::pi);
    const scene::Instance instance =
        scene::standing(glm::vec3(glm::dvec3(p.x, p.y, z)), yaw, static_cast<float>(crown),
                        static_cast<float>(height), 0x00ffffffu, static_cast<uint32_t>(seed >> 32));
    const scene::InstanceId id = scene.instances.add(models(tree.text("species")), instance);
    found->second.instances.push_back(id);
    found->second.anchor = {p.x, p.y, z + height};
    found->second.radius = std::max(crown, height) / 2;
    city.instanceOwner[id.slot] = tree.id;
  }
}

}  // namespace city
