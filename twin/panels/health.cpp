// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/health.h"

#include <algorithm>

namespace panels {

StateLook lookOf(const Context& ui, model::Health health) {
  switch (health) {
    case model::Health::Good: return {Mark::Dot, ui.theme.good, ui.tr("health.good")};
    case model::Health::Stale: return {Mark::DashedRing, ui.theme.warning, ui.tr("health.stale")};
    case model::Health::Dead: return {Mark::Ring, ui.theme.stale, ui.tr("health.dead")};
    case model::Health::Bad: return {Mark::Cross, ui.theme.alarm, ui.tr("health.bad")};
  }
  return {};
}

StateLook lookOf(const Context& ui, model::Provenance provenance) {
  switch (provenance) {
    case model::Provenance::Measured: return {Mark::Dot, ui.theme.good, ui.tr("origin.measured")};
    case model::Provenance::Predicted: return {Mark::Triangle, ui.theme.accent, ui.tr("origin.predicted")};
    case model::Provenance::Simulated: return {Mark::Hatch, ui.theme.accent, ui.tr("origin.simulated")};
    case model::Provenance::Reconstructed: return {Mark::Diamond, ui.theme.textQuiet, ui.tr("origin.reconstructed")};
    case model::Provenance::Surveyed: return {Mark::Square, ui.theme.good, ui.tr("origin.surveyed")};
  }
  return {};
}

StateLook severityLook(const Context& ui, int severity) {
  switch (std::clamp(severity, 0, 3)) {
    case 3: return {Mark::Square, 0xff2b00e5u, ui.tr("severity.3")};
    case 2: return {Mark::Triangle, 0xff007affu, ui.tr("severity.2")};
    case 1: return {Mark::Diamond, 0xff00c4ffu, ui.tr("severity.1")};
    default: return {Mark::Ring, ui.theme.textQuiet, ui.tr("severity.0")};
  }
}

FeedHealth healthOf(const feeds::SourceStats& source, base::UtcNs now) {
  // Off hours and a spent quota are the service's rule, not a fault; its values age meanwhile.
  if (source.link.state == feeds::LinkState::Resting) return FeedHealth::Stale;
  if (source.link.state != feeds::LinkState::Connected && source.link.state != feeds::LinkState::Idle) return FeedHealth::Down;
  if (source.allOffline()) return FeedHealth::Down;
  // A poll that brought no news is a sign of life, too.
  const base::UtcNs heard = std::max(source.lastReceived, source.link.lastContact);
  if (heard == 0) return source.link.state == feeds::LinkState::Idle ? FeedHealth::Down : FeedHealth::Stale;
  const double silence = static_cast<double>(now - std::max(heard, source.link.nextContact)) * 1e-9;
  return silence > 3 * std::max(1.0, source.source.expectedPeriod) ? FeedHealth::Stale : FeedHealth::Ok;
}

StateLook lookOf(const Context& ui, FeedHealth health) {
  switch (health) {
    case FeedHealth::Ok: return {Mark::Dot, ui.theme.good, ui.tr("feed.ok")};
    case FeedHealth::Stale: return {Mark::DashedRing, ui.theme.warning, ui.tr("feed.stale")};
    case FeedHealth::Down: return {Mark::Cross, ui.theme.alarm, ui.tr("feed.down")};
  }
  return {};
}

FeedCounts countFeeds(const feeds::FeedStats& stats, base::UtcNs now) {
  FeedCounts counts;
  for (const feeds::SourceStats& source : stats.sources) {
    switch (healthOf(source, now)) {
      case FeedHealth::Ok: ++counts.ok; break;
      case FeedHealth::Stale: ++counts.stale; break;
      case FeedHealth::Down: ++counts.down; break;
    }
  }
  return counts;
}

std::string sourceName(const Context& ui, model::SourceId source) {
  if (!ui.in.feeds || source >= ui.in.feeds->sources.size()) return "–";
  return ui.in.feeds->sources[source].source.name;
}

}  // namespace panels
