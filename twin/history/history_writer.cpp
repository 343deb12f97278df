// SPDX-License-Identifier: Apache-2.0
//
// One thread: open (again), take what waits, make a block, append it until it is durable, look after retention.
#include "twin/history/history_writer.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "engine/base/log.h"
#include "twin/history/block_builder.h"

namespace history {
namespace {

constexpr double kThinBudget = 0.2;  // seconds of retention work between two batches
constexpr int64_t kSet = 60 * base::kNsPerSecond;  // more than a time service slews: the clock was set

size_t weightOf(const model::Observations& seen) {
  return seen.properties.size() * sizeof(model::PropertyObservation) + seen.poses.size() * sizeof(model::PoseObservation) +
         seen.departures.size() * sizeof(model::Departure) + (seen.events.size() + seen.descriptions.size()) * 512;
}

HistoryStatus::State stateOf(Trouble trouble) {
  switch (trouble) {
    case Trouble::None: return HistoryStatus::State::Writing;
    case Trouble::DiskFull: return HistoryStatus::State::DiskFull;
    case Trouble::Unreachable: return HistoryStatus::State::Unreachable;
    case Trouble::Elsewhere: return HistoryStatus::State::Elsewhere;
    case Trouble::Other: break;
  }
  return HistoryStatus::State::Failed;
}

const char* reasonOf(HistoryStatus::State state) {
  switch (state) {
    case HistoryStatus::State::DiskFull: return "disk full";
    case HistoryStatus::State::Unreachable: return "unreachable";
    case HistoryStatus::State::Elsewhere:
    case HistoryStatus::State::Failed: return "store failed";
    default: return "overload";
  }
}

struct Item {
  SeenMessage message;
  size_t source = 0;  ///< index into Core::sources
  size_t weight = 0;  ///< bytes in the queue
};

}  // namespace

struct HistoryWriter::Core {
  explicit Core(WriterOptions given) : options(std::move(given)), pack(options.pack ? options.pack : std::make_shared<const Pack>()), builder(*pack, options.keyframeBytes) {}

  base::UtcNs now() const { return options.utcNow ? options.utcNow() : base::SystemClock::utcNow(); }
  void push(SeenMessage message, const feeds::Source& source);
  size_t indexOf(model::SourceId id, const feeds::Source& source);
  void loop();
  bool open();
  std::vector<Item> take();
  bool write(std::vector<Item> items);
  bool store(const Block& block);
  void care();
  void report(HistoryStatus::State state, const std::string& problem);
  bool waitToRetry();
  bool clockIsSteady();
  const feeds::Source& sourceAt(size_t index) const {
    std::lock_guard lock(mutex);
    return sources[index];  // never moves
  }

  WriterOptions options;
  std::shared_ptr<const Pack> pack;

  mutable std::mutex mutex;
  std::condition_variable wake, settled;
  std::vector<Item> queue;          // guarded by mutex, as all below
  std::deque<feeds::Source> sources;
  std::vector<size_t> indexOfId;    // by SourceId
  size_t queuedBytes = 0, takenBytes = 0;
  uint64_t accepted = 0, kept = 0;  // messages
  std::optional<Gap> loss;         // not yet written
  HistoryStatus status;
  bool stopping = false;

  // Of the thread alone.
  std::unique_ptr<History> history;
  BlockBuilder builder;
  base::MonoNs careDue = 0;
  int64_t clockOffset = 0;  // of UTC to the steady clock
  base::MonoNs steadySince = 0;
  std::thread thread;
};

/// The mutex is held.
size_t HistoryWriter::Core::indexOf(model::SourceId id, const feeds::Source& source) {
  if (id != model::kNoSource && id < indexOfId.size() && indexOfId[id] != SIZE_MAX) return indexOfId[id];
  size_t index = 0;
  while (index < sources.size() && sources[index].name != source.name) ++index;
  if (index == sources.size()) sources.push_back(source);
  if (id == model::kNoSource) return index;
  if (id >= indexOfId.size()) indexOfId.resize(id + size_t{1}, SIZE_MAX);
  return indexOfId[id] = index;
}

void HistoryWriter::Core::push(SeenMessage message, const feeds::Source& source) {
  Item item{std::move(message)};
  const size_t weight = sizeof(Item) + weightOf(item.message.news) + weightOf(item.message.late);
  const size_t rows = item.message.news.count() + item.message.late.count();
  const bool precious = !item.message.news.events.empty() || !item.message.late.events.empty();
  bool full = false;
  {
    std::lock_guard lock(mutex);
    if (queuedBytes + takenBytes + weight > options.queueBytes * (precious ? 2 : 1)) {
      const base::UtcNs at = item.message.received;
      if (!loss) loss = Gap{at, at, 0, reasonOf(status.state)};
      loss->first = std::min(loss->first, at);
      loss->last = std::max(loss->last, at);
      loss->rows += rows;
      status.lostRows += rows;
      return;
    }
    item.source = indexOf(item.message.source, source);
    item.weight = weight;
    queue.push_back(std::move(item));
    queuedBytes += weight;
    ++accepted;
    full = queue.size() >= options.batchRows;
  }
  if (full) wake.notify_one();
}

void HistoryWriter::Core::report(HistoryStatus::State state, const std::string& problem) {
  const base::UtcNs at = now();
  std::lock_guard lock(mutex);
  status.problem = problem;
  if (status.state == state) return;
  if (state == HistoryStatus::State::Writing && status.state != HistoryStatus::State::Off) base::logInfo("history is written again");
  if (state != HistoryStatus::State::Writing) base::logWarning(problem);
  status.state = state;
  status.since = at;
}

/// False when the writer is to end.
bool HistoryWriter::Core::waitToRetry() {
  std::unique_lock lock(mutex);
  wake.wait_for(lock, std::chrono::duration<double>(options.retrySeconds), [&] { return stopping; });
  return !stopping;
}

bool HistoryWriter::Core::open() {
  auto opened = openHistory(options.where, Access::Write);
  base::Status begun = base::okStatus();
  if (opened) {
    history = std::move(*opened);
    begun = builder.begin(*history, now());
    if (begun) begun = store(builder.take()) ? base::okStatus() : base::Status(base::Error{status.problem});
    if (begun) return true;
    report(stateOf(history->trouble()), begun.error());
    history.reset();
    return false;
  }
  const bool elsewhere = opened.error().find("another program") != std::string::npos;
  report(elsewhere ? HistoryStatus::State::Elsewhere : HistoryStatus::State::Failed, opened.error());
  return false;
}

bool HistoryWriter::Core::store(const Block& block) {
  const auto done = history->append(block);
  if (!done) {
    report(stateOf(history->trouble()), done.error());
    return false;
  }
  report(HistoryStatus::State::Writing, "");
  uint64_t durable = 0, rows = 0;
  {
    std::lock_guard lock(mutex);
    rows = status.rows += block.journal.rows;
    if (block.journal.rows > 0) {
      status.durable = block.journal.seq;
      status.durableUntil = std::max(status.durableUntil, block.journal.rxLast);
    }
    durable = status.durable;
  }
  if (options.onDurable && block.journal.rows > 0) options.onDurable(durable, rows);
  return true;
}

std::vector<Item> HistoryWriter::Core::take() {
  std::unique_lock lock(mutex);
  wake.wait_for(lock, std::chrono::duration<double>(options.batchSeconds), [&] { return stopping || queue.size() >= options.batchRows; });
  takenBytes = std::exchange(queuedBytes, 0);
  return std::exchange(queue, {});
}

/// Appends until it is durable. False: the writer is to end and the store is in trouble.
bool HistoryWriter::Core::write(std::vector<Item> items) {
  size_t at = 0;
  do {
    std::optional<Gap> gap;
    {
      std::lock_guard lock(mutex);
      gap = std::exchange(loss, std::nullopt);
    }
    if (gap) builder.addGap(std::move(*gap));
    size_t messages = 0, bytes = 0;
    for (; at < items.size() && builder.rows() < options.batchRows; ++at, ++messages) {
      builder.add(items[at].message, sourceAt(items[at].source));
      bytes += items[at].weight;
    }
    const Block block = builder.take();
    if (block.journal.rows == 0 && block.gaps.empty() && !block.keyframe && messages == 0) break;
    while (!store(block))
      if (!waitToRetry()) return false;
    {
      std::lock_guard lock(mutex);
      kept += messages;
      takenBytes -= bytes;
    }
    settled.notify_all();
  } while (at < items.size());
  return true;
}

/// By a clock that is years ahead for a minute all would be old. It may be wrong at the start, too.
bool HistoryWriter::Core::clockIsSteady() {
  const base::MonoNs mono = base::SystemClock::monoNow();
  const int64_t offset = now() - mono;
  if (steadySince == 0 || std::abs(offset - clockOffset) > kSet) steadySince = mono;
  clockOffset = offset;
  return static_cast<double>(mono - steadySince) >= options.steadySeconds * 1e9;
}

/// Disk use and retention, a little at a time.
void HistoryWriter::Core::care() {
  const base::MonoNs begun = base::SystemClock::monoNow();
  if (begun < careDue) return;
  bool more = false;
  const bool steady = clockIsSteady();
  const std::vector<ThinningStep> steps = steady ? options.retention.steps(now()) : std::vector<ThinningStep>();
  for (const ThinningStep& step : steps) {
    do {
      const auto thinned = history->thin(step);
      if (!thinned) base::logWarning("history: thinning: " + thinned.error());
      more = thinned && thinned->more;
    } while (more && static_cast<double>(base::SystemClock::monoNow() - begun) < kThinBudget * 1e9);
    if (more) break;
  }
  if (more) return;  // goes on after the next batch
  if (steady)
    if (auto dropped = history->dropEvents(options.retention.eventsBefore(now())); !dropped) base::logWarning("history: " + dropped.error());
  if (const auto bytes = history->diskBytes()) {
    std::lock_guard lock(mutex);
    status.diskBytes = *bytes;
  }
  careDue = base::SystemClock::monoNow() + static_cast<int64_t>(options.careSeconds * 1e9);
}

void HistoryWriter::Core::loop() {
  while (!open())
    if (!waitToRetry()) return;
  for (;;) {
    std::vector<Item> items = take();
    if (!write(std::move(items))) return;
    {
      std::lock_guard lock(mutex);
      if (stopping && queue.empty()) return;
      if (stopping) continue;
    }
    care();
  }
}

HistoryWriter::HistoryWriter(std::unique_ptr<Core> core) : core_(std::move(core)) {}
HistoryWriter::~HistoryWriter() { stop(); }

base::Result<std::unique_ptr<HistoryWriter>> HistoryWriter::create(WriterOptions options) {
  if (auto fit = checkWhere(options.where); !fit) return base::Error{fit.error()};
  auto core = std::make_unique<Core>(std::move(options));
  core->status.store = shownName(core->options.where);
  Core* const running = core.get();
  auto writer = std::unique_ptr<HistoryWriter>(new HistoryWriter(std::move(core)));
  running->thread = std::thread([running] { running->loop(); });
  return writer;
}

void HistoryWriter::onApplied(const feeds::AppliedMessage& message, const feeds::Source& source) {
  core_->push({message.news, message.late, message.source, message.received}, source);
}

bool HistoryWriter::behind() const {
  std::lock_guard lock(core_->mutex);
  const size_t waiting = core_->queuedBytes + core_->takenBytes;
  const size_t room = core_->options.queueBytes;
  // Nearly full although feeds were held back: the store hangs. Live does not wait for it.
  return core_->status.state == HistoryStatus::State::Writing && waiting > room / 2 && waiting < room - room / 8;
}

void HistoryWriter::add(model::Observations seen, const feeds::Source& source, base::UtcNs received) {
  core_->push({std::move(seen), {}, model::kNoSource, received}, source);
}

bool HistoryWriter::flush(double timeoutSeconds) {
  std::unique_lock lock(core_->mutex);
  const uint64_t wanted = core_->accepted;
  return core_->settled.wait_for(lock, std::chrono::duration<double>(timeoutSeconds), [&] { return core_->kept >= wanted; });
}

void HistoryWriter::stop() {
  {
    std::lock_guard lock(core_->mutex);
    core_->stopping = true;
  }
  core_->wake.notify_all();
  if (core_->thread.joinable()) core_->thread.join();
}

HistoryStatus HistoryWriter::status() const {
  std::lock_guard lock(core_->mutex);
  HistoryStatus status = core_->status;
  status.waitingBytes = core_->queuedBytes + core_->takenBytes;
  return status;
}

}  // namespace history
