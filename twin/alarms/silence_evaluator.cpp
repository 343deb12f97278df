// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "twin/alarms/evaluator.h"

namespace alarms {
namespace {

/// Seconds without a word after which a thing of a kind counts as silent; 0: it never reports.
double patience(const Rule& rule, const RuleContext& context, std::string_view kind) {
  const double period = context.periodOf(kind);
  return rule.after > 0 ? rule.after : rule.periods * period;
}

/// A thing that has fallen silent.
class NoDataEvaluator final : public Evaluator {
 public:
  NoDataEvaluator(const Rule& rule, const RuleContext& context) : rule_(rule), context_(context) {}

  void take(const Reading& reading, base::UtcNs now, Findings& out) override {
    if (reading.thing == nullptr || !rule_.watchesKind(reading.thing->kind)) return;
    const std::string& id = reading.thing->id;
    if (reading.what == ReadingKind::Departed) {
      const auto found = states_.find(id);
      if (found == states_.end()) return;
      if (found->second.last.isBad()) out.push_back({.input = AlarmInput::Ok, .subject = id});
      states_.erase(found);
      return;
    }
    if (reading.what == ReadingKind::Described || reading.what == ReadingKind::Event) return;
    auto [found, fresh] = states_.try_emplace(id);
    State& state = found->second;
    if (fresh) state.patience = static_cast<int64_t>(patience(rule_, context_, reading.thing->kind) * 1e9);
    state.seen = std::max(state.seen, reading.spoke());
    if (state.patience > 0 && now - state.seen >= state.patience) return;
    if (state.last.changes(AlarmInput::Ok)) out.push_back({.input = AlarmInput::Ok, .subject = id});
  }

  void tick(base::UtcNs now, Findings& out) override {
    for (auto& [id, state] : states_) {
      if (state.patience <= 0 || now - state.seen < state.patience) continue;
      if (state.last.changes(AlarmInput::Bad)) out.push_back({.input = AlarmInput::Bad, .subject = id, .since = state.seen + state.patience});
    }
  }

  void shift(int64_t by) override {
    for (auto& [id, state] : states_) state.seen += by;
  }

 private:
  struct State {
    LastFinding last;
    base::UtcNs seen = 0;
    int64_t patience = 0;
  };
  const Rule& rule_;
  const RuleContext& context_;
  std::map<std::string, State> states_;
};

/// A gateway as its members show it: when most of them are silent, it is.
class GroupSilentEvaluator final : public Evaluator {
 public:
  GroupSilentEvaluator(const Rule& rule, const RuleContext& context) : rule_(rule), context_(context) {}

  void take(const Reading& reading, base::UtcNs, Findings&) override {
    if (reading.thing == nullptr || !rule_.watchesKind(reading.thing->kind)) return;
    if (reading.what == ReadingKind::Described) return describe(reading);
    const auto member = members_.find(reading.thing->id);
    if (member == members_.end()) return;
    Member& m = *member->second;
    if (reading.what == ReadingKind::Departed) m.seen = 0;
    else if (reading.what != ReadingKind::Event) m.seen = std::max(m.seen, reading.spoke());
  }

  void tick(base::UtcNs now, Findings& out) override {
    for (auto& [name, group] : groups_) {
      int heard = 0, silent = 0;
      base::UtcNs since = 0;
      glm::dvec3 sum(0);
      for (const auto& [id, member] : group.members) {
        if (member.seen == 0) continue;  // never heard of: it says nothing about the gateway
        ++heard;
        sum += member.position;
        if (now - member.seen < member.patience) continue;
        ++silent;
        since = std::max(since, member.seen + member.patience);
      }
      const bool bad = heard >= rule_.count && silent >= static_cast<int>(rule_.share * heard + 0.999);
      if (heard == 0 || !group.last.changes(bad ? AlarmInput::Bad : AlarmInput::Ok)) continue;
      out.push_back({.input = bad ? AlarmInput::Bad : AlarmInput::Ok, .about = SubjectKind::Group, .subject = name,
                     .since = bad ? std::min(since, now) : 0, .number = static_cast<double>(silent), .position = sum / static_cast<double>(heard)});
    }
  }

  void shift(int64_t by) override {
    for (auto& [name, group] : groups_)
      for (auto& [id, member] : group.members)
        if (member.seen != 0) member.seen += by;
  }

 private:
  struct Member {
    base::UtcNs seen = 0;
    int64_t patience = 0;
    glm::dvec3 position{0};
  };
  struct Group {
    LastFinding last;
    std::map<std::string, Member> members;
  };

  void describe(const Reading& reading) {
    for (const auto& [name, value] : reading.attributes) {
      const std::string* group = std::get_if<std::string>(&value);
      if (name != rule_.groupBy || group == nullptr || group->empty()) continue;
      Member& member = groups_[*group].members[reading.thing->id];
      member.patience = static_cast<int64_t>(patience(rule_, context_, reading.thing->kind) * 1e9);
      if (reading.hasPosition) member.position = reading.position;
      members_[reading.thing->id] = &member;
    }
  }

  const Rule& rule_;
  const RuleContext& context_;
  std::map<std::string, Group> groups_;
  std::unordered_map<std::string, Member*> members_;
};

}  // namespace

std::unique_ptr<Evaluator> makeSilenceEvaluator(const Rule& rule, const RuleContext& context) {
  if (rule.kind == RuleKind::GroupSilent) return std::make_unique<GroupSilentEvaluator>(rule, context);
  return std::make_unique<NoDataEvaluator>(rule, context);
}

}  // namespace alarms
