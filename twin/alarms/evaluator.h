// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "twin/alarms/alarm_state.h"
#include "twin/alarms/reading.h"
#include "twin/alarms/rule.h"
#include "twin/core/geodesy.h"

namespace alarms {

/// What an alarm is about.
enum class SubjectKind : uint8_t { Thing, Link, Group, Source, System };

/// What a rule has found out about one subject. Only changes are told.
struct Finding {
  AlarmInput input = AlarmInput::Ok;  ///< Bad, Ok, NoData or Error
  SubjectKind about = SubjectKind::Thing;
  std::string subject;         ///< entity, link, group, source
  base::UtcNs since = 0;       ///< of Bad: since when, 0 = now
  double number = kUnset;      ///< the value that made it so, in the property's unit
  std::string text;            ///< or the word
  std::optional<glm::dvec3> position;
};
using Findings = std::vector<Finding>;

/// Where an event on the road belongs.
struct LinkPlace {
  std::string id;        ///< entity of the road; empty: no road near
  glm::dvec3 middle{0};
};

/// What rules need to know of the city. Filled by the app; constant while the engine runs.
struct RuleContext {
  const core::CityFrame* frame = nullptr;             ///< needed by geofences only
  std::shared_ptr<const core::Catalogue> catalogue;   ///< expected periods; may be null
  std::map<std::string, std::vector<std::vector<glm::dvec2>>, std::less<>> routes;  ///< paths by route, city frame
  std::function<LinkPlace(glm::dvec2)> linkAt;        ///< may be empty: events are then counted per thing
  /// Pairs of signal groups that must never be free together, by controller.
  std::map<std::string, std::vector<std::pair<int, int>>, std::less<>> conflicts;

  /// Seconds between reports that a kind is expected to keep; 0: it never reports.
  double periodOf(std::string_view kind) const { return catalogue ? catalogue->kind(kind).period : 0; }
};

/// One rule at work: readings and time in, changes out. One thread.
class Evaluator {
 public:
  virtual ~Evaluator() = default;
  virtual void take(const Reading&, base::UtcNs /*now*/, Findings&) {}
  /// About once a second of shown time.
  virtual void tick(base::UtcNs /*now*/, Findings&) {}
  /// An alarm of this subject is standing from before a restart.
  virtual void adopt(const std::string& /*subject*/, base::UtcNs /*now*/) {}
  /// The clock was set: what was seen at t counts as seen at t + shift.
  virtual void shift(int64_t /*by*/) {}
};

/// What is told of a subject only when it changes.
class LastFinding {
 public:
  /// True when `input` is news.
  bool changes(AlarmInput input) {
    if (known_ && last_ == input) return false;
    known_ = true;
    last_ = input;
    return true;
  }
  bool isBad() const { return known_ && last_ == AlarmInput::Bad; }

 private:
  bool known_ = false;
  AlarmInput last_ = AlarmInput::Ok;
};

/// Evaluators by kind of rule; the rule and the context outlive them.
std::unique_ptr<Evaluator> makeValueEvaluator(const Rule& rule, const RuleContext& context);    // Threshold, Text, AirGrade
std::unique_ptr<Evaluator> makeTrendEvaluator(const Rule& rule);                                // Rate, Stuck
std::unique_ptr<Evaluator> makeSilenceEvaluator(const Rule& rule, const RuleContext& context);  // NoData, GroupSilent
std::unique_ptr<Evaluator> makeMotionEvaluator(const Rule& rule, const RuleContext& context);   // Geofence, OffRoute
std::unique_ptr<Evaluator> makeSignalEvaluator(const Rule& rule, const RuleContext& context);   // SignalConflict
std::unique_ptr<Evaluator> makeCrowdEvaluator(const Rule& rule, const RuleContext& context);    // EventCrowd

/// Null for the rules that the engine feeds itself (FeedGone, DiskFull).
std::unique_ptr<Evaluator> makeEvaluator(const Rule& rule, const RuleContext& context);

}  // namespace alarms
