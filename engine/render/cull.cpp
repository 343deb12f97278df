// SPDX-License-Identifier: Apache-2.0
#include "engine/render/cull.h"

#include <algorithm>

namespace render {
namespace {

using scene::StaticLayer;

float distanceTo(const math::Bounds& box, const glm::vec3& p) {
  return glm::length(glm::max(glm::max(box.low - p, p - box.high), glm::vec3(0)));
}

float farthest(const math::Bounds& box, const glm::vec3& p) {
  return glm::length(glm::max(glm::abs(box.low - p), glm::abs(box.high - p)));
}

/// The instances of one model, per level, while they are gathered.
class LevelPicker {
 public:
  LevelPicker(const scene::Model& model, const CullView& view) : model_(model), view_(view), slots_(model.levels.size()) {}

  /// The level for a height of `metres` at `distance`, or -1: too small to draw.
  int levelAt(float metres, float distance) const {
    const float pixels = view_.metresPerTexel > 0 ? metres / view_.metresPerTexel
                                                  : metres * view_.pixelsPerRadian / std::max(distance, 0.01f);
    const size_t last = model_.levels.size() - 1;
    for (size_t i = 0; i < last; ++i)
      if (pixels * view_.detail >= model_.levels[i].minPixels) return static_cast<int>(i);
    const bool kept = pixels >= model_.levels[last].minPixels || model_.alwaysVisible || (view_.metresPerTexel > 0 && pixels >= 1.f);
    return kept ? static_cast<int>(last) : -1;
  }

  void addSpan(int level, const uint32_t* first, uint32_t count) {
    if (level >= 0) slots_[static_cast<size_t>(level)].insert(slots_[static_cast<size_t>(level)].end(), first, first + count);
  }

  void addOne(const scene::Instance& instance, uint32_t slot, const glm::vec3& position) {
    const glm::vec2 scale = glm::unpackHalf2x16(instance.scale);
    const float distance = glm::length(position - view_.eye);
    const float grow = std::max(1.f, leastSize() * distance / std::max(scale.y, 1e-3f));
    if (!view_.frustum.touchesSphere(position, model_.radius * std::max(scale.x, scale.y) * grow)) return;
    const int level = levelAt(model_.height * scale.y, distance);
    if (level >= 0) slots_[static_cast<size_t>(level)].push_back(slot);
  }

  void finish(const MeshArena& meshes, std::vector<uint32_t>& visible, DrawLists& out) const {
    const auto first = static_cast<uint32_t>(visible.size());
    for (size_t i = 0; i < slots_.size(); ++i) {
      if (slots_[i].empty()) continue;
      const auto base = static_cast<uint32_t>(visible.size());
      const auto count = static_cast<uint32_t>(slots_[i].size());
      visible.insert(visible.end(), slots_[i].begin(), slots_[i].end());
      const MeshRange mesh = meshes.range(model_.levels[i].mesh);
      if (mesh.indexCount > 0) out.instances.push_back({mesh, base, count, leastSize(), model_.levels[i].lampsByNightOnly});
      out.visibleInstances += count;
    }
    const auto total = static_cast<uint32_t>(visible.size()) - first;
    const MeshRange blob = meshes.range(model_.blob);
    if (model_.hasBlob && total > 0 && blob.indexCount > 0) out.blobs.push_back({blob, first, total});
  }

  /// Marks are never smaller than their coarsest level's pixels, counted on their radius: some are flat.
  float leastSize() const {
    if (!model_.alwaysVisible || view_.metresPerTexel > 0) return 0;
    return model_.levels.back().minPixels / (std::max(model_.radius, 1e-3f) * view_.pixelsPerRadian);
  }

 private:
  const scene::Model& model_;
  const CullView& view_;
  std::vector<std::vector<uint32_t>> slots_;
};

bool wholeInside(const math::Frustum& frustum, const math::Bounds& box) {
  for (const glm::vec4& plane : frustum.planes) {
    const glm::vec3 n(plane);
    const glm::vec3 nearest = glm::mix(box.low, box.high, glm::vec3(glm::lessThan(n, glm::vec3(0))));
    if (glm::dot(n, nearest) + plane.w < 0) return false;
  }
  return true;
}

/// `groves`, of place (model, index): the same cell merged, where there is such a thing.
void cullCell(const scene::Scene& scene, const ModelInstances& list, const scene::Model& model, const InstanceCell& cell,
              const Groves& groves, CellIndex at, const CullView& view, LevelPicker& picker, DrawLists& out) {
  if (!model.alwaysVisible && !view.frustum.touches(cell.bounds)) return;
  const uint32_t* slots = list.standing.data() + cell.first;
  const int finest = picker.levelAt(model.height * cell.largestScale, distanceTo(cell.bounds, view.eye));
  const int coarsest = picker.levelAt(model.height * cell.smallestScale, farthest(cell.bounds, view.eye));
  if (finest < 0) return;
  const GroveRange grove = groves.range(at, static_cast<size_t>(finest));
  if (grove.indexCount > 0) {
    out.groves.push_back(grove);
    out.visibleInstances += cell.count;
    return;
  }
  if (finest == coarsest && wholeInside(view.frustum, cell.bounds)) {
    picker.addSpan(finest, slots, cell.count);
    return;
  }
  for (uint32_t i = 0; i < cell.count; ++i) {
    const scene::Instance& instance = *scene.instances.find(scene.instances.rows().handleAt(slots[i]));
    picker.addOne(instance, slots[i], instance.position1);
  }
}

void cullModel(const scene::Scene& scene, const MeshArena& meshes, const InstanceLists& lists, size_t index, const Groves& groves,
               const CullView& view, std::vector<uint32_t>& visible, DrawLists& out) {
  const ModelInstances& list = lists.models()[index];
  const scene::Model* model = scene.instances.model(list.model);
  if (model == nullptr || model->levels.empty() || (view.castersOnly && !model->castsShadow)) return;
  if (view.part != Part::Whole && model->still != (view.part == Part::Still)) return;
  LevelPicker picker(*model, view);
  for (size_t i = 0; i < list.cells.size(); ++i) cullCell(scene, list, *model, list.cells[i], groves, {index, i}, view, picker, out);
  if (view.moving) {
    for (const uint32_t slot : list.moving) {
      const scene::Instance& instance = *scene.instances.find(scene.instances.rows().handleAt(slot));
      if (instance.state & gpu_types::kStateHidden) continue;
      picker.addOne(instance, slot, scene::positionAt(instance, view.timeMs));
    }
  }
  picker.finish(meshes, visible, out);
}

void cullStatics(const scene::Scene& scene, const MeshArena& meshes, const CullView& view, DrawLists& out) {
  scene.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& batch) {
    const bool transparent = batch.layer == StaticLayer::Transparent;
    if (view.castersOnly && (!batch.castsShadow || transparent)) return;
    if (view.part != Part::Whole && transparent != (view.part == Part::Live)) return;
    const scene::Mesh* mesh = scene.meshes.find(batch.mesh);
    const MeshRange range = meshes.range(batch.mesh);
    if (mesh == nullptr || range.indexCount == 0 || !view.frustum.touches(mesh->bounds)) return;
    const bool tooFar = batch.maxDistance > 0 && view.metresPerTexel == 0 &&
                        distanceTo(mesh->bounds, view.eye) > batch.maxDistance;
    if (tooFar) return;
    (transparent ? out.transparent : out.opaque).push_back({range, batch.layer});
  });
  std::stable_sort(out.opaque.begin(), out.opaque.end(),
                   [](const StaticDraw& a, const StaticDraw& b) { return a.layer < b.layer; });
}

}  // namespace

DrawLists cull(const scene::Scene& scene, const MeshArena& meshes, const InstanceLists& lists, const Groves& groves,
               const CullView& view, std::vector<uint32_t>& visible) {
  DrawLists out;
  cullStatics(scene, meshes, view, out);
  for (size_t i = 0; i < lists.models().size(); ++i) cullModel(scene, meshes, lists, i, groves, view, visible, out);
  joinGroves(out.groves);
  return out;
}

}  // namespace render
