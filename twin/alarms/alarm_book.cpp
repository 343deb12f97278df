// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/alarm_book.h"

#include <algorithm>

namespace alarms {
namespace {

constexpr int64_t kFloodWindow = 600 * base::kNsPerSecond;
constexpr int64_t kStanding = 86400 * base::kNsPerSecond;
constexpr size_t kLongestNote = 500;
constexpr size_t kMostPending = 100'000;
constexpr const char* kSystem = "system";

int64_t ns(double seconds) { return static_cast<int64_t>(seconds * 1e9); }

/// Nothing left to remember.
bool idle(const Condition& c) { return !retained(c) && !c.badSince; }

/// What the journal calls the change, or null when it is not worth an entry.
const char* changeOf(const Condition& before, const Condition& after, AlarmInput input) {
  if (after.active != before.active) return after.active ? "Raise" : "Clear";
  if (after.acked != before.acked || after.shelvedUntil != before.shelvedUntil || after.outOfService != before.outOfService) {
    if (input == AlarmInput::Tick) return after.announcements != before.announcements ? "Announce" : "Unshelve";
    return nameOf(input);
  }
  if (after.announcements != before.announcements) return "Announce";
  const bool shown = after.active || !after.acked;
  return after.suppressed != before.suppressed && shown ? nameOf(input) : nullptr;
}

std::string oneLine(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return text;
}

}  // namespace

AlarmBook::AlarmBook(std::shared_ptr<const RuleSet> rules) : rules_(std::move(rules)) {
  for (const Rule& rule : rules_->rules)
    timings_.push_back({.onDelay = ns(rule.onDelay), .offDelay = ns(rule.offDelay), .reAlarm = ns(rule.reAlarm), .latched = rule.latched});
}

void AlarmBook::note(const char* what, const Alarm& alarm, base::UtcNs now, const std::string& who, const std::string& text) {
  JournalEntry entry{.time = now, .what = what, .who = who, .note = text, .alarm = alarm};
  entry.alarm.comments.clear();
  pending_.push_back(std::move(entry));
  // A disk that stays full must not eat the memory: the state that counts is the newest of each alarm.
  if (pending_.size() > kMostPending) pending_.erase(pending_.begin(), pending_.begin() + kMostPending / 2);
}

void AlarmBook::apply(const Key& key, Alarm& alarm, AlarmInput input, base::UtcNs now, base::UtcNs at, const std::string& who, const std::string& text) {
  const Condition before = alarm.condition;
  alarm.condition = step(before, input, now, timings_[static_cast<size_t>(key.first)], at);
  if (alarm.condition == before) return;
  ++revision_;
  if (!alarm.condition.inhibited()) alarm.inhibitedBy.clear();
  if (alarm.condition.announcements != before.announcements)
    figures_.announced(now, alarm.key(), rules_->rules[static_cast<size_t>(key.first)].priority);
  if (const char* what = changeOf(before, alarm.condition, input)) note(what, alarm, now, who, text);
}

void AlarmBook::restore(JournalReplay replay, base::UtcNs now) {
  base::UtcNs oldest = now;
  for (const JournalReplay::Announced& a : replay.announced) {
    const int rule = rules_->find(a.key.substr(0, a.key.find(':')));
    if (rule < 0 || a.time > now) continue;
    figures_.announced(a.time, a.key, rules_->rules[static_cast<size_t>(rule)].priority);
    oldest = std::min(oldest, a.time);
  }
  figures_.begin(std::max(oldest, now - kStanding));
  for (auto& [key, alarm] : replay.alarms) {
    const int rule = rules_->find(alarm.rule);
    if (rule < 0) {
      alarm.condition = Condition{};
      note("RuleGone", alarm, now, kSystem, {});
      continue;
    }
    // Nobody has looked meanwhile: an active alarm stays one until good data say otherwise.
    if (alarm.condition.active) alarm.condition.quality = SourceQuality::NoData;
    alarms_[{rule, alarm.subject}] = std::move(alarm);
  }
  ++revision_;
}

void AlarmBook::find(int rule, const Finding& finding, base::UtcNs now) {
  const Key key{rule, finding.subject};
  auto found = alarms_.find(key);
  if (found == alarms_.end()) {
    if (finding.input != AlarmInput::Bad) return;
    Alarm fresh;
    fresh.rule = rules_->rules[static_cast<size_t>(rule)].id;
    fresh.subject = finding.subject;
    found = alarms_.emplace(key, std::move(fresh)).first;
  }
  Alarm& alarm = found->second;
  if (finding.input == AlarmInput::Bad) {
    alarm.about = finding.about;
    alarm.number = finding.number;
    alarm.text = finding.text;
    if (finding.position) alarm.position = finding.position;
  }
  apply(key, alarm, finding.input, now, finding.since, kSystem, {});
  if (idle(alarm.condition)) alarms_.erase(found);
}

void AlarmBook::tick(base::UtcNs now, const Explained& explained) {
  for (auto it = alarms_.begin(); it != alarms_.end();) {
    const Key& key = it->first;
    Alarm& alarm = it->second;
    if (!rules_->rules[static_cast<size_t>(key.first)].suppressedBy.empty()) {
      const std::string by = explained(key.first, alarm);
      if (by.empty() == alarm.condition.suppressed) {
        if (!by.empty()) alarm.inhibitedBy = by;
        apply(key, alarm, by.empty() ? AlarmInput::Unsuppress : AlarmInput::Suppress, now, 0, kSystem, {});
      }
    }
    apply(key, alarm, AlarmInput::Tick, now, 0, kSystem, {});
    it = idle(alarm.condition) ? alarms_.erase(it) : std::next(it);
  }
  figures_.tick(now);
}

AlarmBook::Key AlarmBook::keyOf(const std::string& key) const {
  const size_t colon = key.find(':');
  if (colon == std::string::npos) return {-1, {}};
  return {rules_->find(std::string_view(key).substr(0, colon)), key.substr(colon + 1)};
}

std::string AlarmBook::refuse(const DeskRequest& request, const Alarm* alarm, const Rule* rule) const {
  if (alarm == nullptr || rule == nullptr) return "alarm.refused_unknown";
  const Condition& c = alarm->condition;
  switch (request.action) {
    case DeskAction::Acknowledge: return c.acked ? "alarm.refused_acked" : "";
    case DeskAction::Shelve:
      if (rule->maxShelve <= 0) return "alarm.refused_no_shelving";
      return request.seconds > 0 && request.seconds <= rule->maxShelve ? "" : "alarm.refused_shelve_time";
    case DeskAction::Unshelve: return c.shelvedUntil != 0 ? "" : "alarm.refused_not_shelved";
    case DeskAction::RemoveFromService: return c.outOfService ? "alarm.refused_out_of_service" : "";
    case DeskAction::PlaceInService: return c.outOfService ? "" : "alarm.refused_in_service";
    case DeskAction::Comment: return request.note.empty() ? "alarm.refused_comment" : "";
  }
  return "";
}

std::string AlarmBook::carryOut(const DeskRequest& request, base::UtcNs now) {
  before_.clear();
  std::string why = "alarm.refused_unknown";
  const std::string text = oneLine(request.note.substr(0, kLongestNote));
  for (const std::string& name : request.keys) {
    const Key key = keyOf(name);
    const auto found = alarms_.find(key);
    const bool known = key.first >= 0 && found != alarms_.end();
    const std::string no = refuse(request, known ? &found->second : nullptr, known ? &rules_->rules[static_cast<size_t>(key.first)] : nullptr);
    if (!no.empty()) {
      why = no;
      continue;
    }
    Alarm& alarm = found->second;
    before_.emplace_back(key, alarm);
    if (!text.empty()) {
      alarm.comments.push_back({now, request.who, text});
      if (alarm.comments.size() > kCommentsKept) alarm.comments.erase(alarm.comments.begin());
    }
    switch (request.action) {
      case DeskAction::Acknowledge:
        alarm.ackedBy = request.who;
        apply(key, alarm, AlarmInput::Acknowledge, now, 0, request.who, text);
        break;
      case DeskAction::Shelve:
        alarm.inhibitedBy = request.who;
        apply(key, alarm, AlarmInput::Shelve, now, now + ns(request.seconds), request.who, text);
        break;
      case DeskAction::Unshelve: apply(key, alarm, AlarmInput::Unshelve, now, 0, request.who, text); break;
      case DeskAction::RemoveFromService:
        alarm.inhibitedBy = request.who;
        apply(key, alarm, AlarmInput::RemoveFromService, now, 0, request.who, text);
        break;
      case DeskAction::PlaceInService: apply(key, alarm, AlarmInput::PlaceInService, now, 0, request.who, text); break;
      case DeskAction::Comment:
        note("Comment", alarm, now, request.who, text);
        ++revision_;
        break;
    }
    if (idle(alarm.condition)) alarms_.erase(found);
  }
  return before_.empty() ? why : std::string();
}

void AlarmBook::takeBack() {
  for (auto& [key, alarm] : before_) alarms_[key] = std::move(alarm);
  before_.clear();
  pending_.clear();  // only the request's own: the caller has stored all before it
  ++revision_;
}

void AlarmBook::shift(int64_t by) {
  for (auto& [key, alarm] : alarms_) alarm.condition = rebased(alarm.condition, by);
  figures_.shift(by);
  ++revision_;
}

void AlarmBook::clear() {
  alarms_.clear();
  figures_ = {};
  pending_.clear();
  ++revision_;
}

const Alarm* AlarmBook::get(int rule, const std::string& subject) const {
  const auto found = alarms_.find({rule, subject});
  return found == alarms_.end() ? nullptr : &found->second;
}

std::vector<std::string> AlarmBook::standing(int rule) const {
  std::vector<std::string> subjects;
  for (auto it = alarms_.lower_bound({rule, {}}); it != alarms_.end() && it->first.first == rule; ++it)
    if (it->second.condition.active || it->second.condition.badSince) subjects.push_back(it->first.second);
  return subjects;
}

void AlarmBook::show(DeskView& view, base::UtcNs now) const {
  view.figures = figures_.at(now);
  AlarmFigures& f = view.figures;
  std::map<std::string, int> explains;
  std::map<int, FloodLine> flood;
  for (const auto& [key, alarm] : alarms_) {
    const Condition& c = alarm.condition;
    if (!retained(c)) continue;
    const Rule& rule = rules_->rules[static_cast<size_t>(key.first)];
    view.rows.push_back({.alarm = alarm, .rule = key.first, .priority = rule.priority, .state = stateOf(c), .wantsAttention = wantsAttention(c)});
    const size_t level = static_cast<size_t>(rule.priority) - 1;
    if (c.suppressed && !alarm.inhibitedBy.empty()) ++explains[alarm.inhibitedBy];
    if (c.outOfService) ++f.outOfService;
    else if (c.shelvedUntil != 0) ++f.shelved;
    else if (c.suppressed) ++f.suppressed;
    if (c.inhibited()) continue;
    if (c.active) ++f.active, ++f.activeByPriority[level];
    if (!c.acked) ++f.unacknowledged, ++f.unackByPriority[level];
    if (c.active && now - c.activeTime > kStanding) ++f.standing;
    if (f.flood && c.announceTime > now - kFloodWindow) {
      FloodLine& line = flood[key.first];
      line.rule = key.first;
      line.first = line.count++ == 0 ? c.announceTime : std::min(line.first, c.announceTime);
    }
  }
  for (const auto& [rule, line] : flood) view.flood.push_back(line);
  std::stable_sort(view.flood.begin(), view.flood.end(), [](const FloodLine& a, const FloodLine& b) { return a.count > b.count; });
  for (AlarmRow& row : view.rows)
    if (const auto found = explains.find(row.alarm.key()); found != explains.end()) row.explains = found->second;
  std::stable_sort(view.rows.begin(), view.rows.end(), [](const AlarmRow& a, const AlarmRow& b) {
    if (a.wantsAttention != b.wantsAttention) return a.wantsAttention;
    if (a.priority != b.priority) return a.priority < b.priority;
    return a.alarm.condition.activeTime > b.alarm.condition.activeTime;
  });
}

}  // namespace alarms
