// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/journal.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "twin/core/time.h"

namespace alarms {
namespace {

using nlohmann::json;

constexpr const char* kAbout[] = {"Thing", "Link", "Group", "Source", "System"};
constexpr int64_t kDay = 86400 * base::kNsPerSecond;

json stateJson(const Condition& c) {
  json state = {{"State", nameOf(stateOf(c))}, {"ActiveState", c.active}, {"AckedState", c.acked}, {"Quality", nameOf(c.quality)},
                {"SuppressedState", c.suppressed}, {"OutOfServiceState", c.outOfService},
                {"ShelvingState", c.shelvedUntil != 0 ? "TimedShelved" : "Unshelved"},
                {"ActiveTime", c.activeTime}, {"ClearTime", c.clearTime}, {"AckTime", c.ackTime},
                {"AnnounceTime", c.announceTime}, {"Announcements", c.announcements}};
  if (c.shelvedUntil != 0) state["UnshelveTime"] = c.shelvedUntil;
  return state;
}

template <typename T>
T valueOf(const json& object, const char* key, T fallback) {
  const auto it = object.find(key);
  if (it == object.end()) return fallback;
  const T* value = it->template get_ptr<const T*>();
  return value ? *value : fallback;
}

int64_t integer(const json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_number_integer() ? it->get<int64_t>() : 0;
}

std::string word(const json& object, const char* key) { return valueOf<json::string_t>(object, key, {}); }
bool flag(const json& object, const char* key, bool fallback) { return valueOf<json::boolean_t>(object, key, fallback); }

Condition conditionOf(const json& state) {
  Condition c;
  c.active = flag(state, "ActiveState", false);
  c.acked = flag(state, "AckedState", true);
  c.suppressed = flag(state, "SuppressedState", false);
  c.outOfService = flag(state, "OutOfServiceState", false);
  c.shelvedUntil = integer(state, "UnshelveTime");
  c.activeTime = integer(state, "ActiveTime");
  c.clearTime = integer(state, "ClearTime");
  c.ackTime = integer(state, "AckTime");
  c.announceTime = integer(state, "AnnounceTime");
  c.announcements = static_cast<uint64_t>(std::max<int64_t>(0, integer(state, "Announcements")));
  c.bad = c.active;
  return c;
}

}  // namespace

std::string toJson(const JournalEntry& entry) {
  const Alarm& a = entry.alarm;
  json line = {{"Time", core::formatIso8601(entry.time)}, {"TimeNs", entry.time}, {"Event", entry.what}, {"ClientUserId", entry.who}};
  if (!entry.note.empty()) line["Comment"] = entry.note;
  if (!a.rule.empty()) {
    line["Rule"] = a.rule;
    line["Subject"] = a.subject;
    line["About"] = kAbout[static_cast<size_t>(a.about)];
    line["Condition"] = stateJson(a.condition);
    if (std::isfinite(a.number)) line["Number"] = a.number;
    if (!a.text.empty()) line["Text"] = a.text;
    if (a.position) line["Position"] = {a.position->x, a.position->y, a.position->z};
    if (!a.ackedBy.empty()) line["AckedBy"] = a.ackedBy;
    if (!a.inhibitedBy.empty()) line["InhibitedBy"] = a.inhibitedBy;
  }
  // Words of operators and feeds may hold anything; a broken byte must not stop the log.
  return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<JournalEntry> parseJournal(std::string_view text) {
  const json line = json::parse(text, nullptr, false);
  if (!line.is_object()) return base::Error{"not a JSON object"};
  JournalEntry entry;
  entry.time = integer(line, "TimeNs");
  entry.what = word(line, "Event");
  entry.who = word(line, "ClientUserId");
  entry.note = word(line, "Comment");
  if (entry.what.empty()) return base::Error{"no Event"};
  Alarm& a = entry.alarm;
  a.rule = word(line, "Rule");
  a.subject = word(line, "Subject");
  const std::string about = word(line, "About");
  for (size_t i = 0; i < std::size(kAbout); ++i)
    if (about == kAbout[i]) a.about = static_cast<SubjectKind>(i);
  if (const auto state = line.find("Condition"); state != line.end() && state->is_object()) a.condition = conditionOf(*state);
  if (const auto number = line.find("Number"); number != line.end() && number->is_number()) a.number = number->get<double>();
  a.text = word(line, "Text");
  a.ackedBy = word(line, "AckedBy");
  a.inhibitedBy = word(line, "InhibitedBy");
  if (const auto at = line.find("Position"); at != line.end() && at->is_array() && at->size() == 3 &&
                                             std::all_of(at->begin(), at->end(), [](const json& v) { return v.is_number(); }))
    a.position = glm::dvec3((*at)[0].get<double>(), (*at)[1].get<double>(), (*at)[2].get<double>());
  return entry;
}

void JournalReplay::add(std::string_view text) {
  auto entry = parseJournal(text);
  if (!entry) {
    ++unreadable;
    return;
  }
  newest = std::max(newest, entry->time);
  if (entry->alarm.rule.empty()) return;
  const std::string key = entry->alarm.key();
  Alarm& alarm = alarms[key];
  const uint64_t before = alarm.condition.announcements;
  std::vector<Comment> comments = std::move(alarm.comments);
  alarm = std::move(entry->alarm);
  alarm.comments = std::move(comments);
  if (!entry->note.empty()) alarm.comments.push_back({entry->time, entry->who, entry->note});
  if (alarm.comments.size() > kCommentsKept) alarm.comments.erase(alarm.comments.begin());
  if (alarm.condition.announcements > before) announced.push_back({alarm.condition.announceTime, key});
  if (announced.size() > 100000) std::erase_if(announced, [&](const Announced& a) { return a.time < newest - kDay; });
  if (!retained(alarm.condition)) alarms.erase(key);
}

}  // namespace alarms
