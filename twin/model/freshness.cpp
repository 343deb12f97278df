// SPDX-License-Identifier: Apache-2.0
#include "twin/model/freshness.h"

#include <algorithm>
#include <cmath>

namespace model {
namespace {

constexpr double kGoodPeriods = 2;
constexpr double kStalePeriods = 5;
constexpr double kShownPeriods = 10;

}  // namespace

uint32_t Freshness::packedAge() const {
  if (periodSeconds <= 0) return 0;
  return static_cast<uint32_t>(std::clamp(std::floor(ageSeconds / periodSeconds * 16), 0.0, 255.0));
}

Freshness freshnessOf(base::UtcNs eventTime, base::UtcNs now, double periodSeconds, bool bad) {
  Freshness freshness;
  freshness.ageSeconds = std::max(0.0, static_cast<double>(now - eventTime) / 1e9);
  freshness.periodSeconds = periodSeconds;
  if (periodSeconds > 0) {
    const double periods = freshness.ageSeconds / periodSeconds;
    if (periods > kStalePeriods) {
      freshness.health = Health::Dead;
    } else if (periods > kGoodPeriods) {
      freshness.health = Health::Stale;
    }
    freshness.leavesMap = periods > kShownPeriods;
  }
  // A bad value that is still fresh is bad; an old one is first of all old.
  if (bad && freshness.health == Health::Good) freshness.health = Health::Bad;
  return freshness;
}

Freshness freshnessOf(const Entity& entity, const core::KindInfo& kind, base::UtcNs now) {
  const PropertyRow* main = entity.property(kind.mainProperty);
  Freshness freshness = freshnessOf(entity.lastEvent(), now, kind.period, main != nullptr && main->bad);
  freshness.leavesMap = freshness.leavesMap && entity.moving;
  return freshness;
}

}  // namespace model
