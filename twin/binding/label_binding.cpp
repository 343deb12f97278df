// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/label_binding.h"

#include <cmath>
#include <cstdio>

#include "twin/binding/style_rules.h"
#include "twin/city/names.h"

namespace binding {
namespace {

const core::BilingualText kGradeWords[]{{"자료 없음", "no data"}, {"좋음", "good"}, {"보통", "moderate"}, {"나쁨", "bad"}, {"매우나쁨", "very bad"}};
const core::BilingualText kFreeWord{"면 여유", " free"};
const core::BilingualText kShuttleWord{"셔틀 ", "Shuttle "};

/// Kinds whose value is read in the picture.
bool hasDataLabel(std::string_view kind) {
  return kind == "air_station" || kind == "parking_lot" || kind == "shuttle" || kind == "weather_station" || kind == "noise_sensor";
}

std::string format(const char* pattern, double value) {
  char text[64];
  std::snprintf(text, sizeof text, pattern, value);
  return text;
}

double lengthOf(const std::vector<glm::dvec3>& line) {
  double length = 0;
  for (size_t i = 1; i < line.size(); ++i) length += glm::distance(line[i - 1], line[i]);
  return length;
}

}  // namespace

std::vector<core::BilingualText> labelWords() {
  std::vector<core::BilingualText> words{kFreeWord, kShuttleWord};
  words.insert(words.end(), std::begin(kGradeWords), std::end(kGradeWords));
  return words;
}

void LabelBinding::rebuild(const model::Mirror& mirror, core::Language language, const BindTime& time) {
  for (const auto& [key, entry] : entries_) context_.scene.labels.remove(entry.label);
  entries_.clear();
  language_ = language;
  addPlaces(time);
  addRoads();
  mirror.forEach([&](model::EntityHandle handle, const model::Entity& entity) { update(handle, entity, time); });
}

void LabelBinding::addPlaces(const BindTime& time) {
  const city::City& city = context_.city;
  const auto place = [&](const city::Feature& f, float priority, float distance, scene::LabelIcon icon) {
    const core::BilingualText name = city::nameAt(city, f.id, {f.nameKo, f.nameEn}, time.local);
    if (name.ko.empty() && name.en.empty()) return;
    const auto parts = city.parts.find(f.id);
    if (parts == city.parts.end()) return;
    put(f.id, {.position = glm::vec3(parts->second.anchor), .text = name.in(language_), .tier = scene::LabelTier::Place,
               .icon = icon, .priority = priority, .maxDistance = distance, .pick = pickOf(f.id)},
        "places", false);
  };
  for (const city::Feature& b : city.data.buildings) {
    if (b.nameKo.empty() && b.nameEn.empty()) continue;
    const bool landmark = !b.text("landmark").empty();
    place(b, landmark ? 50.f : 20.f, landmark ? 6000.f : 900.f, scene::LabelIcon::None);
  }
  for (const city::Feature& s : city.data.stops) {
    const std::string kind = s.text("kind");
    if (kind == "metro_station") place(s, 60, 6000, scene::LabelIcon::Metro);
    else if (kind == "shuttle_stop") place(s, 30, 1200, scene::LabelIcon::Shuttle);
    else if (kind == "bus_stop") place(s, 8, 450, scene::LabelIcon::Bus);
  }
  for (const city::Feature& g : city.data.green)
    if (g.text("kind") == "park") place(g, 15, 1500, scene::LabelIcon::None);
  for (const city::Feature& w : city.data.water) place(w, 12, 2500, scene::LabelIcon::None);
}

void LabelBinding::addRoads() {
  // One label a road name, on the longest piece that bears it.
  std::map<std::string, const city::Feature*> longest;
  for (const city::Feature& road : context_.city.data.roads) {
    if (road.nameKo.empty() && road.nameEn.empty()) continue;
    const std::string key = road.nameKo.empty() ? road.nameEn : road.nameKo;
    const city::Feature*& best = longest[key];
    if (best == nullptr || lengthOf(road.rings[0]) > lengthOf(best->rings[0])) best = &road;
  }
  for (const auto& [name, road] : longest) {
    const auto& line = road->rings[0];
    const glm::dvec3 middle = line.size() > 2 ? line[line.size() / 2] : (line.front() + line.back()) * 0.5;
    const std::string roadClass = road->text("class");
    const bool major = roadClass == "arterial" || roadClass == "expressway";
    const core::BilingualText text{road->nameKo, road->nameEn};
    put("road:" + name,
        {.position = glm::vec3(middle.x, middle.y, context_.city.surfaceAt(middle.x, middle.y, middle.z) + 2),
         .text = text.in(language_), .tier = scene::LabelTier::Road, .priority = major ? 25.f : 10.f,
         .maxDistance = major ? 2500.f : 700.f, .pick = pickOf(road->id)},
        "roads", false);
  }
}

scene::Label LabelBinding::dataLabel(const model::Entity& entity, const BindTime& time) const {
  const std::string& kind = entity.info->kind;
  const model::Freshness fresh = model::freshnessOf(entity, context_.catalogue.kind(kind), time.utc);
  scene::Label label{.tier = scene::LabelTier::Data, .priority = 35, .maxDistance = 1600};
  label.stale = fresh.health != model::Health::Good;
  if (kind == "air_station") {
    const double pm = numberOf(entity, "pm25", -1);
    const int grade = dustGrade(numberOf(entity, "pm10", -1), pm);
    label.icon = scene::LabelIcon::Air;
    label.iconColor = gradeColor(context_.palette, grade);
    label.text = (pm >= 0 ? format("PM2.5 %.0f ", pm) : "PM2.5 ") + kGradeWords[grade].in(language_);
  } else if (kind == "parking_lot") {
    const double share = numberOf(entity, "occupancy", 0) / 100;
    const double taken = numberOf(entity, "occupied", 0);
    double capacity = 0;
    for (const auto& [name, value] : entity.info->attributes)
      if (const double* d = std::get_if<double>(&value); d && name == "capacity") capacity = *d;
    label.icon = scene::LabelIcon::Parking;
    label.iconColor = fillColor(context_.palette, share);
    label.text = format("%.0f", std::max(0.0, capacity - taken)) + kFreeWord.in(language_);
    label.maxDistance = 1300;
  } else if (kind == "shuttle") {
    label.icon = scene::LabelIcon::Shuttle;
    label.iconColor = context_.palette.shuttle;
    label.text = kShuttleWord.in(language_) + format("%.0f km/h", entity.latest.speed * 3.6);
    label.priority = 55;
    label.maxDistance = 3500;
  } else if (kind == "noise_sensor") {
    label.icon = scene::LabelIcon::Dot;
    label.iconColor = context_.palette.accent;
    label.text = format("%.0f dB", numberOf(entity, "noise", 0));
    label.maxDistance = 700;
    label.priority = 18;
  } else {
    label.icon = scene::LabelIcon::Dot;
    label.iconColor = context_.palette.accent;
    label.text = format("%.1f °C", numberOf(entity, "temperature", 0));
    label.maxDistance = 1200;
  }
  if (label.stale) label.iconColor = context_.palette.unknown;
  return label;
}

void LabelBinding::update(model::EntityHandle, const model::Entity& entity, const BindTime& time) {
  if (!hasDataLabel(entity.info->kind) || entity.lastEvent() == 0) return;
  scene::Label label = dataLabel(entity, time);
  const auto parts = context_.city.parts.find(entity.info->id);
  if (parts != context_.city.parts.end()) label.position = glm::vec3(parts->second.anchor);
  else if (entity.moving) label.position = glm::vec3(entity.latest.position) + glm::vec3(0, 0, 4);
  label.pick = pickOf(entity.info->id);
  put(entity.info->id, std::move(label), context_.catalogue.kind(entity.info->kind).layer, entity.moving);
}

std::string LabelBinding::nameOrValue(const model::Entity& entity) const {
  const core::KindInfo& kind = context_.catalogue.kind(entity.info->kind);
  std::string text = entity.info->name.in(language_);
  if (text.empty()) text = kind.label.in(language_);
  const model::PropertyRow* row = entity.property(kind.mainProperty);
  const double* number = row && !row->bad ? std::get_if<double>(&row->value) : nullptr;
  if (number == nullptr) return text;
  const core::PropertyInfo& property = context_.catalogue.property(row->name);
  char value[48];
  std::snprintf(value, sizeof value, " %.*f", property.decimals, *number);
  text += value;
  if (!row->unit.empty()) text += " " + row->unit;
  return text;
}

void LabelBinding::updateDescribed(model::EntityHandle handle, const model::Entity& entity, const DescribedBinding::Shown& shown) {
  const model::EntityInfo& info = *entity.info;
  const bool warning = info.kind == "warning_area";
  const bool line = info.geometry && info.geometry->shape == model::Geometry::Shape::Lines;
  if (line && info.name.ko.empty() && info.name.en.empty()) return;  // a hundred lanes would only be noise
  put(info.id,
      {.position = glm::vec3(shown.anchor), .text = nameOrValue(entity), .tier = scene::LabelTier::Data,
       .icon = warning ? scene::LabelIcon::Alert : scene::LabelIcon::Dot,
       .iconColor = warning ? context_.palette.warning : context_.palette.accent, .priority = warning ? 45.f : 14.f,
       .maxDistance = warning ? 5000.f : 900.f, .pick = shown.pick},
      context_.catalogue.kind(info.kind).layer, false);
  entries_[info.id].described = handle;
}

void LabelBinding::forgetDescribed() {
  for (auto it = entries_.begin(); it != entries_.end();) {
    if (it->second.described) context_.scene.labels.remove(it->second.label);
    it = it->second.described ? entries_.erase(it) : std::next(it);
  }
}

void LabelBinding::follow(const model::Mirror& mirror, const MoverBinding& movers, const DescribedBinding& described,
                          model::EntityHandle selected, const BindTime& time) {
  for (auto it = entries_.begin(); it != entries_.end();) {
    if (it->second.described) {
      const DescribedBinding::Shown* shown = described.find(it->second.described);
      if (shown == nullptr) {
        context_.scene.labels.remove(it->second.label);
        it = entries_.erase(it);
        continue;
      }
      const scene::Label& known = *context_.scene.labels.find(it->second.label);
      if (known.visible != shown->visible) {
        scene::Label label = known;
        label.visible = shown->visible;
        context_.scene.labels.set(it->second.label, std::move(label));
      }
    }
    if (!it->second.mover) {
      ++it;
      continue;
    }
    const model::EntityHandle handle = mirror.handleOf(it->first);
    const scene::InstanceId instance = movers.instanceOf(handle);
    const scene::Instance* gpu = context_.scene.instances.find(instance);
    if (gpu == nullptr) {
      context_.scene.labels.remove(it->second.label);
      it = entries_.erase(it);
      continue;
    }
    scene::Label label = *context_.scene.labels.find(it->second.label);
    label.position = scene::positionAt(*gpu, time.sceneMs) + glm::vec3(0, 0, 4);
    label.pick = gpu->pick;
    label.visible = label.visible && !(gpu->state & gpu_types::kStateHidden);
    context_.scene.labels.set(it->second.label, std::move(label));
    ++it;
  }

  if (selected_) {
    context_.scene.labels.remove(selected_);
    selected_ = {};
  }
  const model::Entity* entity = mirror.find(selected);
  if (entity == nullptr || entries_.contains(entity->info->id)) return;
  scene::Label label{.tier = scene::LabelTier::Selected, .icon = scene::LabelIcon::Ring, .iconColor = context_.palette.selection,
                     .priority = 1000, .maxDistance = 1e6f};
  const std::string& name = entity->info->name.in(language_);
  label.text = name.empty() ? context_.catalogue.kind(entity->info->kind).label.in(language_) + " " + entity->info->id : name;
  const auto parts = context_.city.parts.find(entity->info->id);
  if (const scene::Instance* gpu = context_.scene.instances.find(movers.instanceOf(selected))) {
    label.position = scene::positionAt(*gpu, time.sceneMs) + glm::vec3(0, 0, 4);
  } else if (parts != context_.city.parts.end()) {
    label.position = glm::vec3(parts->second.anchor);
  } else if (const DescribedBinding::Shown* shown = described.find(selected)) {
    label.position = glm::vec3(shown->anchor);
  } else {
    return;
  }
  selected_ = context_.scene.labels.add(std::move(label));
}

void LabelBinding::setLayerHidden(std::string_view layer, bool hidden) {
  hiddenLayers_[std::string(layer)] = hidden;
  for (const auto& [key, entry] : entries_) {
    if (entry.layer != layer) continue;
    scene::Label label = *context_.scene.labels.find(entry.label);
    label.visible = !hidden;
    context_.scene.labels.set(entry.label, std::move(label));
  }
}

uint32_t LabelBinding::pickOf(const std::string& entityId) const {
  const auto parts = context_.city.parts.find(entityId);
  if (parts == context_.city.parts.end()) return 0;
  if (parts->second.object != gpu_types::kNoObject) return parts->second.object + 1;
  return parts->second.instances.empty() ? 0 : parts->second.instances[0].slot | gpu_types::kPickInstance;
}

void LabelBinding::put(const std::string& key, scene::Label label, std::string_view layer, bool mover) {
  const auto hidden = hiddenLayers_.find(layer);
  label.visible = hidden == hiddenLayers_.end() || !hidden->second;
  const auto found = entries_.find(key);
  if (found != entries_.end()) {
    if (mover) label.position = context_.scene.labels.find(found->second.label)->position;
    context_.scene.labels.set(found->second.label, std::move(label));
  } else {
    entries_[key] = {context_.scene.labels.add(std::move(label)), std::string(layer), mover};
  }
}

}  // namespace binding
