// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/alarm_binding.h"

#include <cmath>

namespace binding {
namespace {

/// With more symbols than this, those of one square of the city are counted by one.
constexpr size_t kSingleSymbols = 24;
constexpr double kSquare = 250;  // metres
constexpr double kAbove = 6;     // metres over the thing's own anchor
constexpr float kFarthest = 20000;
constexpr int64_t kMoveEvery = base::kNsPerSecond / 10;

}  // namespace

bool AlarmBinding::place(const alarms::AlarmRow& row, const model::Mirror& mirror, const WhereIs& whereIs, const PickOf& pickOf, Spot& spot) const {
  const bool thing = row.alarm.about == alarms::SubjectKind::Thing || row.alarm.about == alarms::SubjectKind::Link;
  const model::EntityHandle handle = thing ? mirror.handleOf(row.alarm.subject) : model::EntityHandle{};
  if (handle && row.alarm.about == alarms::SubjectKind::Thing && whereIs(handle, spot.position)) {
    spot.pick = pickOf(handle);
    spot.position.z += kAbove;
    return true;
  }
  if (!row.alarm.position) return false;
  const glm::dvec3 p = *row.alarm.position;
  spot.position = {p.x, p.y, context_.city.surfaceAt(p.x, p.y, p.z) + kAbove};
  spot.pick = handle ? pickOf(handle) : 0;
  return true;
}

scene::Label AlarmBinding::labelOf(const Spot& spot, const alarms::DeskView& view, core::Language language) const {
  const alarms::Priority priority = spot.row->priority;
  scene::Label label{.position = glm::vec3(spot.position), .tier = scene::LabelTier::Data, .icon = scene::LabelIcon::Dot,
                     .iconColor = context_.palette.alarm[static_cast<size_t>(priority) - 1], .maxDistance = kFarthest, .pick = spot.pick};
  label.text = view.ruleOf(*spot.row).name.in(language);
  if (spot.count > 1) label.text += " +" + std::to_string(spot.count - 1);
  // Above every other label; the graver first.
  label.priority = 200.f - 10.f * static_cast<float>(priority) + (spot.flashes ? 50.f : 0.f);
  return label;
}

void AlarmBinding::update(const std::shared_ptr<const alarms::DeskView>& view, const model::Mirror& mirror, core::Language language, base::UtcNs shown,
                          const WhereIs& whereIs, const PickOf& pickOf) {
  const uint64_t revision = view ? view->revision : UINT64_MAX - 1;
  const bool moved = shown - movedAt_ >= kMoveEvery || shown < movedAt_;
  if (revision == revision_ && language == language_ && !moved) return;
  revision_ = revision;
  language_ = language;
  movedAt_ = shown;

  std::map<std::string, Spot> spots;
  const auto add = [&spots](const std::string& key, const Spot& spot) {
    Spot& into = spots[key];
    const bool first = into.row == nullptr;
    const int count = into.count + spot.count;
    const bool flashes = into.flashes || spot.flashes;
    // Rows come gravest first among those that want attention; of one place the gravest priority counts.
    if (first || spot.row->priority < into.row->priority) into = spot;
    into.count = count;
    into.flashes = flashes;
  };
  if (view) {
    for (const alarms::AlarmRow& row : view->rows) {
      Spot spot{.row = &row, .count = 1, .flashes = row.wantsAttention};
      if (!row.alarm.condition.inhibited() && place(row, mirror, whereIs, pickOf, spot)) add(row.alarm.subject, spot);
    }
  }
  if (spots.size() > kSingleSymbols) {
    std::map<std::string, Spot> single;
    single.swap(spots);
    for (const auto& [subject, spot] : single) {
      const auto square = [](double v) { return std::to_string(static_cast<long>(std::floor(v / kSquare))); };
      add("#" + square(spot.position.x) + "," + square(spot.position.y), spot);
    }
  }
  for (auto it = labels_.begin(); it != labels_.end();) {
    if (spots.contains(it->first)) {
      ++it;
      continue;
    }
    context_.scene.labels.remove(it->second.label);
    it = labels_.erase(it);
  }
  for (const auto& [key, spot] : spots) {
    scene::Label label = labelOf(spot, *view, language);
    Shown& entry = labels_[key];
    entry.symbol = {spot.row->alarm.key(), spot.row->priority, spot.flashes};
    if (entry.label) context_.scene.labels.set(entry.label, std::move(label));
    else entry.label = context_.scene.labels.add(std::move(label));
  }
}

const AlarmSymbol* AlarmBinding::symbolAt(scene::LabelId label) const {
  for (const auto& [key, entry] : labels_)
    if (entry.label == label) return &entry.symbol;
  return nullptr;
}

}  // namespace binding
