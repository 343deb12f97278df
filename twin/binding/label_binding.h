// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "twin/binding/bind_context.h"
#include "twin/binding/described_binding.h"
#include "twin/binding/mover_binding.h"
#include "twin/model/mirror.h"

namespace binding {

/// Every word that labels are made of beside names and numbers, for the font atlas.
std::vector<core::BilingualText> labelWords();

/// Names of places and roads, and the few values that are worth reading in the picture itself.
class LabelBinding {
 public:
  explicit LabelBinding(const BindContext& context) : context_(context) {}

  /// Makes all labels anew: at start, on a change of language, and when the date changes a name.
  void rebuild(const model::Mirror& mirror, core::Language language, const BindTime& time);
  void update(model::EntityHandle handle, const model::Entity& entity, const BindTime& time);
  /// A thing that only feeds know: its name, or its kind and main value.
  void updateDescribed(model::EntityHandle handle, const model::Entity& entity, const DescribedBinding::Shown& shown);
  void forgetDescribed();
  /// Moves the labels of vehicles with them, drops those of departed ones, and writes the selected thing's name above it.
  void follow(const model::Mirror& mirror, const MoverBinding& movers, const DescribedBinding& described, model::EntityHandle selected,
              const BindTime& time);
  void setLayerHidden(std::string_view layer, bool hidden);
  core::Language language() const { return language_; }

 private:
  struct Entry {
    scene::LabelId label;
    std::string layer;
    bool mover = false;
    model::EntityHandle described;  ///< of a thing that only feeds know
  };
  void addPlaces(const BindTime& time);
  void addRoads();
  std::string nameOrValue(const model::Entity& entity) const;
  scene::Label dataLabel(const model::Entity& entity, const BindTime& time) const;
  uint32_t pickOf(const std::string& entityId) const;
  void put(const std::string& key, scene::Label label, std::string_view layer, bool mover);

  BindContext context_;
  core::Language language_ = core::Language::Korean;
  std::map<std::string, Entry, std::less<>> entries_;  // by entity id, or "road:" + name
  std::map<std::string, bool, std::less<>> hiddenLayers_;
  scene::LabelId selected_;
};

}  // namespace binding
