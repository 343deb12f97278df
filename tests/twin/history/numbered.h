// SPDX-License-Identifier: Apache-2.0
// A load whose messages are numbered, so that what a store holds can be counted.
#pragma once

#include <cmath>
#include <cstdlib>
#include <map>

#include "engine/base/hash.h"
#include "tests/twin/history/history_fixture.h"
#include "twin/history/journal.h"

namespace history_test {

inline int countFrom(const char* variable, int standard) {
  const char* text = std::getenv(variable);
  return text ? std::max(1, std::atoi(text)) : standard;
}

/// Which numbers each run wrote, and how often.
class Numbers final : public history::JournalVisitor {
 public:
  bool on(const history::MessageRecord&) override { return true; }
  void on(const history::ValueRecord& r) override {
    if (const auto* number = std::get_if<double>(&r.value); number && std::abs(*number) < 1e15) ++seen[static_cast<int64_t>(*number)];
  }
  void on(const history::PoseRecord&) override {}
  void on(const history::DepartureRecord&) override {}
  void on(const history::DescriptionRecord&) override {}
  void on(const history::EventRecord&) override {}
  std::map<int64_t, int> seen;
};

inline std::map<int64_t, int> numbersIn(history::History& store) {
  Numbers numbers;
  const auto read = store.eachBlock({.rxFrom = INT64_MIN, .rxTo = INT64_MAX}, [&](uint64_t, std::string_view data) {
    EXPECT_TRUE(history::readJournal(data, numbers));
    return true;
  });
  EXPECT_TRUE(read);
  return numbers.seen;
}

inline model::Observations numbered(int64_t n) {
  model::Observations seen;
  seen.properties.push_back(value("counter", "n", static_cast<double>(n), kNow + n));
  seen.poses.push_back(pose("car-" + std::to_string(n % 50), static_cast<double>(n), kNow + n));
  return seen;
}

inline history::WriterOptions optionsFor(const std::string& where) {
  history::WriterOptions o;
  o.where = where;
  o.utcNow = [] { return kNow; };
  o.batchSeconds = 0.002;
  o.batchRows = 400;
  o.retrySeconds = 0.1;
  o.keyframeBytes = 20'000;
  o.retention.rawHours = 1e5;
  o.retention.tiers = {{.periodSeconds = 60, .days = 30000}};
  return o;
}

}  // namespace history_test
