// SPDX-License-Identifier: Apache-2.0
#include "twin/history/retention.h"

#include <toml++/toml.h>

#include <fstream>
#include <sstream>

namespace history {
namespace {

base::UtcNs before(base::UtcNs now, double hours) { return now - static_cast<int64_t>(hours * 3600e9); }

constexpr double kMostDays = 36500;

}  // namespace

std::vector<ThinningStep> Retention::steps(base::UtcNs now) const {
  std::vector<ThinningStep> all;
  double age = rawHours;
  for (const Tier& tier : tiers) {
    all.push_back({before(now, age), tier.periodSeconds});
    age = tier.days * 24;
  }
  all.push_back({before(now, age), 0});
  return all;
}

base::UtcNs Retention::eventsBefore(base::UtcNs now) const { return before(now, eventsDays * 24); }

base::Result<Retention> parseRetention(std::string_view text, const std::string& name) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed)
    return base::Error{name + ":" + std::to_string(parsed.error().source().begin.line) + ": " + std::string(parsed.error().description())};
  Retention rules;
  const toml::table* table = parsed.table()["history"].as_table();
  if (!table) return base::Error{name + ": no [history] in it"};
  rules.rawHours = (*table)["raw_hours"].value_or(rules.rawHours);
  rules.eventsDays = (*table)["events_days"].value_or(rules.eventsDays);
  if (!(rules.rawHours > 0 && rules.rawHours <= kMostDays * 24)) return base::Error{name + ": raw_hours must be above 0"};
  if (!(rules.eventsDays > 0 && rules.eventsDays <= kMostDays)) return base::Error{name + ": events_days must be above 0"};
  const toml::array* tiers = (*table)["keep"].as_array();
  rules.tiers.clear();
  double age = rules.rawHours / 24, period = 0;
  for (size_t i = 0; tiers && i < tiers->size(); ++i) {
    const toml::table* tier = tiers->get(i)->as_table();
    if (!tier) return base::Error{name + ": [[history.keep]] must be tables"};
    const Retention::Tier step{(*tier)["period_seconds"].value_or(0.0), (*tier)["days"].value_or(0.0)};
    if (!(step.periodSeconds > period) || !(step.days > age) || step.days > kMostDays)
      return base::Error{name + ": history.keep " + std::to_string(i + 1) + ": period_seconds and days must grow from step to step"};
    age = step.days;
    period = step.periodSeconds;
    rules.tiers.push_back(step);
  }
  return rules;
}

base::Result<Retention> loadRetention(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return base::Error{file.string() + ": cannot be read"};
  std::ostringstream text;
  text << in.rdbuf();
  return parseRetention(text.str(), file.string());
}

}  // namespace history
