// SPDX-License-Identifier: Apache-2.0
#include "twin/history/history_view.h"

#include <atomic>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "twin/history/state_reader.h"

namespace history {
namespace {

/// Up to here it is cheaper to go on than to begin at a keyframe.
constexpr int64_t kFarthestStep = 20 * base::kNsPerSecond;
/// A wish this near to the one on the way does not call it off, or a playing clock would never arrive.
constexpr int64_t kNear = 2 * base::kNsPerSecond;
constexpr int64_t kEventsBefore = 24 * 3600 * base::kNsPerSecond;
constexpr size_t kMostEvents = 500;
constexpr double kRetrySeconds = 2;

struct Wish {
  base::UtcNs time = 0;
  TimeView view = TimeView::AsKnown;
  uint64_t session = 0;
};

}  // namespace

struct HistoryView::Core {
  std::string where;
  std::shared_ptr<const Pack> pack;

  mutable std::mutex mutex;
  std::condition_variable wake;
  std::optional<Wish> wish;  // guarded by mutex, as all below
  std::optional<OverviewRequest> request;
  std::optional<Projector::Shown> entered;
  std::vector<std::string> sourceNames;
  uint64_t session = 0;
  std::deque<Step> steps;
  std::shared_ptr<const Overview> answer;
  std::string problem;
  double jumpSeconds = 0;
  bool working = false;
  std::atomic<bool> stopping{false};

  // Of the thread alone.
  std::unique_ptr<StateReader> reader;
  std::unique_ptr<Projector> projector;
  std::unique_ptr<State> state;
  Wish at;  // what `state` is
  std::thread thread;

  void loop();
  base::Status open();
  base::Status startSession();
  base::Status fulfil(const Wish& wanted);
  base::Result<Step> jump(const Wish& wanted);
  bool calledOff(const Wish& wanted) const;
  base::Status answerTo(const OverviewRequest& asked);
  void fail(const std::string& why);
};

HistoryView::HistoryView(std::string where, std::shared_ptr<const Pack> pack) : core_(std::make_unique<Core>()) {
  core_->where = std::move(where);
  core_->pack = std::move(pack);
  core_->thread = std::thread([core = core_.get()] { core->loop(); });
}

HistoryView::~HistoryView() {
  core_->stopping = true;
  core_->wake.notify_all();
  core_->thread.join();
}

void HistoryView::enter(const model::Mirror& shown) {
  Projector::Shown things = Projector::shownIn(shown);
  std::lock_guard lock(core_->mutex);
  core_->entered = std::move(things);
  core_->wish.reset();
  core_->steps.clear();
  ++core_->session;
}

void HistoryView::setSources(std::vector<std::string> names) {
  std::lock_guard lock(core_->mutex);
  core_->sourceNames = std::move(names);
}

void HistoryView::show(base::UtcNs time, TimeView view) {
  {
    std::lock_guard lock(core_->mutex);
    core_->wish = Wish{time, view, core_->session};
  }
  core_->wake.notify_one();
}

std::optional<HistoryView::Step> HistoryView::take() {
  std::lock_guard lock(core_->mutex);
  if (core_->steps.empty()) return std::nullopt;
  Step step = std::move(core_->steps.front());
  core_->steps.pop_front();
  return step;
}

void HistoryView::ask(OverviewRequest request) {
  {
    std::lock_guard lock(core_->mutex);
    core_->request = std::move(request);
  }
  core_->wake.notify_one();
}

std::shared_ptr<const Overview> HistoryView::overview() const {
  std::lock_guard lock(core_->mutex);
  return core_->answer;
}

bool HistoryView::busy() const {
  std::lock_guard lock(core_->mutex);
  return core_->wish.has_value() || core_->working;
}

double HistoryView::lastJumpSeconds() const {
  std::lock_guard lock(core_->mutex);
  return core_->jumpSeconds;
}

std::string HistoryView::problem() const {
  std::lock_guard lock(core_->mutex);
  return core_->problem;
}

void HistoryView::Core::fail(const std::string& why) {
  std::lock_guard lock(mutex);
  problem = why;
}

base::Status HistoryView::Core::open() {
  if (reader) return base::okStatus();
  auto store = openHistory(where, Access::Read);
  if (!store) return base::Error{store.error()};
  reader = std::make_unique<StateReader>(std::move(*store), *pack);
  projector = std::make_unique<Projector>(*pack, reader->names());
  return base::okStatus();
}

bool HistoryView::Core::calledOff(const Wish& wanted) const {
  if (stopping) return true;
  std::lock_guard lock(mutex);
  if (session != wanted.session) return true;
  return wish && (wish->view != wanted.view || std::abs(wish->time - wanted.time) > kNear);
}

base::Result<HistoryView::Step> HistoryView::Core::jump(const Wish& wanted) {
  const base::MonoNs begun = base::SystemClock::monoNow();
  auto found = reader->stateAt(wanted.time, wanted.view, [&] { return calledOff(wanted); });
  if (!found) return base::Error{found.error()};
  Step step;
  if (!*found) return step;  // called off: time stays 0
  state = std::move(*found);
  state->track();
  step.changes = projector->jump(*state);
  step.time = wanted.time;
  step.jumped = true;
  auto past = reader->store().events({wanted.time - kEventsBefore, wanted.time}, kMostEvents, 0);
  if (!past) return base::Error{past.error()};
  step.events.emplace();
  for (auto it = past->rbegin(); it != past->rend(); ++it)
    step.events->push_back({.what = std::move(it->what), .received = it->received, .source = model::kNoSource});
  std::lock_guard lock(mutex);
  jumpSeconds = static_cast<double>(base::SystemClock::monoNow() - begun) * 1e-9;
  return step;
}

/// After enter(): what is shown and who the sources are.
base::Status HistoryView::Core::startSession() {
  {
    std::lock_guard lock(mutex);
    if (!entered) return base::okStatus();
  }
  const auto sources = reader->store().sources();
  if (!sources) return base::Error{sources.error()};
  std::lock_guard lock(mutex);
  projector->startFrom(*std::exchange(entered, std::nullopt));
  state.reset();
  std::vector<model::SourceId> byNumber;
  for (const SourceRow& row : *sources) {
    byNumber.resize(std::max<size_t>(byNumber.size(), row.id + size_t{1}), model::kNoSource);
    for (size_t i = 0; i < sourceNames.size(); ++i)
      if (sourceNames[i] == row.source.name) byNumber[row.id] = static_cast<model::SourceId>(i);
  }
  projector->setSources(std::move(byNumber));
  return base::okStatus();
}

base::Status HistoryView::Core::fulfil(const Wish& wanted) {
  if (auto begun = startSession(); !begun) return begun;
  bool onward = state && wanted.view == at.view && wanted.time >= at.time && wanted.time - at.time <= kFarthestStep;
  if (onward && wanted.time == at.time) return base::okStatus();
  if (onward) {
    const auto begins = reader->store().runBegins({at.time, wanted.time});
    if (!begins) return base::Error{begins.error()};
    onward = !*begins;
  }
  Step step;
  if (onward) {
    const auto done = reader->advance(*state, at.time, wanted.time, wanted.view, [&] { return calledOff(wanted); });
    if (!done || !*done) state.reset();  // it is of no time now; the next wish jumps
    if (!done) return base::Error{done.error()};
    if (!*done) return base::okStatus();
    step.changes = projector->step(*state);
    step.time = wanted.time;
  } else {
    auto jumped = jump(wanted);
    if (!jumped) return base::Error{jumped.error()};
    if (jumped->time == 0) return base::okStatus();
    step = std::move(*jumped);
  }
  at = wanted;
  std::lock_guard lock(mutex);
  if (session == wanted.session) steps.push_back(std::move(step));
  return base::okStatus();
}

base::Status HistoryView::Core::answerTo(const OverviewRequest& asked) {
  auto result = std::make_shared<Overview>();
  result->asked = asked.span;
  result->entity = asked.entity;
  History& store = reader->store();
  const auto recorded = store.span();
  if (!recorded) return base::Error{recorded.error()};
  result->recorded = *recorded;
  auto gaps = store.gaps(asked.span);
  if (!gaps) return base::Error{gaps.error()};
  result->gaps = std::move(*gaps);
  for (int severity = 0; severity <= 3; ++severity) {
    auto events = store.events(asked.span, kMostEvents, severity);
    if (!events) return base::Error{events.error()};
    result->events = std::move(*events);
    if (result->events.size() < kMostEvents) break;
  }
  if (!asked.entity.empty())
    for (const std::string& property : asked.properties) {
      auto curve = store.series(asked.entity, property, asked.span, asked.points);
      if (!curve) return base::Error{curve.error()};
      if (!curve->empty()) result->curves.push_back({property, std::move(*curve)});
    }
  std::lock_guard lock(mutex);
  answer = std::move(result);
  return base::okStatus();
}

void HistoryView::Core::loop() {
  while (!stopping) {
    std::optional<Wish> wanted;
    std::optional<OverviewRequest> asked;
    {
      std::unique_lock lock(mutex);
      working = false;
      wake.wait(lock, [&] { return stopping || wish || request; });
      if (stopping) return;
      wanted = std::exchange(wish, std::nullopt);
      if (!wanted) asked = std::exchange(request, std::nullopt);
      working = wanted.has_value();
    }
    base::Status done = open();
    if (done && wanted) done = fulfil(*wanted);
    if (done && asked) done = answerTo(*asked);
    if (done) {
      fail("");
      continue;
    }
    fail(done.error());
    std::unique_lock lock(mutex);
    wake.wait_for(lock, std::chrono::duration<double>(kRetrySeconds), [&] { return stopping.load(); });
  }
}

}  // namespace history
