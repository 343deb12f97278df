// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "twin/binding/binding.h"
#include "twin/model/mirror.h"
#include "twin/panels/panel_input.h"
#include "twin/traffic/look_ahead.h"

namespace app {

/// Shows the next minutes as ghosts while the user wants it: the moment that is shown plus `minutes`, out of the newest
/// forecast. Off, it costs nothing.
class Ahead {
 public:
  void setOn(bool on) { on_ = on; }
  /// 1 .. 15.
  void setMinutes(double minutes);

  /// Once a frame. `source` is null where no simulation of ours drives. `live`: what the feeds say at `now`, which the
  /// forecasts are scored against, whatever moment the picture shows. `visible` false: that is another time than now.
  void follow(traffic::LookAhead* source, const model::Mirror& live, base::UtcNs now, bool visible, binding::Binding& binding);
  panels::AheadInput panelInput() const { return input_; }

 private:
  void show(const traffic::Forecast& forecast, base::UtcNs now, binding::Binding& binding);

  bool on_ = false;
  double minutes_ = 5;
  panels::AheadInput input_;
  base::UtcNs statusDue_ = 0;
  int64_t shownSecond_ = 0;                            ///< of the forecast; 0: nothing is shown
  std::shared_ptr<const traffic::Forecast> shownOf_;
  std::vector<binding::Ghost> ghosts_;
};

}  // namespace app
