// SPDX-License-Identifier: Apache-2.0
#include "engine/render/instance_lists.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace render {
namespace {

constexpr float kCellMetres = 160.f;

struct Placed {
  uint32_t model;
  int32_t cx;
  int32_t cy;
  uint32_t slot;
  auto key() const { return std::tuple(model, cy, cx, slot); }
};

void addToCell(ModelInstances& list, const scene::Model& model, const scene::Instance& instance, uint32_t slot) {
  InstanceCell& cell = list.cells.back();
  const glm::vec2 scale = glm::unpackHalf2x16(instance.scale);
  const glm::vec3 r(model.radius * std::max(scale.x, scale.y));
  cell.bounds.add(instance.position1 - r);
  cell.bounds.add(instance.position1 + r);
  cell.largestScale = cell.count == 0 ? scale.y : std::max(cell.largestScale, scale.y);
  cell.smallestScale = cell.count == 0 ? scale.y : std::min(cell.smallestScale, scale.y);
  ++cell.count;
  list.standing.push_back(slot);
}

}  // namespace

void InstanceLists::update(const scene::InstanceStore& store, std::span<const base::ChangeSet::Range> changed) {
  fitModels(store);
  if (membershipRevision_ != store.membershipRevision()) dropGone(store);
  addMoving(store, changed);
  if (staticRevision_ != store.staticRevision()) rebuildStanding(store);
  staticRevision_ = store.staticRevision();
  membershipRevision_ = store.membershipRevision();
}

void InstanceLists::fitModels(const scene::InstanceStore& store) {
  for (uint32_t i = static_cast<uint32_t>(models_.size()); i < store.models().slotCount(); ++i) {
    ModelInstances list;
    list.model = store.models().handleAt(i);
    models_.push_back(std::move(list));
  }
}

void InstanceLists::dropGone(const scene::InstanceStore& store) {
  for (ModelInstances& list : models_) {
    std::erase_if(list.moving, [&](uint32_t slot) {
      const scene::InstanceId id = store.rows().handleAt(slot);
      if (id && store.modelOf(id) == list.model) return false;
      listedAs_[slot] = 0;
      return true;
    });
  }
}

void InstanceLists::addMoving(const scene::InstanceStore& store, std::span<const base::ChangeSet::Range> changed) {
  listedAs_.resize(std::max<size_t>(listedAs_.size(), store.rows().slotCount()), 0);
  std::vector<uint8_t> grown(models_.size(), 0);
  for (const base::ChangeSet::Range& range : changed) {
    for (uint32_t slot = range.first; slot < range.first + range.count; ++slot) {
      const scene::InstanceId id = store.rows().handleAt(slot);
      if (!id) continue;
      const scene::ModelId model = store.modelOf(id);
      if (listedAs_[slot] == model.slot + 1 || !store.model(model)->moves) continue;
      models_[model.slot].moving.push_back(slot);
      listedAs_[slot] = model.slot + 1;
      grown[model.slot] = 1;
    }
  }
  for (size_t i = 0; i < models_.size(); ++i)
    if (grown[i]) std::sort(models_[i].moving.begin(), models_[i].moving.end());
}

void InstanceLists::rebuildStanding(const scene::InstanceStore& store) {
  ++standingRevision_;
  std::vector<Placed> placed;
  store.rows().forEach([&](scene::InstanceId id, const scene::InstanceRow& row) {
    if (store.model(row.model)->moves || (row.gpu.state & gpu_types::kStateHidden)) return;
    const glm::vec3& p = row.gpu.position1;
    placed.push_back({row.model.slot, static_cast<int32_t>(std::floor(p.x / kCellMetres)),
                      static_cast<int32_t>(std::floor(p.y / kCellMetres)), id.slot});
  });
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) { return a.key() < b.key(); });
  for (ModelInstances& list : models_) {
    list.cells.clear();
    list.standing.clear();
  }
  const Placed* last = nullptr;
  for (const Placed& p : placed) {
    ModelInstances& list = models_[p.model];
    const bool sameCell = last != nullptr && last->model == p.model && last->cx == p.cx && last->cy == p.cy;
    if (!sameCell) {
      list.cells.emplace_back();
      list.cells.back().place = {p.cx, p.cy};
      list.cells.back().first = static_cast<uint32_t>(list.standing.size());
    }
    addToCell(list, *store.model(list.model), *store.find(store.rows().handleAt(p.slot)), p.slot);
    last = &p;
  }
}

}  // namespace render
