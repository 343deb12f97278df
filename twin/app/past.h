// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "twin/app/bookmarks.h"
#include "twin/app/options.h"
#include "twin/app/show_clock.h"
#include "twin/app/world.h"
#include "twin/history/history_view.h"
#include "twin/history/history_writer.h"

namespace app {

/// The recorded past beside the live twin: the writer that keeps it, the view that shows it, bookmarks. While the
/// past is shown, live goes on in a mirror of its own, so that coming back takes one frame.
class Past {
 public:
  /// Null when no history is wanted: by --history none, and by default on a fixed clock, in a replay and headless.
  static base::Result<std::unique_ptr<Past>> create(const Options& options, const World& world);

  feeds::ChangeTap& tap() { return *writer_; }
  void stop() { writer_->stop(); }

  /// The mirror that live batches belong to.
  model::Mirror& liveMirror(model::Mirror& shown) { return showing_ ? live_ : shown; }
  /// Once a frame, after `live` was applied to liveMirror(): brings `shown` to the clock's moment as far as it is read,
  /// and returns what changed in it.
  model::ChangeBatch advance(model::Mirror& shown, model::ChangeBatch live, const ShowClock& clock, const feeds::FeedStats& feeds);

  void setView(history::TimeView view) { view_ = view; }
  void setRange(double seconds) { range_ = seconds; }
  void addBookmark(std::string name, base::UtcNs time);
  void removeBookmark(size_t index);

  /// Asks for what the timeline and the inspector show, about once a second; never waits.
  void refresh(const model::Entity* selected, base::UtcNs shown, base::UtcNs wall, base::MonoNs mono);
  panels::PastInput panelInput() const;
  /// Curves of the selected thing out of history; empty while there are none.
  std::vector<panels::PropertyHistory> curves(const std::string& entity) const;

 private:
  Past() = default;
  model::ChangeBatch leave(model::Mirror& shown);

  std::unique_ptr<history::HistoryWriter> writer_;
  std::unique_ptr<history::HistoryView> viewer_;
  Bookmarks bookmarks_;
  history::TimeView view_ = history::TimeView::AsKnown;
  double range_ = 3600;
  bool showing_ = false;
  model::Mirror live_;
  base::UtcNs wanted_ = 0;
  history::TimeView wantedView_ = history::TimeView::AsKnown;
  base::MonoNs askDue_ = 0;
  std::string asked_;
};

}  // namespace app
