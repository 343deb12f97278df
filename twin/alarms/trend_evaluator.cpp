// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <deque>

#include "twin/alarms/evaluator.h"

namespace alarms {
namespace {

/// A value that moves too fast, or not at all.
class TrendEvaluator final : public Evaluator {
 public:
  explicit TrendEvaluator(const Rule& rule) : rule_(rule) {}

  void take(const Reading& reading, base::UtcNs, Findings& out) override {
    if (reading.thing == nullptr || !rule_.watchesKind(reading.thing->kind)) return;
    if (reading.what == ReadingKind::Departed) {
      states_.erase(reading.thing->id);
      return;
    }
    if (reading.what != ReadingKind::Property || reading.name != rule_.property || !(reading.isNumber || reading.bad)) return;
    State& state = states_[reading.thing->id];
    Finding finding{.subject = reading.thing->id, .number = reading.number};
    if (reading.bad) {
      finding.input = AlarmInput::Error;
    } else {
      const bool bad = rule_.kind == RuleKind::Rate ? tooFast(state, reading, finding.number) : stands(state, reading);
      finding.input = bad ? AlarmInput::Bad : AlarmInput::Ok;
    }
    if (state.last.changes(finding.input)) out.push_back(std::move(finding));
  }

  void shift(int64_t by) override {
    for (auto& [id, state] : states_) {
      state.stoodSince += by;
      for (auto& sample : state.samples) sample.first += by;
    }
  }

 private:
  static constexpr size_t kMostSamples = 4096;
  struct State {
    LastFinding last;
    std::deque<std::pair<base::UtcNs, double>> samples;  // Rate
    double stoodAt = kUnset;                             // Stuck
    base::UtcNs stoodSince = 0;
  };

  /// The span between the least and the greatest value of the window.
  bool tooFast(State& state, const Reading& reading, double& change) const {
    state.samples.emplace_back(reading.eventTime, reading.number);
    const auto oldest = reading.eventTime - static_cast<int64_t>(rule_.window * 1e9);
    while (state.samples.size() > kMostSamples || state.samples.front().first < oldest) state.samples.pop_front();
    double low = reading.number, high = reading.number;
    for (const auto& [time, value] : state.samples) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
    change = high - low;
    return change > rule_.above;
  }

  bool stands(State& state, const Reading& reading) const {
    if (std::isnan(state.stoodAt) || std::abs(reading.number - state.stoodAt) > rule_.tolerance) {
      state.stoodAt = reading.number;
      state.stoodSince = reading.eventTime;
    }
    return static_cast<double>(reading.eventTime - state.stoodSince) * 1e-9 >= rule_.after;
  }

  const Rule& rule_;
  std::map<std::string, State> states_;
};

}  // namespace

std::unique_ptr<Evaluator> makeTrendEvaluator(const Rule& rule) { return std::make_unique<TrendEvaluator>(rule); }

}  // namespace alarms
