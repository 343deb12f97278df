// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "twin/alarms/air_index.h"
#include "twin/alarms/evaluator.h"

namespace alarms {
namespace {

/// As the display rule has it: older than so many periods, a value says nothing any more.
constexpr double kPeriodsUntilSilent = 5;

/// Limits on one value, a list of words, or the worst sub-index of a station's pollutants.
class ValueEvaluator final : public Evaluator {
 public:
  ValueEvaluator(const Rule& rule, const RuleContext& context) : rule_(rule), context_(context) {}

  void take(const Reading& reading, base::UtcNs, Findings& out) override {
    if (reading.thing == nullptr || !rule_.watchesKind(reading.thing->kind)) return;
    if (reading.what == ReadingKind::Departed) return leave(*reading.thing, out);
    if (reading.what != ReadingKind::Property) return;
    const bool air = rule_.kind == RuleKind::AirGrade;
    std::optional<double> index;
    if (air) {
      index = airSubIndex(reading.name, reading.number);
      if (!index && !reading.bad) return;
      if (!airSubIndex(reading.name, 0)) return;
    } else if (reading.name != rule_.property) {
      return;
    }
    State& state = states_[reading.thing->id];
    state.seen = reading.spoke();
    state.kind = reading.thing->kind;
    Finding finding{.subject = reading.thing->id, .number = reading.number, .text = reading.text};
    if (reading.bad) {
      finding.input = AlarmInput::Error;
    } else if (rule_.kind == RuleKind::Text) {
      finding.input = std::find(rule_.values.begin(), rule_.values.end(), reading.text) != rule_.values.end() ? AlarmInput::Bad : AlarmInput::Ok;
      finding.number = kUnset;
    } else {
      if (!reading.isNumber) return;
      double value = reading.number;
      if (air) {
        state.indices[reading.name] = *index;
        value = 0;
        for (const auto& [pollutant, other] : state.indices) value = std::max(value, other);
        finding.number = std::round(value);
      }
      state.beyond = beyond(value, state.beyond);
      finding.input = state.beyond ? AlarmInput::Bad : AlarmInput::Ok;
    }
    if (state.last.changes(finding.input)) out.push_back(std::move(finding));
  }

  void tick(base::UtcNs now, Findings& out) override {
    for (auto& [id, state] : states_) {
      if (!state.last.isBad()) continue;
      const double period = context_.periodOf(state.kind);
      if (period <= 0 || static_cast<double>(now - state.seen) * 1e-9 < kPeriodsUntilSilent * period) continue;
      if (state.last.changes(AlarmInput::NoData)) out.push_back({.input = AlarmInput::NoData, .subject = id});
    }
  }

  void shift(int64_t by) override {
    for (auto& [id, state] : states_) state.seen += by;
  }

 private:
  struct State {
    LastFinding last;
    bool beyond = false;  // kept while the data are silent
    base::UtcNs seen = 0;
    std::string kind;
    std::map<std::string, double> indices;  // by pollutant
  };

  bool beyond(double value, bool wasBad) const {
    const bool high = !std::isnan(rule_.above);
    const double limit = high ? rule_.above : rule_.below;
    const double back = std::isnan(rule_.clear) ? limit : rule_.clear;
    const double bound = wasBad ? back : limit;
    return high ? value > bound : value < bound;
  }

  void leave(const Thing& thing, Findings& out) {
    const auto found = states_.find(thing.id);
    if (found == states_.end()) return;
    const bool wasBad = found->second.last.isBad();
    states_.erase(found);
    if (wasBad) out.push_back({.input = AlarmInput::Ok, .subject = thing.id});
  }

  const Rule& rule_;
  const RuleContext& context_;
  std::map<std::string, State> states_;  // in order, so that findings are the same every time
};

}  // namespace

std::unique_ptr<Evaluator> makeValueEvaluator(const Rule& rule, const RuleContext& context) {
  return std::make_unique<ValueEvaluator>(rule, context);
}

}  // namespace alarms
