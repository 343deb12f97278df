// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "twin/binding/alarm_binding.h"
#include "twin/binding/described_binding.h"
#include "twin/binding/device_binding.h"
#include "twin/binding/environment_binding.h"
#include "twin/binding/ghost_binding.h"
#include "twin/binding/label_binding.h"
#include "twin/binding/layers.h"
#include "twin/binding/mover_binding.h"
#include "twin/binding/plan_binding.h"

namespace binding {

/// The one place where entities meet instances: takes what the plan resolved and what the feeds
/// changed, and leaves the scene ready to draw.
class Binding {
 public:
  explicit Binding(const BindContext& context);

  /// Once a frame. `mirror` must already hold `resolved.changes`.
  void bind(const plan::Resolved& resolved, base::UtcNs shown);
  /// After bind(), once a frame: the symbols of what stands.
  void showAlarms(const std::shared_ptr<const alarms::DeskView>& view, base::UtcNs shown);
  /// What a forecast expects within the second that begins at `second` of the shown time; none: no ghosts.
  void showGhosts(std::span<const Ghost> ghosts, base::UtcNs second) { ghosts_.show(ghosts, BindTime::sceneMsOf(second)); }
  /// The alarm's symbol that this label stands for, or null.
  const AlarmSymbol* alarmAt(scene::LabelId label) const { return alarms_.symbolAt(label); }
  void setLanguage(core::Language language) { wantedLanguage_ = language; }
  void setLayerVisible(std::string_view layer, bool visible);
  const std::vector<LayerRow>& layers() const { return layers_; }
  /// Overrides the station's weather (scenario "rain", headless pictures); none: as reported.
  void forceWeather(std::optional<scene::Weather> weather) { forcedWeather_ = weather; weatherDue_ = 0; }
  const scene::Weather& weather() const { return weather_; }

  /// Outlined from this frame on.
  void select(model::EntityHandle entity);
  model::EntityHandle selected() const { return selected_; }
  void hover(model::EntityHandle entity) { hovered_ = entity; }

  /// The entity drawn under a pick id, or none (also for ids that have gone since).
  std::string entityAt(uint32_t pick) const;
  /// The pick id that outlines an entity, 0 when it has no part in the scene.
  uint32_t pickOf(const model::Mirror& mirror, model::EntityHandle entity) const;
  /// Where the thing is drawn now, and how large it is (metres); false when it is nowhere.
  bool whereIs(const model::Mirror& mirror, model::EntityHandle entity, glm::dvec3& position, double& radius) const;

 private:
  void bindChanges(const model::ChangeBatch& changes, const BindTime& time);
  void label(model::EntityHandle handle, const DescribedBinding::Shown& shown);

  BindContext context_;
  MoverBinding movers_;
  DeviceBinding devices_;
  DescribedBinding described_;
  LabelBinding labels_;
  AlarmBinding alarms_;
  PlanBinding plan_;
  GhostBinding ghosts_;
  std::vector<LayerRow> layers_ = standardLayers();
  const model::Mirror* mirror_ = nullptr;
  core::Language wantedLanguage_ = core::Language::Korean;
  bool labelsBuilt_ = false;
  std::optional<scene::Weather> forcedWeather_;
  scene::Weather weather_;
  base::UtcNs weatherDue_ = 0;
  base::UtcNs countDue_ = 0;
  model::EntityHandle selected_;
  model::EntityHandle hovered_;
  uint32_t sceneMs_ = 0;
};

}  // namespace binding
