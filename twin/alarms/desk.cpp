// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/desk.h"

#include <cmath>
#include <cstdio>

#include "twin/core/time.h"

namespace alarms {
namespace {

/// Quoted; and a text that a spreadsheet would take for a formula gets an apostrophe before it.
std::string cell(const std::string& text) {
  std::string out = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string timeCell(base::UtcNs time) { return time != 0 ? core::formatIso8601(time) : std::string(); }

std::string valueOf(const Alarm& alarm) {
  if (!alarm.text.empty()) return alarm.text;
  if (!std::isfinite(alarm.number)) return {};
  char text[32];
  std::snprintf(text, sizeof text, "%.10g", alarm.number);
  return text;
}

}  // namespace

const AlarmRow* DeskView::find(std::string_view key) const {
  for (const AlarmRow& row : rows)
    if (row.alarm.key() == key) return &row;
  return nullptr;
}

std::string deskCsv(const DeskView& view, core::Language language) {
  const bool korean = language == core::Language::Korean;
  std::string out = "\xef\xbb\xbf";
  out += korean ? "우선순위,상태,발생,해제,확인,확인자,알람,대상,값,의미,조치,의견\r\n"
                : "priority,state,raised,cleared,acknowledged,by,alarm,subject,value,meaning,action,comments\r\n";
  for (const AlarmRow& row : view.rows) {
    const Rule& rule = view.ruleOf(row);
    std::string comments;
    for (const Comment& c : row.alarm.comments) comments += (comments.empty() ? "" : " | ") + core::formatIso8601(c.time) + " " + c.who + ": " + c.text;
    const Condition& c = row.alarm.condition;
    const std::string cells[] = {std::to_string(static_cast<int>(row.priority)) + letterOf(row.priority), nameOf(row.state), timeCell(c.activeTime),
                                 c.active ? std::string() : timeCell(c.clearTime), c.acked ? timeCell(c.ackTime) : std::string(), row.alarm.ackedBy,
                                 rule.name.in(language), row.alarm.subject, valueOf(row.alarm), rule.means.in(language), rule.act.in(language), comments};
    for (size_t i = 0; i < std::size(cells); ++i) out += (i > 0 ? "," : "") + cell(cells[i]);
    out += "\r\n";
  }
  return out;
}

}  // namespace alarms
