// SPDX-License-Identifier: Apache-2.0
#include "twin/app/past.h"

#include "engine/base/log.h"
#include "twin/app/history_to_write.h"

namespace app {
namespace {

constexpr int64_t kAskEvery = base::kNsPerSecond;
constexpr size_t kMostCurves = 12;
constexpr uint8_t kEverything = model::kAdded | model::kPoseChanged | model::kPropertiesChanged | model::kInfoChanged;

/// The stretch that the timeline shows: up to now, or around a moment that is farther back.
history::Span rangeAround(base::UtcNs shown, base::UtcNs wall, double seconds) {
  const auto length = static_cast<int64_t>(seconds * 1e9);
  const base::UtcNs end = shown >= wall - length ? wall : shown + length / 2;
  return {end - length, end};
}

}  // namespace

base::Result<std::unique_ptr<Past>> Past::create(const Options& options, const World& world) {
  auto writing = historyToWrite(options, world);
  if (!writing) return base::Error{writing.error()};
  const std::string store = writing->where;
  if (store.empty()) return std::unique_ptr<Past>();
  auto past = std::unique_ptr<Past>(new Past);
  auto bookmarks = Bookmarks::load(stateFolder() / "bookmarks.toml");
  if (!bookmarks) return base::Error{bookmarks.error()};
  past->bookmarks_ = std::move(*bookmarks);
  const auto pack = writing->pack;
  auto writer = history::HistoryWriter::create(*std::move(writing));
  if (!writer) return base::Error{writer.error()};
  past->writer_ = std::move(*writer);
  past->viewer_ = std::make_unique<history::HistoryView>(store, pack);
  base::logInfo("history is kept in " + history::shownName(store));
  return past;
}

/// From the past to live: one batch that makes the picture what live is.
model::ChangeBatch Past::leave(model::Mirror& shown) {
  model::ChangeBatch batch;
  batch.firstRevision = shown.revision();
  batch.revision = live_.revision();
  shown.forEach([&](model::EntityHandle handle, const model::Entity&) {
    if (!live_.find(handle)) batch.removed.push_back(handle);
  });
  live_.forEach([&](model::EntityHandle handle, const model::Entity& entity) { batch.rows.push_back({handle, entity, kEverything}); });
  shown = std::move(live_);
  live_ = {};
  showing_ = false;
  wanted_ = 0;
  return batch;
}

model::ChangeBatch Past::advance(model::Mirror& shown, model::ChangeBatch live, const ShowClock& clock, const feeds::FeedStats& feeds) {
  if (!clock.inPast()) return showing_ ? leave(shown) : live;
  if (!showing_) {
    live_ = shown;
    showing_ = true;
    std::vector<std::string> names;
    for (const feeds::SourceStats& source : feeds.sources) names.push_back(source.source.name);
    viewer_->setSources(std::move(names));
    viewer_->enter(shown);
    if (live.empty()) live.firstRevision = live.revision = shown.revision();  // no batch came in this frame
    // What live brought in this very frame is in the mirror, but not yet in the picture.
    wanted_ = 0;
  } else {
    live = {};
    live.firstRevision = live.revision = shown.revision();
  }
  if (clock.shown() != wanted_ || view_ != wantedView_) {
    wanted_ = clock.shown();
    wantedView_ = view_;
    viewer_->show(wanted_, view_);
  }
  while (auto step = viewer_->take()) {
    ENSURE(shown.apply(step->changes));
    if (step->events) shown.setEvents(std::move(*step->events));
    live.merge(std::move(step->changes));
  }
  return live;
}

void Past::addBookmark(std::string name, base::UtcNs time) {
  if (auto added = bookmarks_.add({std::move(name), time}); !added) base::logWarning(added.error());
}

void Past::removeBookmark(size_t index) {
  if (auto removed = bookmarks_.remove(index); !removed) base::logWarning(removed.error());
}

void Past::refresh(const model::Entity* selected, base::UtcNs shown, base::UtcNs wall, base::MonoNs mono) {
  history::OverviewRequest request{.span = rangeAround(shown, wall, range_)};
  if (selected) {
    request.entity = selected->info->id;
    for (const model::PropertyRow& row : selected->properties)
      if (std::holds_alternative<double>(row.value) && request.properties.size() < kMostCurves) request.properties.push_back(row.name);
  }
  const std::string key = request.entity + "/" + std::to_string(range_);
  if (mono < askDue_ && key == asked_) return;
  askDue_ = mono + kAskEvery;
  asked_ = key;
  viewer_->ask(std::move(request));
}

panels::PastInput Past::panelInput() const {
  panels::PastInput in;
  in.view = view_;
  in.rangeSeconds = range_;
  in.overview = viewer_->overview();
  in.bookmarks = bookmarks_.all();
  in.loading = showing_ && viewer_->busy();
  in.problem = viewer_->problem();
  in.status = writer_->status();
  return in;
}

std::vector<panels::PropertyHistory> Past::curves(const std::string& entity) const {
  std::vector<panels::PropertyHistory> all;
  const auto overview = viewer_->overview();
  if (!overview || overview->entity != entity) return all;
  for (const history::Overview::Curve& curve : overview->curves) {
    panels::PropertyHistory& history = all.emplace_back();
    history.property = curve.property;
    for (const history::SeriesPoint& point : curve.points) {
      if (showing_ && point.time > wanted_) break;  // lay ahead at that moment
      history.samples.emplace_back(point.time, point.low);
      if (point.high != point.low) history.samples.emplace_back(point.time, point.high);
    }
  }
  return all;
}

}  // namespace app
