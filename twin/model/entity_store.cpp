// SPDX-License-Identifier: Apache-2.0
#include "twin/model/entity_store.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "twin/model/describe.h"
#include "twin/model/state_hash.h"

namespace model {
namespace {

PropertyRow& rowNamed(Entity& entity, const std::string& name) {
  for (PropertyRow& row : entity.properties)
    if (row.name == name) return row;
  PropertyRow& row = entity.properties.emplace_back();
  row.name = name;
  return row;
}

Pose poseOf(const PoseObservation& seen, SourceId source, base::UtcNs received) {
  Pose pose;
  pose.position = seen.position;
  pose.hasElevation = seen.hasElevation;
  pose.heading = seen.heading;
  pose.pitch = seen.pitch;
  pose.speed = seen.speed;
  pose.eventTime = seen.eventTime;
  pose.received = seen.received != 0 ? seen.received : received;
  pose.source = source;
  pose.provenance = seen.provenance;
  return pose;
}

bool sameGeometry(const std::shared_ptr<const Geometry>& a, const std::shared_ptr<const Geometry>& b) {
  if (!a || !b || a == b) return a == b;
  return a->shape == b->shape && a->hasElevation == b->hasElevation && a->parts == b->parts;
}

/// Descriptions are often repeated, and a change of what a thing is costs its readers much.
bool saysTheSame(const EntityInfo& a, const EntityInfo& b) {
  return a.described == b.described && a.expires == b.expires && a.attributes == b.attributes &&
         a.name.ko == b.name.ko && a.name.en == b.name.en && a.position == b.position &&
         a.heading == b.heading && a.hasElevation == b.hasElevation && sameGeometry(a.geometry, b.geometry);
}

}  // namespace

void EntityStore::mark(EntityHandle handle, uint8_t bits) {
  if (handle.slot >= changed_.size()) changed_.resize(handle.slot + size_t{1});
  uint8_t& known = changed_[handle.slot];
  if (known == 0) changedOrder_.push_back(handle);
  known = static_cast<uint8_t>(known | bits);
}

EntityHandle EntityStore::handleOf(std::string_view id) const {
  const auto it = byId_.find(std::string(id));
  return it != byId_.end() ? it->second : EntityHandle{};
}

EntityHandle EntityStore::define(EntityInfo info) {
  ++revision_;
  EntityHandle handle = handleOf(info.id);
  if (handle) {
    Entity* entity = entities_.find(handle);
    entity->info = std::make_shared<const EntityInfo>(std::move(info));
    mark(handle, kInfoChanged);
    return handle;
  }
  Entity entity;
  entity.info = std::make_shared<const EntityInfo>(std::move(info));
  const std::string& id = entity.info->id;
  handle = entities_.insert(entity);
  byId_.emplace(id, handle);
  mark(handle, kAdded | kInfoChanged);
  return handle;
}

EntityHandle EntityStore::obtain(const std::string& id, const std::string& kind, Provenance provenance) {
  const Entity* last = entities_.find(lastObtained_);
  EntityHandle handle = lastObtained_;
  if (!last || last->info->id != id) {
    const auto known = byId_.find(id);
    handle = known != byId_.end() ? known->second : EntityHandle{};
  }
  if (!handle) {
    EntityInfo info;
    info.id = id;
    info.kind = kind;
    info.origin = provenance;
    return define(std::move(info));
  }
  lastObtained_ = handle;
  const EntityInfo& known = *entities_.find(handle)->info;
  if (!kind.empty() && kind != known.kind && !known.fromPack) {
    EntityInfo changed = known;
    changed.kind = kind;
    define(std::move(changed));
  }
  return handle;
}

void EntityStore::describe(const DescriptionObservation& seen) {
  const EntityHandle handle = obtain(seen.entity, seen.kind, seen.provenance);
  const EntityInfo& before = *entities_.find(handle)->info;
  EntityInfo info = described(before, seen);
  if (!saysTheSame(before, info)) define(std::move(info));
}

void EntityStore::apply(const Observations& observations, SourceId source, base::UtcNs received) {
  if (observations.empty()) return;
  ++revision_;
  for (const DescriptionObservation& seen : observations.descriptions) describe(seen);
  for (const PropertyObservation& seen : observations.properties) {
    const EntityHandle handle = obtain(seen.entity, seen.kind, seen.provenance);
    PropertyRow& row = rowNamed(*entities_.find(handle), seen.property);
    row.value = seen.value;
    if (!seen.unit.empty()) row.unit = seen.unit;
    row.eventTime = seen.eventTime;
    row.received = seen.received != 0 ? seen.received : received;
    row.source = source;
    row.provenance = seen.provenance;
    row.bad = seen.bad;
    mark(handle, kPropertiesChanged);
  }
  for (const PoseObservation& seen : observations.poses) {
    const EntityHandle handle = obtain(seen.entity, seen.kind, seen.provenance);
    Entity& entity = *entities_.find(handle);
    const Pose pose = poseOf(seen, source, received);
    entity.previous = entity.moving ? entity.latest : pose;
    entity.latest = pose;
    // Where it was first seen, unless somebody has said where it is.
    if (!entity.moving && !entity.info->fromPack && entity.info->position == glm::dvec3(0)) {
      EntityInfo placed = *entity.info;
      placed.position = seen.position;
      placed.heading = seen.heading;
      entity.info = std::make_shared<const EntityInfo>(std::move(placed));
    }
    entity.moving = true;
    mark(handle, kPoseChanged);
  }
  for (const EventObservation& seen : observations.events) {
    events_.push_back({seen, seen.received != 0 ? seen.received : received, source, ++eventRevision_});
  }
  for (const Departure& left : observations.departures) {
    const Entity* entity = find(handleOf(left.entity));
    if (!entity || entity->info->fromPack) continue;
    if (entity->moving || entity->info->described != 0) remove(left.entity);
  }
}

void EntityStore::remove(std::string_view id) {
  const auto it = byId_.find(std::string(id));
  if (it == byId_.end()) return;
  const EntityHandle handle = it->second;
  const bool marked = handle.slot < changed_.size() && changed_[handle.slot] != 0;
  const bool readersKnowIt = !marked || (changed_[handle.slot] & kAdded) == 0;
  if (marked) changed_[handle.slot] = 0;  // takeChanges() skips the handle, which no longer finds anything
  if (readersKnowIt) removed_.push_back(handle);
  byId_.erase(it);
  entities_.erase(handle);
  ++revision_;
}

void EntityStore::restore(std::vector<Entity> entities) {
  std::unordered_set<std::string_view> wanted;
  for (const Entity& entity : entities) wanted.insert(entity.info->id);
  std::vector<std::string> leaving;
  entities_.forEach([&](EntityHandle, const Entity& entity) {
    if (!wanted.contains(entity.info->id)) leaving.push_back(entity.info->id);
  });
  for (const std::string& id : leaving) remove(id);
  for (Entity& entity : entities) {
    const EntityHandle handle = define(*entity.info);
    *entities_.find(handle) = std::move(entity);
    mark(handle, kPoseChanged | kPropertiesChanged);
  }
  events_.clear();
  ++revision_;
}

ChangeBatch EntityStore::takeChanges() {
  ChangeBatch batch;
  batch.firstRevision = std::exchange(claimedRevision_, revision_);
  batch.revision = revision_;
  std::sort(changedOrder_.begin(), changedOrder_.end(),
            [](EntityHandle a, EntityHandle b) { return a.slot < b.slot; });
  batch.rows.reserve(changedOrder_.size());
  for (const EntityHandle handle : changedOrder_)
    if (const Entity* entity = entities_.find(handle))
      batch.rows.push_back({handle, *entity, std::exchange(changed_[handle.slot], uint8_t{0})});
  batch.removed = std::exchange(removed_, {});
  batch.events = std::exchange(events_, {});
  changedOrder_.clear();
  return batch;
}

ChangeBatch EntityStore::keyframe() const {
  ChangeBatch batch;
  batch.revision = revision_;
  batch.rows.reserve(entities_.size());
  entities_.forEach([&](EntityHandle handle, const Entity& entity) {
    batch.rows.push_back({handle, entity, kAdded | kPoseChanged | kPropertiesChanged | kInfoChanged});
  });
  return batch;
}

uint64_t EntityStore::stateHash() const {
  uint64_t sum = 0;
  entities_.forEach([&](EntityHandle, const Entity& entity) { sum += entityHash(entity); });
  return sum;
}

}  // namespace model
