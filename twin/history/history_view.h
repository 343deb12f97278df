// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "twin/history/projector.h"

namespace history {

/// What the timeline draws of a stretch of the past.
struct Overview {
  Span asked;                      ///< the stretch it was asked for
  Span recorded;                   ///< all that there is, by reception
  std::vector<Gap> gaps;           ///< within `asked`
  std::vector<StoredEvent> events; ///< within `asked`, newest first, the gravest when there are too many
  std::string entity;
  struct Curve {
    std::string property;
    std::vector<SeriesPoint> points;
  };
  std::vector<Curve> curves;       ///< of `entity`, as asked for
};

struct OverviewRequest {
  Span span;
  std::string entity;                   ///< empty: no curves
  std::vector<std::string> properties;
  size_t points = 240;                  ///< of each curve, at most
};

/// The past as the picture needs it, on a thread of its own: the frame's thread asks and takes, and never waits.
/// A newer wish replaces an older one that is not yet done, unless the older is on the way.
class HistoryView {
 public:
  HistoryView(std::string where, std::shared_ptr<const Pack> pack);
  ~HistoryView();
  HistoryView(const HistoryView&) = delete;
  HistoryView& operator=(const HistoryView&) = delete;

  /// From now on steps follow on what `shown` shows. Wishes and steps of before are void.
  void enter(const model::Mirror& shown);
  /// Names of the program's sources by SourceId: rows of the past get these numbers.
  void setSources(std::vector<std::string> names);
  void show(base::UtcNs time, TimeView view);

  struct Step {
    model::ChangeBatch changes;
    std::optional<std::vector<model::Event>> events;  ///< after a jump: the last ones before it, in place of all others
    base::UtcNs time = 0;                             ///< is shown now
    bool jumped = false;
  };
  /// The next step, in order; none when nothing is new.
  std::optional<Step> take();

  void ask(OverviewRequest request);
  /// The latest answer; null before the first.
  std::shared_ptr<const Overview> overview() const;

  /// A wish is not fulfilled yet.
  bool busy() const;
  /// How long the last jump took, seconds; 0 before the first.
  double lastJumpSeconds() const;
  /// One line when the store cannot be read, else empty.
  std::string problem() const;

 private:
  struct Core;
  std::unique_ptr<Core> core_;
};

}  // namespace history
