// SPDX-License-Identifier: Apache-2.0
//
// One cycle: what time is it, what has come in (each reading at its own time, whole seconds between),
// what did the operators ask, write it down, show it.
#include "twin/alarms/engine.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "engine/base/ensure.h"
#include "engine/base/log.h"
#include "twin/alarms/alarm_book.h"
#include "twin/alarms/audit_log.h"
#include "twin/alarms/feed_watch.h"
#include "twin/alarms/intake.h"

namespace alarms {
namespace {

constexpr int64_t kTick = base::kNsPerSecond;
/// Messages that were received have reached the engine after so long (decoding, sequencing).
constexpr auto kSettle = std::chrono::milliseconds(200);
/// A longer silence of the clock is a jump, not time that passed.
constexpr int64_t kLongestStep = 600 * base::kNsPerSecond;
constexpr int64_t kBackstep = 2 * base::kNsPerSecond;
constexpr size_t kAnswersKept = 64;

}  // namespace

struct Engine::State {
  explicit State(EngineOptions o) : options(std::move(o)), intake(*options.rules), book(options.rules), feeds(*options.rules) {
    for (const Rule& rule : options.rules->rules) evaluators.push_back(makeEvaluator(rule, options.context));
  }

  EngineOptions options;
  Intake intake;

  // Touched by the engine's thread only (inline: by the caller's).
  std::vector<std::unique_ptr<Evaluator>> evaluators;  // by rule; null: feeds' and store's
  AlarmBook book;
  FeedWatch feeds;
  std::unique_ptr<AuditLog> log;
  std::string storeProblem;
  bool wantsStore = false;
  base::UtcNs clock = 0;     // judged up to here
  base::UtcNs nextTick = 0;
  uint32_t epoch = 0;
  std::map<model::SourceId, std::string> sourceNames;
  std::unordered_map<std::string, model::SourceId> sourceOf;  // thing -> last source, of things with rules
  std::map<std::string, std::map<std::string, std::string>> groupsOf;  // attribute -> thing -> group
  std::set<std::string> groupAttributes;
  uint64_t missed = 0;
  uint64_t shownRevision = UINT64_MAX;
  base::UtcNs shownAt = 0;
  std::vector<DeskAnswer> answers;

  std::mutex mutex;  // of what follows
  std::condition_variable wake;
  std::vector<std::pair<uint64_t, DeskRequest>> requests;
  std::optional<feeds::FeedStats> feedStats;
  std::optional<StoreHealth> storeHealth;
  uint64_t nextRequest = 1;
  bool stopping = false;
  std::thread thread;

  mutable std::mutex viewMutex;
  std::shared_ptr<const DeskView> view;

  void openStore();
  void cycle(EngineTime now, base::UtcNs settled);
  void jump(base::UtcNs to);
  void begin(base::UtcNs now);
  void stepTo(base::UtcNs time);
  void tick(base::UtcNs now);
  void take(const Reading& reading);
  void hand(size_t rule, Findings& findings);
  std::string explained(int rule, const Alarm& alarm) const;
  bool explains(int rule, const std::string& subject, const Alarm& alarm) const;
  bool flush();
  void answer(uint64_t id, std::string why);
  void carryOut(std::vector<std::pair<uint64_t, DeskRequest>> asked);
  void publish(bool always);
  void loop();
};

void Engine::State::openStore() {
  wantsStore = !options.stateFolder.empty();
  if (!wantsStore) return;
  std::error_code failed;
  std::filesystem::create_directories(options.stateFolder, failed);
  if (failed) {
    storeProblem = options.stateFolder.string() + ": cannot be made (" + failed.message() + "): choose another with --state-dir";
    return;
  }
  JournalReplay replay;
  auto opened = AuditLog::open(options.stateFolder / kAuditFile, [&](std::string_view json) { replay.add(json); });
  if (!opened) {
    storeProblem = opened.error();
    base::logError("alarms: " + storeProblem);
    return;
  }
  for (const std::string& warning : opened.warnings) base::logWarning("alarms: " + warning);
  if (replay.unreadable > 0) base::logWarning("alarms: " + std::to_string(replay.unreadable) + " lines of the audit log are of another version and were passed over");
  log = std::move(*opened);
  const base::UtcNs now = options.now ? options.now().utc : replay.newest;
  book.restore(std::move(replay), now);
  for (size_t rule = 0; rule < evaluators.size(); ++rule)
    for (const std::string& subject : book.standing(static_cast<int>(rule))) {
      if (evaluators[rule]) evaluators[rule]->adopt(subject, now);
      else feeds.adopt(rule, subject);
    }
  flush();
}

void Engine::State::begin(base::UtcNs now) {
  clock = now;
  nextTick = now - now % kTick + kTick;
  feeds.begin(now);
}

/// The time was set. Live: what was running goes on as if nothing had happened. Replay: another time, so
/// another story.
void Engine::State::jump(base::UtcNs to) {
  if (options.restartOnJump) {
    book.clear();
    for (size_t i = 0; i < evaluators.size(); ++i) evaluators[i] = makeEvaluator(options.rules->rules[i], options.context);
    feeds = FeedWatch(*options.rules);
  } else {
    const int64_t by = to - clock;
    book.shift(by);
    feeds.shift(by);
    for (const auto& evaluator : evaluators)
      if (evaluator) evaluator->shift(by);
  }
  begin(to);
}

void Engine::State::stepTo(base::UtcNs time) {
  if (time > clock + kLongestStep) return jump(time);
  while (nextTick <= time) {
    clock = nextTick;
    nextTick += kTick;
    tick(clock);
  }
  clock = std::max(clock, time);
}

void Engine::State::hand(size_t rule, Findings& findings) {
  for (const Finding& finding : findings) book.find(static_cast<int>(rule), finding, clock);
  findings.clear();
}

void Engine::State::take(const Reading& reading) {
  if (reading.thing) {
    if (reading.source != model::kNoSource) sourceOf[reading.thing->id] = reading.source;
    if (reading.what == ReadingKind::Departed) sourceOf.erase(reading.thing->id);
    if (reading.what == ReadingKind::Described)
      for (const auto& [name, value] : reading.attributes)
        if (const std::string* group = std::get_if<std::string>(&value); group && groupAttributes.contains(name)) groupsOf[name][reading.thing->id] = *group;
  }
  Findings findings;
  for (size_t rule = 0; rule < evaluators.size(); ++rule) {
    if (!evaluators[rule]) continue;
    evaluators[rule]->take(reading, clock, findings);
    hand(rule, findings);
  }
}

void Engine::State::tick(base::UtcNs now) {
  Findings findings;
  for (size_t rule = 0; rule < evaluators.size(); ++rule) {
    if (evaluators[rule]) evaluators[rule]->tick(now, findings);
    else feeds.tick(rule, now, findings);
    hand(rule, findings);
  }
  book.tick(now, [this](int rule, const Alarm& alarm) { return explained(rule, alarm); });
}

/// Whether a standing alarm of another rule is the reason for this one: the same thing, the gateway it is
/// behind, or the source that brought its data.
bool Engine::State::explains(int rule, const std::string& subject, const Alarm& alarm) const {
  const Rule& other = options.rules->rules[static_cast<size_t>(rule)];
  if (other.kind == RuleKind::FeedGone) {
    const auto source = sourceOf.find(alarm.subject);
    const auto name = source == sourceOf.end() ? sourceNames.end() : sourceNames.find(source->second);
    return name != sourceNames.end() && name->second == subject;
  }
  if (other.kind == RuleKind::GroupSilent) {
    const auto groups = groupsOf.find(other.groupBy);
    if (groups == groupsOf.end()) return false;
    const auto group = groups->second.find(alarm.subject);
    return group != groups->second.end() && group->second == subject;
  }
  return subject == alarm.subject;
}

std::string Engine::State::explained(int rule, const Alarm& alarm) const {
  for (const std::string& id : options.rules->rules[static_cast<size_t>(rule)].suppressedBy) {
    const int other = options.rules->find(id);
    for (const std::string& subject : book.standing(other))
      if (explains(other, subject, alarm)) return id + ":" + subject;
  }
  return {};
}

/// Everything that happened is on the disk afterwards; false and a reason when it is not.
bool Engine::State::flush() {
  if (!wantsStore) {
    book.forgetPending();
    return true;
  }
  if (!log) return false;
  if (book.pending().empty()) return true;
  std::vector<std::string> lines;
  for (const JournalEntry& entry : book.pending()) lines.push_back(toJson(entry));
  const auto written = log->append(lines);
  if (!written) {
    if (storeProblem.empty()) base::logError("alarms: " + written.error());
    storeProblem = written.error();
    return false;
  }
  storeProblem.clear();
  book.forgetPending();
  return true;
}

void Engine::State::answer(uint64_t id, std::string why) {
  answers.push_back({.request = id, .done = why.empty(), .text = std::move(why)});
  if (answers.size() > kAnswersKept) answers.erase(answers.begin());
}

void Engine::State::carryOut(std::vector<std::pair<uint64_t, DeskRequest>> asked) {
  for (auto& [id, request] : asked) {
    if (!flush()) {
      answer(id, storeProblem);
      continue;
    }
    std::string why = book.carryOut(request, clock);
    if (why.empty() && !flush()) {
      book.takeBack();
      why = storeProblem;
    }
    answer(id, std::move(why));
  }
}

void Engine::State::publish(bool always) {
  if (!always && book.revision() == shownRevision && clock - shownAt < base::kNsPerSecond && clock >= shownAt) return;
  auto next = std::make_shared<DeskView>();
  next->revision = book.revision();
  next->now = clock;
  next->rules = options.rules;
  book.show(*next, clock);
  next->answers = answers;
  next->stored = log != nullptr && storeProblem.empty();
  next->storeProblem = storeProblem;
  next->missedReadings = missed;
  shownRevision = book.revision();
  shownAt = clock;
  std::lock_guard lock(viewMutex);
  view = std::move(next);
}

void Engine::State::cycle(EngineTime now, base::UtcNs settled) {
  std::vector<std::pair<uint64_t, DeskRequest>> asked;
  {
    std::lock_guard lock(mutex);
    asked.swap(requests);
    if (feedStats) feeds.report(*feedStats);
    if (storeHealth) feeds.reportStore(*storeHealth);
    feedStats.reset();
    storeHealth.reset();
  }
  const bool first = clock == 0;
  if (first) {
    begin(settled);
    epoch = now.epoch;
  } else if (now.epoch != epoch || settled < clock - kBackstep) {
    epoch = now.epoch;
    jump(settled);
  }
  Intake::Batch batch = intake.take();
  missed = batch.missed;
  for (const auto& [id, seen] : batch.sources) {
    sourceNames[id] = seen.name;
    feeds.heard(seen.name, seen.expectedPeriod, seen.received);
  }
  for (const Reading& reading : batch.readings) {
    stepTo(std::min(reading.received, now.utc));
    take(reading);
  }
  // What was so long before the first moment need not wait for the next second.
  if (first) tick(clock);
  stepTo(settled);
  const bool some = !asked.empty();
  carryOut(std::move(asked));
  flush();
  publish(some);
}

void Engine::State::loop() {
  // A moment counts as over once everything received before it has had the time to arrive here.
  EngineTime before = options.now();
  for (;;) {
    bool asked = false;
    {
      std::unique_lock lock(mutex);
      wake.wait_for(lock, kSettle, [this] { return stopping || !requests.empty(); });
      if (stopping) return;
      asked = !requests.empty();
    }
    const EngineTime now = options.now();
    if (now.epoch != before.epoch) before = now;
    cycle(now, clock != 0 && asked ? std::max(clock, before.utc) : before.utc);
    if (!asked) before = now;
  }
}

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}

std::unique_ptr<Engine> Engine::create(EngineOptions options) {
  ENSURE(options.rules != nullptr && (options.runInline || options.now));
  auto state = std::make_unique<State>(std::move(options));
  for (const Rule& rule : state->options.rules->rules)
    if (!rule.groupBy.empty()) state->groupAttributes.insert(rule.groupBy);
  state->openStore();
  state->publish(true);
  return std::unique_ptr<Engine>(new Engine(std::move(state)));
}

Engine::~Engine() { stop(); }

void Engine::define(const std::vector<model::EntityInfo>& entities) {
  for (const model::EntityInfo& info : entities) state_->intake.define(info);
}

void Engine::onApplied(const feeds::AppliedMessage& message, const feeds::Source& source) { state_->intake.put(message, source); }

void Engine::reportFeeds(const feeds::FeedStats& stats) {
  std::lock_guard lock(state_->mutex);
  state_->feedStats = stats;
}

void Engine::reportStore(StoreHealth health) {
  std::lock_guard lock(state_->mutex);
  state_->storeHealth = std::move(health);
}

void Engine::start() {
  if (!state_->options.runInline && !state_->thread.joinable()) state_->thread = std::thread([this] { state_->loop(); });
}

void Engine::stop() {
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->wake.notify_all();
  if (state_->thread.joinable()) state_->thread.join();
}

void Engine::advance(base::UtcNs now) {
  ENSURE(state_->options.runInline);
  state_->cycle({.utc = now, .epoch = state_->epoch}, now);
}

uint64_t Engine::request(DeskRequest request) {
  std::lock_guard lock(state_->mutex);
  state_->requests.emplace_back(state_->nextRequest, std::move(request));
  state_->wake.notify_all();
  return state_->nextRequest++;
}

std::shared_ptr<const DeskView> Engine::view() const {
  std::lock_guard lock(state_->viewMutex);
  return state_->view;
}

}  // namespace alarms
