// SPDX-License-Identifier: Apache-2.0
#include "engine/import/model_library.h"

#include "engine/import/model_import.h"

#include <toml++/toml.h>

#include <array>

namespace importing {
namespace {

/// How the models of one group are drawn. Pixels are the height on screen down to which a level holds.
struct Group {
  std::string_view name;
  std::array<float, 5> fiveLevels;
  std::array<float, 4> fourLevels;
  std::array<float, 3> threeLevels;
  std::array<float, 2> twoLevels;
  float oneLevel = 2;
  bool castsShadow = true;
  bool alwaysVisible = false;
  bool still = false;
  bool farLampsByNightOnly = false;  ///< in the fourth of four levels, and after it
};

constexpr std::array kGroups{
    Group{.name = "vehicle", .fiveLevels = {40, 12, 6, 4, 1.5f}, .fourLevels = {40, 12, 6, 1.5f}, .threeLevels = {40, 12, 1.5f}, .twoLevels = {30, 1.5f}, .farLampsByNightOnly = true},
    Group{"tree", {90, 24, 11, 5, 2}, {90, 24, 11, 2}, {90, 24, 2}, {40, 2}, 2, true, false, true},
    Group{"device", {120, 60, 30, 15, 6}, {120, 60, 20, 6}, {60, 20, 6}, {30, 6}},  // thinner poles only flicker
    Group{"mark", {14, 14, 14, 14, 14}, {14, 14, 14, 14}, {14, 14, 14}, {14, 14}, 14, false, true},
};

const Group* findGroup(std::string_view name) {
  for (const Group& group : kGroups) {
    if (group.name == name) return &group;
  }
  return nullptr;
}

float minPixels(const Group& group, size_t level, size_t count) {
  if (count == 1) return group.oneLevel;
  if (count == 2) return group.twoLevels[level];
  if (count == 3) return group.threeLevels[level];
  if (count == 4) return group.fourLevels[level];
  return group.fiveLevels[std::min<size_t>(level, 4)];
}

void addModel(ImportedModel from, const std::string& name, const Group& group, bool moves, bool headlights, scene::Scene& scene) {
  scene::Model model;
  model.name = name;
  model.radius = from.radius;
  model.height = from.height;
  model.castsShadow = group.castsShadow;
  model.alwaysVisible = group.alwaysVisible;
  model.moves = moves;
  model.still = group.still;
  model.headlights = headlights;
  const size_t count = from.levels.size();
  for (size_t i = 0; i < count; ++i) {
    model.levels.push_back({scene.meshes.add(std::move(from.levels[i])), minPixels(group, i, count), group.farLampsByNightOnly && i >= 3});
  }
  if (from.blob) {
    model.hasBlob = true;
    model.blob = scene.meshes.add(std::move(*from.blob));
  }
  scene.instances.addModel(std::move(model));
}

}  // namespace

base::Result<int> loadModelLibrary(const std::filesystem::path& folder, scene::Scene& scene) {
  const std::filesystem::path list = folder / "models.toml";
  const toml::parse_result table = toml::parse_file(list.string());
  if (!table) {
    return base::Error{list.string() + ": " + std::string(table.error().description()) + "; run tools/make_models.py"};
  }
  int added = 0;
  std::vector<std::string> warnings;
  const toml::array* rows = table.table()["model"].as_array();
  for (size_t i = 0; rows != nullptr && i < rows->size(); ++i) {
    const toml::table* row = (*rows)[i].as_table();
    if (row == nullptr) continue;
    const std::string name = (*row)["name"].value_or(std::string());
    const std::string file = (*row)["file"].value_or(name + ".glb");
    const Group* group = findGroup((*row)["group"].value_or(std::string("device")));
    if (name.empty() || group == nullptr) {
      warnings.push_back(list.string() + ": entry " + std::to_string(i + 1) + " has no name or an unknown group");
      continue;
    }
    auto models = importModels(folder / file);
    warnings.insert(warnings.end(), models.warnings.begin(), models.warnings.end());
    if (!models.ok()) {
      warnings.push_back(models.error());
      continue;
    }
    const bool moves = (*row)["moves"].value_or(false);
    const bool headlights = (*row)["headlights"].value_or(false);
    addModel(std::move(models.value().front()), name, *group, moves, headlights, scene);
    ++added;
  }
  if (added == 0) return base::Error{list.string() + ": no model could be read; run tools/make_models.py"};
  base::Result<int> result(added);
  result.warnings = std::move(warnings);
  return result;
}

}  // namespace importing
