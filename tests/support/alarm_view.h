// SPDX-License-Identifier: Apache-2.0
// A desk with alarms of every priority and state, for panels and symbols. Header only.
#pragma once

#include <memory>
#include <string>

#include "twin/alarms/alarm_book.h"

namespace support {

inline std::shared_ptr<const alarms::RuleSet> fourRules() {
  std::string text;
  for (const char* priority : {"critical", "high", "medium", "low"})
    text += std::string("[[rule]]\nid = \"") + priority + "\"\npriority = \"" + priority + "\"\nkind = \"threshold\"\nwatch = [\"waste_bin\"]\nproperty = \"fill\"\nabove = 80\nlatched = true\n" +
            "name = { ko = \"" + priority + " 알람\", en = \"" + priority + " alarm\" }\nmeans = { ko = \"뜻\", en = \"Meaning\" }\nact = { ko = \"조치\", en = \"Action\" }\n";
  auto set = alarms::parseRules(text, "four.toml");
  return std::make_shared<const alarms::RuleSet>(*std::move(set));
}

/// Raised at `now`: rule i about subjects[i]. The first `acked` of them are acknowledged.
inline std::shared_ptr<const alarms::DeskView> alarmView(const std::vector<std::pair<int, std::string>>& raised, base::UtcNs now, size_t acked = 0,
                                                         std::optional<glm::dvec3> at = {}) {
  const auto rules = fourRules();
  alarms::AlarmBook book(rules);
  for (size_t i = 0; i < raised.size(); ++i) {
    alarms::Finding finding{.input = alarms::AlarmInput::Bad, .subject = raised[i].second, .number = 92};
    if (at) finding.position = *at + glm::dvec3(static_cast<double>(i), 0, 0);
    book.find(raised[i].first, finding, now - base::kNsPerSecond);
    if (i < acked) book.carryOut({.action = alarms::DeskAction::Acknowledge, .keys = {rules->rules[static_cast<size_t>(raised[i].first)].id + ":" + raised[i].second}, .who = "kim"}, now);
  }
  auto view = std::make_shared<alarms::DeskView>();
  view->rules = rules;
  view->now = now;
  view->revision = raised.size() + acked * 1000;
  book.show(*view, now);
  return view;
}

}  // namespace support
