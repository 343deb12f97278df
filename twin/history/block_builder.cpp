// SPDX-License-Identifier: Apache-2.0
#include "twin/history/block_builder.h"

#include <algorithm>
#include <tuple>

namespace history {
namespace {

/// A break shorter than this is no gap: feeds report every second or slower.
constexpr int64_t kShortBreak = 5 * base::kNsPerSecond;
/// A keyframe after so much journal: reading a state costs at most this much more than its keyframe.
constexpr size_t kJournalPerKeyframe = 3;
constexpr int64_t kMostBetween = 300 * base::kNsPerSecond;
/// Received times that go back by more than sources differ in their queues: the machine's clock was set.
constexpr int64_t kSetBack = 60 * base::kNsPerSecond;
constexpr uint16_t kLastSource = UINT16_MAX - 1;

}  // namespace

base::Status BlockBuilder::begin(History& store, base::UtcNs now) {
  const auto tail = store.tail();
  if (!tail) return base::Error{tail.error()};
  auto names = store.namesAfter(0);
  if (!names) return base::Error{names.error()};
  auto sources = store.sources();
  if (!sources) return base::Error{sources.error()};
  names_ = {};
  for (NameRow& row : *names) names_.put(std::move(row));
  sources_.clear();
  for (const SourceRow& row : *sources) sources_[row.source.name] = row.id;
  seq_ = tail->seq;
  nextSample_ = tail->sampleId + 1;
  lastReceived_ = tail->rx > now + kSetBack ? now : std::max(tail->rx, now);
  state_ = std::make_unique<State>(pack_, names_, TimeView::AsKnown);
  startBlock();
  if (seq_ > 0 && now - tail->rx > kShortBreak) addGap({tail->rx, now, 0, "not running"});
  addKeyframe(true, lastReceived_);
  return base::okStatus();
}

void BlockBuilder::startBlock() {
  block_ = {};
  block_.journal.firstSeq = seq_ + 1;
  block_.journal.clear();
  block_.journal.sampleFirst = nextSample_;
  journal_ = {};
}

uint16_t BlockBuilder::numberOf(const feeds::Source& source) {
  const auto known = sources_.find(source.name);
  if (known != sources_.end()) return known->second;
  const auto id = static_cast<uint16_t>(std::min<size_t>(sources_.size(), kLastSource));
  sources_.emplace(source.name, id);
  block_.sources.push_back({id, source});
  return id;
}

void BlockBuilder::add(const SeenMessage& message, const feeds::Source& source) {
  ++seq_;
  if (message.received < lastReceived_ - kSetBack) {
    // A keyframe of that moment would not be found before the clock has caught up with it.
    lastReceived_ = message.received;
    keyframeAt_ = INT64_MIN / 2;
  }
  MessageRecord header{.received = message.received, .source = numberOf(source)};
  if (!message.news.empty()) addAll(header, message.news);
  header.late = true;
  if (!message.late.empty()) addAll(header, message.late);
  lastReceived_ = std::max(lastReceived_, message.received);
}

/// In the order in which model::EntityStore takes them.
void BlockBuilder::addAll(const MessageRecord& message, const model::Observations& seen) {
  journal_.add(message);
  // A message mostly speaks of one thing.
  std::string_view lastEntity, lastKind;
  NameId lastEntityId = 0, lastKindId = 0;
  const auto entityOf = [&](const std::string& id) { return id == lastEntity ? lastEntityId : (lastEntity = id, lastEntityId = names_.obtain(id)); };
  const auto kindOf = [&](const std::string& kind) { return kind == lastKind ? lastKindId : (lastKind = kind, lastKindId = names_.obtain(kind)); };
  const bool applied = state_->on(message);
  const auto row = [&](const auto& record, base::UtcNs event) {
    addRow(message, record, event);
    if (applied) state_->on(record);
  };
  for (const model::DescriptionObservation& d : seen.descriptions) {
    DescriptionRecord record{entityOf(d.entity), kindOf(d.kind), d};
    row(record, d.eventTime);
  }
  for (const model::PropertyObservation& p : seen.properties) {
    const ValueRecord record{entityOf(p.entity), kindOf(p.kind), names_.obtain(p.property), names_.obtain(p.unit),
                             p.value, p.eventTime, p.provenance, p.bad};
    row(record, p.eventTime);
    addSample(message, record);
  }
  for (const model::PoseObservation& p : seen.poses)
    row(PoseRecord{entityOf(p.entity), kindOf(p.kind), p.position, p.heading, p.pitch, p.speed, p.eventTime,
                   p.provenance, p.hasElevation}, p.eventTime);
  for (const model::EventObservation& e : seen.events) {
    const EventRecord record{entityOf(e.entity), e};
    row(record, e.eventTime);
    block_.events.push_back({seq_, record.entity, {e, message.received, message.source}});
  }
  for (const model::Departure& d : seen.departures) row(DepartureRecord{names_.obtain(d.entity), d.eventTime}, d.eventTime);
}

template <typename R>
void BlockBuilder::addRow(const MessageRecord& message, const R& record, base::UtcNs event) {
  journal_.add(record);
  block_.journal.seq = seq_;
  block_.journal.count(message.received, event, message.late);
}

void BlockBuilder::addSample(const MessageRecord& message, const ValueRecord& value) {
  uint8_t flags = static_cast<uint8_t>(static_cast<uint8_t>(value.provenance) << kSampleProvenanceShift);
  if (value.bad) flags |= kSampleBad;
  if (message.late) flags |= kSampleLate;
  if (std::holds_alternative<bool>(value.value)) flags |= kSampleTruth;
  block_.samples.push_back({value.entity, value.property, value.unit, value.event, message.received, value.value, message.source, flags});
  ++nextSample_;
}

void BlockBuilder::addKeyframe(bool begins, base::UtcNs rx) {
  block_.keyframe = Keyframe{.seq = seq_, .rx = rx, .begins = begins, .data = state_->pack()};
  keyframeBytes_ = state_->packedRawBytes();
  rawSinceKeyframe_ = 0;
  keyframeAt_ = rx;
}

Block BlockBuilder::take() {
  block_.names = names_.takeFresh();
  // In the order of the index over them: neighbours then go into the same page.
  std::stable_sort(block_.samples.begin(), block_.samples.end(), [](const SampleRow& a, const SampleRow& b) {
    return std::tie(a.entity, a.property, a.event) < std::tie(b.entity, b.property, b.event);
  });
  if (block_.journal.rows > 0) {
    rawSinceKeyframe_ += journal_.rawBytes();
    block_.journal.data = journal_.finish();
    const bool much = rawSinceKeyframe_ > std::max(leastBetween_, kJournalPerKeyframe * keyframeBytes_);
    if (!block_.keyframe && (much || lastReceived_ - keyframeAt_ > kMostBetween)) addKeyframe(false, lastReceived_);
  }
  Block taken = std::move(block_);
  startBlock();
  return taken;
}

}  // namespace history
