// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/feed_watch.h"

#include <algorithm>

namespace alarms {
namespace {

/// However fast a source is, this is not yet silence.
constexpr double kLeastSilence = 10;

}  // namespace

void FeedWatch::heard(const std::string& name, double expectedPeriod, base::UtcNs received) {
  Source& source = sources_[name];
  source.expectedPeriod = expectedPeriod;
  source.received = std::max(source.received, received);
  source.counts = true;
}

void FeedWatch::report(const feeds::FeedStats& stats) {
  for (const feeds::SourceStats& s : stats.sources) {
    Source& source = sources_[s.source.name];
    source.expectedPeriod = s.source.expectedPeriod;
    // An answer without news is a sign of life, too, and so is a recording that plays under other names.
    source.received = std::max({source.received, s.lastReceived, s.link.lastContact});
    source.due = s.link.nextContact;
    source.failed = s.link.state == feeds::LinkState::Failed;
    source.error = s.link.lastError;
    // Idle: not started, or at the end of a recording: nothing is expected of it.
    source.counts = s.link.state != feeds::LinkState::Idle;
  }
}

void FeedWatch::adopt(size_t rule, const std::string& subject) { last_[rule][subject].changes(AlarmInput::Bad); }

void FeedWatch::tick(size_t rule, base::UtcNs now, Findings& out) {
  if (rules_->rules[rule].kind == RuleKind::FeedGone) return tickFeeds(rule, now, out);
  const AlarmInput input = store_.full ? AlarmInput::Bad : AlarmInput::Ok;
  if (last_[rule][kHistorySubject].changes(input))
    out.push_back({.input = input, .about = SubjectKind::System, .subject = kHistorySubject, .text = store_.text});
}

void FeedWatch::tickFeeds(size_t index, base::UtcNs now, Findings& out) {
  const Rule& rule = rules_->rules[index];
  for (const auto& [name, source] : sources_) {
    if (!source.counts) continue;
    if (!rule.sources.empty() && std::find(rule.sources.begin(), rule.sources.end(), name) == rule.sources.end()) continue;
    const double patience = rule.after > 0 ? rule.after : std::max(kLeastSilence, rule.periods * source.expectedPeriod);
    // A service that asks to be left alone for an hour is not gone.
    const base::UtcNs from = std::max(source.received == 0 ? begun_ : source.received, source.due);
    const base::UtcNs until = from + static_cast<int64_t>(patience * 1e9);
    const AlarmInput input = source.failed || now >= until ? AlarmInput::Bad : AlarmInput::Ok;
    if (!last_[index][name].changes(input)) continue;
    out.push_back({.input = input, .about = SubjectKind::Source, .subject = name, .since = input == AlarmInput::Bad ? std::min(until, now) : 0, .text = source.error});
  }
}

void FeedWatch::shift(int64_t by) {
  for (auto& [name, source] : sources_) {
    if (source.received != 0) source.received += by;
    if (source.due != 0) source.due += by;
  }
  if (begun_ != 0) begun_ += by;
}

}  // namespace alarms
