// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/base/slot_map.h"
#include "engine/math/glm.h"

namespace scene {

/// The mark that stands before a label's text: meaning never by colour alone.
enum class LabelIcon : uint8_t { None, Dot, Ring, Square, Triangle, Diamond, Parking, Metro, Bus, Shuttle, Air, Alert, Camera };

enum class LabelTier : uint8_t { Place, Road, Data, Selected };

struct Label {
  glm::vec3 position{0};      ///< anchor, city frame
  std::string text;           ///< UTF-8, in the language that is shown
  LabelTier tier = LabelTier::Place;
  LabelIcon icon = LabelIcon::None;
  uint32_t iconColor = 0xffffffff;
  float priority = 0;         ///< higher wins when labels would overlap
  float maxDistance = 3000;   ///< metres; not shown beyond
  uint32_t pick = 0;          ///< what a click on the label selects (as in the id attachment)
  bool stale = false;
  bool visible = true;
};

using LabelId = base::Handle<Label>;

class LabelStore {
 public:
  LabelId add(Label label) { ++revision_; return labels_.insert(std::move(label)); }
  void remove(LabelId id) { ++revision_; labels_.erase(id); }
  const Label* find(LabelId id) const { return labels_.find(id); }
  void set(LabelId id, Label label) { Label* l = labels_.find(id); if (l) { *l = std::move(label); ++revision_; } }
  const base::SlotMap<Label>& labels() const { return labels_; }
  uint64_t revision() const { return revision_; }

 private:
  base::SlotMap<Label> labels_;
  uint64_t revision_ = 0;
};

}  // namespace scene
