// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "twin/alarms/desk.h"
#include "twin/binding/bind_context.h"
#include "twin/model/mirror.h"

namespace binding {

/// Half a period of flashing: 1 Hz, well below the three a second that may harm.
constexpr int64_t kFlashHalf = base::kNsPerSecond / 2;
/// The bright half of flashing, from the shown time alone: the same picture every time.
inline bool flashLit(base::UtcNs shown) { return (shown / kFlashHalf) % 2 == 0; }

/// What a label stands for when it is an alarm's.
struct AlarmSymbol {
  std::string alarm;  ///< key of the gravest that it counts
  alarms::Priority priority = alarms::Priority::Low;
  bool flashes = false;
};

/// Labels of standing alarms above what they are about. The symbol before the text (shape, colour and letter
/// by priority, flashing while nobody has acknowledged) is drawn by the panels, as in the desk. Alarms of one thing share a symbol, and where many stand close together
/// one symbol counts them.
class AlarmBinding {
 public:
  explicit AlarmBinding(const BindContext& context) : context_(context) {}

  /// Once a frame; cheap unless the view changed. Null hides all. `whereIs` says where
  /// a thing is drawn now.
  using WhereIs = std::function<bool(model::EntityHandle, glm::dvec3&)>;
  using PickOf = std::function<uint32_t(model::EntityHandle)>;
  void update(const std::shared_ptr<const alarms::DeskView>& view, const model::Mirror& mirror, core::Language language, base::UtcNs shown,
              const WhereIs& whereIs, const PickOf& pickOf);

  /// Null when the label is something else's.
  const AlarmSymbol* symbolAt(scene::LabelId label) const;
  size_t symbols() const { return labels_.size(); }

 private:
  struct Spot {
    const alarms::AlarmRow* row = nullptr;  ///< the gravest
    glm::dvec3 position{0};
    uint32_t pick = 0;
    int count = 0;
    bool flashes = false;
  };
  bool place(const alarms::AlarmRow& row, const model::Mirror& mirror, const WhereIs& whereIs, const PickOf& pickOf, Spot& spot) const;
  scene::Label labelOf(const Spot& spot, const alarms::DeskView& view, core::Language language) const;

  struct Shown {
    scene::LabelId label;
    AlarmSymbol symbol;
  };
  BindContext context_;
  std::map<std::string, Shown> labels_;  // by place
  uint64_t revision_ = UINT64_MAX;
  core::Language language_ = core::Language::Korean;
  base::UtcNs movedAt_ = 0;
};

}  // namespace binding
