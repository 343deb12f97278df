// SPDX-License-Identifier: Apache-2.0
#include "twin/history/state.h"

#include <algorithm>

#include "twin/model/describe.h"
#include "twin/model/state_hash.h"

namespace history {
namespace {

/// How long a departure is remembered for rows that come late (the sequencer's bound is a minute).
constexpr int64_t kRemembered = 15 * 60 * base::kNsPerSecond;

}  // namespace

Pack::Pack(const std::vector<model::EntityInfo>& entities) {
  for (const model::EntityInfo& entity : entities) {
    all_.push_back(std::make_shared<const model::EntityInfo>(entity));
    byId_.emplace(entity.id, all_.back());
  }
}

model::Entity& State::obtain(NameId id, NameId kind, model::Provenance provenance) {
  if (id >= things_.size()) things_.resize(std::max<size_t>(id + 1, things_.size() * 3 / 2));
  if (things_[id]) {
    model::Entity& entity = *things_[id];
    const std::string& name = names_->text(kind);
    if (!name.empty() && name != entity.info->kind && !entity.info->fromPack) {
      model::EntityInfo other = *entity.info;
      other.kind = name;
      setInfo(id, entity, std::move(other));
    }
    return entity;
  }
  things_[id] = std::make_unique<model::Entity>();
  ++size_;
  changed(id);
  if (const auto* known = pack_->find(names_->text(id))) {
    things_[id]->info = *known;
    return *things_[id];
  }
  model::EntityInfo info;
  info.id = names_->text(id);
  info.kind = names_->text(kind);
  info.origin = provenance;
  setInfo(id, *things_[id], std::move(info));
  return *things_[id];
}

void State::setInfo(NameId id, model::Entity& entity, model::EntityInfo info) {
  entity.info = std::make_shared<const model::EntityInfo>(std::move(info));
  changed(id);
}

void State::remove(NameId id) {
  if (id >= things_.size() || !things_[id]) return;
  things_[id].reset();
  --size_;
  changed(id);
  if (!overtakenPoses_.empty()) overtakenPoses_.erase(id);
  if (!overtaken_.empty()) std::erase_if(overtaken_, [id](const auto& row) { return row.first.first == id; });
}

bool State::departedBefore(NameId id, base::UtcNs event) const {
  if (view_ == TimeView::AsKnown || departed_.empty()) return false;
  const auto left = departed_.find(id);
  return left != departed_.end() && event <= left->second;
}

bool State::on(const MessageRecord& message) {
  message_ = message;
  if (view_ == TimeView::AsItWas) return true;
  return !message.late && message.received > after_ && message.received <= until_;
}

void State::on(const ValueRecord& seen) {
  if (!inWindow(seen.event) || departedBefore(seen.entity, seen.event)) return;
  model::Entity& entity = obtain(seen.entity, seen.kind, seen.provenance);
  const std::string& name = names_->text(seen.property);
  auto row = std::find_if(entity.properties.begin(), entity.properties.end(),
                          [&name](const model::PropertyRow& known) { return known.name == name; });
  if (row == entity.properties.end()) {
    row = entity.properties.insert(row, model::PropertyRow{.name = name});
  } else if (view_ == TimeView::AsItWas) {
    if (row->eventTime > seen.event) return;
  } else if (row->eventTime > seen.event) {
    model::PropertyRow& newest = overtaken_[{seen.entity, name}];
    if (newest.eventTime < row->eventTime) newest = *row;
  } else if (!overtaken_.empty()) {
    const auto old = overtaken_.find({seen.entity, name});
    if (old != overtaken_.end() && old->second.eventTime <= seen.event) overtaken_.erase(old);
  }
  row->value = seen.value;
  if (seen.unit != 0) row->unit = names_->text(seen.unit);
  row->eventTime = seen.event;
  row->received = message_.received;
  row->source = message_.source;
  row->provenance = seen.provenance;
  row->bad = seen.bad;
  changed(seen.entity);
}

void State::on(const PoseRecord& seen) {
  if (!inWindow(seen.event) || departedBefore(seen.entity, seen.event)) return;
  model::Pose pose;
  pose.position = seen.position;
  pose.hasElevation = seen.hasElevation;
  pose.heading = seen.heading;
  pose.pitch = seen.pitch;
  pose.speed = seen.speed;
  pose.eventTime = seen.event;
  pose.received = message_.received;
  pose.source = message_.source;
  pose.provenance = seen.provenance;
  addPose(seen.entity, seen.kind, pose);
}

void State::addPose(NameId id, NameId kind, const model::Pose& pose) {
  model::Entity& entity = obtain(id, kind, pose.provenance);
  if (!entity.moving) {
    entity.previous = entity.latest = pose;
    if (!entity.info->fromPack) {  // where it was first seen
      model::EntityInfo placed = *entity.info;
      placed.position = pose.position;
      placed.heading = pose.heading;
      setInfo(id, entity, std::move(placed));
    }
    entity.moving = true;
  } else if (view_ == TimeView::AsItWas && pose.eventTime < entity.latest.eventTime) {
    if (pose.eventTime > entity.previous.eventTime || entity.previous.eventTime == entity.latest.eventTime)
      entity.previous = pose;
  } else {
    if (view_ == TimeView::AsKnown && entity.latest.eventTime > pose.eventTime) {
      model::Pose& newest = overtakenPoses_[id];
      if (newest.eventTime < entity.latest.eventTime) newest = entity.latest;
    } else if (!overtakenPoses_.empty()) {
      const auto old = overtakenPoses_.find(id);
      if (old != overtakenPoses_.end() && old->second.eventTime <= pose.eventTime) overtakenPoses_.erase(old);
    }
    entity.previous = entity.latest;
    entity.latest = pose;
  }
  changed(id);
}

void State::on(const DepartureRecord& left) {
  if (!inWindow(left.event)) return;
  depart(left.entity, left.event);
}

void State::depart(NameId id, base::UtcNs event) {
  const model::Entity* known = find(id);
  if (known && known->info->fromPack) return;
  if (view_ == TimeView::AsKnown) {
    if (!known || (!known->moving && known->info->described == 0)) return;
    remove(id);
  }
  base::UtcNs& departed = departed_[id];
  departed = std::max(departed, event);
  forgetDepartures(event);
  if (view_ == TimeView::AsKnown || !known) return;
  model::Entity& entity = *things_[id];
  const bool moves = entity.moving && entity.latest.eventTime > event;
  const bool stands = entity.info->described > event;
  std::erase_if(entity.properties, [event](const model::PropertyRow& row) { return row.eventTime <= event; });
  if (!moves && !stands && entity.properties.empty()) return remove(id);
  entity.moving = moves;
  if (moves && entity.previous.eventTime <= event) entity.previous = entity.latest;
  changed(id);
}

void State::forgetDepartures(base::UtcNs now) {
  // Seldom, so that it costs little: once most of them may be old.
  if (now < newestDeparture_ + kRemembered) return;
  newestDeparture_ = now;
  std::erase_if(departed_, [now](const auto& left) { return left.second < now - kRemembered; });
}

void State::on(const DescriptionRecord& seen) {
  if (!inWindow(seen.what.eventTime) || departedBefore(seen.entity, seen.what.eventTime)) return;
  model::Entity& entity = obtain(seen.entity, seen.kind, seen.what.provenance);
  if (view_ == TimeView::AsItWas && entity.info->described > seen.what.eventTime) return;
  setInfo(seen.entity, entity, model::described(*entity.info, seen.what));
}

void State::on(const EventRecord& seen) {
  if (!tracking_ || !inWindow(seen.what.eventTime)) return;
  model::Event event{.what = seen.what, .received = message_.received, .source = message_.source};
  event.what.entity = names_->text(seen.entity);
  events_.push_back(std::move(event));
}

uint64_t State::stateHash() const {
  uint64_t sum = 0;
  forEach([&](NameId, const model::Entity& entity) { sum += model::entityHash(entity); });
  return sum;
}

}  // namespace history
