// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>

#include "twin/alarms/evaluator.h"

namespace alarms {
namespace {

constexpr size_t kMostEvents = 10000;

/// Events that come in crowds: on one road link, or of one thing.
class CrowdEvaluator final : public Evaluator {
 public:
  CrowdEvaluator(const Rule& rule, const RuleContext& context)
      : rule_(rule), context_(context), window_(static_cast<int64_t>(rule.window * 1e9)) {}

  void take(const Reading& reading, base::UtcNs now, Findings& out) override {
    if (reading.what != ReadingKind::Event || !wanted(reading.name)) return;
    Finding finding{.input = AlarmInput::Bad, .text = reading.name};
    if (reading.hasPosition) finding.position = reading.position;
    if (rule_.byLink && context_.linkAt) {
      if (!reading.hasPosition) return;
      LinkPlace link = context_.linkAt(glm::dvec2(reading.position));
      if (link.id.empty()) return;
      finding.about = SubjectKind::Link;
      finding.subject = std::move(link.id);
      finding.position = link.middle;
    } else {
      if (reading.thing == nullptr) return;
      finding.subject = reading.thing->id;
    }
    State& state = states_[finding.subject];
    state.about = finding.about;
    state.times.push_back(std::min(reading.eventTime, now));
    if (state.times.size() > kMostEvents) state.times.pop_front();
    forget(state, now);
    finding.number = static_cast<double>(state.times.size());
    if (static_cast<int>(state.times.size()) >= rule_.count && state.last.changes(AlarmInput::Bad)) out.push_back(std::move(finding));
  }

  void tick(base::UtcNs now, Findings& out) override {
    for (auto it = states_.begin(); it != states_.end();) {
      State& state = it->second;
      forget(state, now);
      const bool quiet = static_cast<int>(state.times.size()) < rule_.count && now >= state.adoptedUntil;
      if (quiet && state.last.isBad() && state.last.changes(AlarmInput::Ok))
        out.push_back({.input = AlarmInput::Ok, .about = state.about, .subject = it->first});
      it = quiet && state.times.empty() ? states_.erase(it) : std::next(it);
    }
  }

  /// Nobody counted while the program was down: one window of quiet says that it is over.
  void adopt(const std::string& subject, base::UtcNs now) override {
    State& state = states_[subject];
    state.last.changes(AlarmInput::Bad);
    state.adoptedUntil = now + window_;
  }

  void shift(int64_t by) override {
    for (auto& [id, state] : states_) {
      state.adoptedUntil += by;
      for (base::UtcNs& time : state.times) time += by;
    }
  }

 private:
  struct State {
    LastFinding last;
    SubjectKind about = SubjectKind::Thing;
    std::deque<base::UtcNs> times;
    base::UtcNs adoptedUntil = 0;
  };

  bool wanted(std::string_view type) const {
    return std::any_of(rule_.events.begin(), rule_.events.end(), [&](const std::string& want) {
      return want == type || (want.ends_with('.') && type.starts_with(want));
    });
  }

  void forget(State& state, base::UtcNs now) const {
    while (!state.times.empty() && state.times.front() <= now - window_) state.times.pop_front();
  }

  const Rule& rule_;
  const RuleContext& context_;
  int64_t window_;
  std::map<std::string, State> states_;
};

}  // namespace

std::unique_ptr<Evaluator> makeCrowdEvaluator(const Rule& rule, const RuleContext& context) {
  return std::make_unique<CrowdEvaluator>(rule, context);
}

}  // namespace alarms
