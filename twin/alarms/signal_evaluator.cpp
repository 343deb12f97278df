// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "twin/alarms/evaluator.h"

namespace alarms {
namespace {

/// Two approaches that cross must never have a protected green together (SAE J2735 MovementPhaseState;
/// a permissive green yields and does not count).
class SignalEvaluator final : public Evaluator {
 public:
  SignalEvaluator(const Rule& rule, const RuleContext& context) : rule_(rule), context_(context) {}

  void take(const Reading& reading, base::UtcNs, Findings& out) override {
    if (reading.what != ReadingKind::Property || reading.thing == nullptr || !rule_.watchesKind(reading.thing->kind)) return;
    constexpr std::string_view kGroup = "group_";
    if (!reading.name.starts_with(kGroup) || reading.bad) return;
    const auto pairs = context_.conflicts.find(reading.thing->id);
    if (pairs == context_.conflicts.end()) return;
    int number = 0;
    const char* end = reading.name.data() + reading.name.size();
    if (std::from_chars(reading.name.data() + kGroup.size(), end, number).ptr != end) return;
    State& state = states_[reading.thing->id];
    // The groups of one message arrive one by one; they are judged together, once its time has passed.
    if (reading.eventTime != state.time) judge(reading.thing->id, state, pairs->second, out);
    state.time = reading.eventTime;
    if (reading.text == "protected-Movement-Allowed") state.free.insert(number);
    else state.free.erase(number);
  }

  void tick(base::UtcNs, Findings& out) override {
    for (auto& [id, state] : states_)
      if (const auto pairs = context_.conflicts.find(id); pairs != context_.conflicts.end()) judge(id, state, pairs->second, out);
  }

 private:
  struct State {
    LastFinding last;
    base::UtcNs time = 0;
    std::set<int> free;
  };

  static void judge(const std::string& id, State& state, const std::vector<std::pair<int, int>>& pairs, Findings& out) {
    if (state.time == 0) return;
    std::string both;
    for (const auto& [a, b] : pairs)
      if (state.free.contains(a) && state.free.contains(b)) {
        both = std::to_string(a) + " + " + std::to_string(b);
        break;
      }
    const AlarmInput input = both.empty() ? AlarmInput::Ok : AlarmInput::Bad;
    if (state.last.changes(input)) out.push_back({.input = input, .subject = id, .text = both});
  }

  const Rule& rule_;
  const RuleContext& context_;
  std::map<std::string, State> states_;
};

}  // namespace

std::unique_ptr<Evaluator> makeSignalEvaluator(const Rule& rule, const RuleContext& context) {
  return std::make_unique<SignalEvaluator>(rule, context);
}

}  // namespace alarms
