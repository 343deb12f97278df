// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/core/catalogue.h"
#include "twin/model/entity.h"

namespace model {

/// The rule of the display: up to twice the expected period good, up to five times stale, then dead;
/// after ten times a mover leaves the map but keeps its row.
struct Freshness {
  double ageSeconds = 0;
  double periodSeconds = 0;  ///< 0: the thing never reports, so it cannot be stale
  Health health = Health::Good;
  bool leavesMap = false;

  /// Age in sixteenths of the period, 0..255, for gpu_types::kStateAgeMask.
  uint32_t packedAge() const;
};

Freshness freshnessOf(base::UtcNs eventTime, base::UtcNs now, double periodSeconds, bool bad);
/// Of the whole thing: its newest value or pose against its kind's period.
Freshness freshnessOf(const Entity& entity, const core::KindInfo& kind, base::UtcNs now);

}  // namespace model
