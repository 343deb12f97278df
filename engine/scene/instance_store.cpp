// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/instance_store.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace scene {
namespace {

/// Where between the poses the clock stands, 0..1; shaders/lib/pose.glsl does the same.
float blend(const Instance& i, uint32_t timeMs) {
  const auto span = static_cast<int32_t>(i.time1 - i.time0);
  if (span <= 0) return 1.f;
  const auto passed = static_cast<int32_t>(timeMs - i.time0);
  return std::clamp(static_cast<float>(passed) / static_cast<float>(span), 0.f, 1.f);
}

}  // namespace

ModelId InstanceStore::findModel(const std::string& name) const {
  ModelId found;
  models_.forEach([&](ModelId id, const Model& m) { if (m.name == name) found = id; });
  return found;
}

InstanceId InstanceStore::add(ModelId model, Instance instance) {
  ENSURE(models_.contains(model));
  const InstanceId id = rows_.insert({instance, model});
  rows_.find(id)->gpu.pick = id.slot | gpu_types::kPickInstance;
  ++membershipRevision_;
  touch(id, true);
  return id;
}

void InstanceStore::remove(InstanceId id) {
  const InstanceRow* row = rows_.find(id);
  ENSURE(row != nullptr);
  if (!models_.find(row->model)->moves) ++staticRevision_;
  rows_.erase(id);
  ++membershipRevision_;
}

const Instance* InstanceStore::find(InstanceId id) const {
  const InstanceRow* row = rows_.find(id);
  return row ? &row->gpu : nullptr;
}

ModelId InstanceStore::modelOf(InstanceId id) const {
  const InstanceRow* row = rows_.find(id);
  return row ? row->model : ModelId{};
}

void InstanceStore::set(InstanceId id, const Instance& instance) {
  InstanceRow* row = rows_.find(id);
  ENSURE(row != nullptr);
  const uint32_t pick = row->gpu.pick;
  row->gpu = instance;
  row->gpu.pick = pick;
  touch(id, true);
}

void InstanceStore::setPoses(InstanceId id, glm::vec3 p0, float yaw0, uint32_t t0, glm::vec3 p1, float yaw1,
                             uint32_t t1, float pitch) {
  InstanceRow* row = rows_.find(id);
  ENSURE(row != nullptr);
  Instance& g = row->gpu;
  g.position0 = p0;
  g.yaw0 = yaw0;
  g.time0 = t0;
  g.position1 = p1;
  g.yaw1 = yaw1;
  g.time1 = t1;
  g.pitch = pitch;
  touch(id, true);
}

void InstanceStore::setState(InstanceId id, uint32_t state, uint32_t color) {
  InstanceRow* row = rows_.find(id);
  ENSURE(row != nullptr);
  if (row->gpu.state == state && row->gpu.color == color) return;
  const bool hiddenChanged = (row->gpu.state ^ state) & gpu_types::kStateHidden;
  row->gpu.state = state;
  row->gpu.color = color;
  touch(id, hiddenChanged);
}

void InstanceStore::touch(InstanceId id, bool pose) {
  changes_.mark(id.slot);
  if (pose && !models_.find(rows_.find(id)->model)->moves) ++staticRevision_;
}

Instance standing(glm::vec3 position, float yaw, float scale, float heightScale, uint32_t color, uint32_t seed) {
  Instance i{};
  i.position0 = i.position1 = position;
  i.yaw0 = i.yaw1 = yaw;
  i.scale = glm::packHalf2x16({scale, heightScale});
  i.color = color;
  i.seed = seed;
  return i;
}

glm::vec3 positionAt(const Instance& i, uint32_t timeMs) {
  return glm::mix(i.position0, i.position1, blend(i, timeMs));
}

float yawAt(const Instance& i, uint32_t timeMs) {
  constexpr float kTurn = 2.f * std::numbers::pi_v<float>;
  const float turn = std::remainder(i.yaw1 - i.yaw0, kTurn);
  return i.yaw0 + turn * blend(i, timeMs);
}

}  // namespace scene
