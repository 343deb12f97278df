// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/evaluator.h"

namespace alarms {

std::unique_ptr<Evaluator> makeEvaluator(const Rule& rule, const RuleContext& context) {
  switch (rule.kind) {
    case RuleKind::Threshold:
    case RuleKind::Text:
    case RuleKind::AirGrade: return makeValueEvaluator(rule, context);
    case RuleKind::Rate:
    case RuleKind::Stuck: return makeTrendEvaluator(rule);
    case RuleKind::NoData:
    case RuleKind::GroupSilent: return makeSilenceEvaluator(rule, context);
    case RuleKind::Geofence:
    case RuleKind::OffRoute: return makeMotionEvaluator(rule, context);
    case RuleKind::SignalConflict: return makeSignalEvaluator(rule, context);
    case RuleKind::EventCrowd: return makeCrowdEvaluator(rule, context);
    case RuleKind::FeedGone:
    case RuleKind::DiskFull: break;
  }
  return nullptr;
}

}  // namespace alarms
