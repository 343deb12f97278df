// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/postgres_server.h"
#include "twin/history/block_builder.h"
#include "twin/history/history_writer.h"
#include "twin/history/state_reader.h"

namespace history_test {

/// 2026-11-22T18:00:00+09:00
constexpr base::UtcNs kNow = 1'795'338'000 * base::kNsPerSecond;
constexpr int64_t kSecond = base::kNsPerSecond;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "alphacity-history-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Every test of it runs on both servers: "sqlite" a file, "postgresql" a cluster of the test's own.
class BothStores : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "sqlite") {
      where_ = (folder_.path() / "history.sqlite").string();
      return;
    }
    if (!test_support::PostgresServer::available()) GTEST_SKIP() << test_support::PostgresServer::why();
    server_ = std::make_unique<test_support::PostgresServer>();
    ASSERT_TRUE(server_->ok());
    where_ = server_->url();
  }
  /// A server that has just started may still be recovering.
  std::unique_ptr<history::History> open(history::Access access) {
    std::string why;
    for (int i = 0; i < 100; ++i) {
      auto store = history::openHistory(where_, access);
      if (store && (*store)->span()) return std::move(*store);
      why = store ? "no answer" : store.error();
      usleep(100'000);
    }
    ADD_FAILURE() << why;
    return nullptr;
  }
  history::WriterOptions options() const {
    history::WriterOptions o;
    o.where = where_;
    o.pack = pack_;
    o.utcNow = [] { return kNow; };
    o.batchSeconds = 0.02;
    o.retrySeconds = 0.1;
    o.keyframeBytes = 4096;  // so that few rows bring many
    o.retention.rawHours = 1e5;
    o.retention.tiers = {{.periodSeconds = 60, .days = 30000}};
    return o;
  }
  std::unique_ptr<history::StateReader> reader() { return std::make_unique<history::StateReader>(open(history::Access::Read), *pack_); }

  TemporaryFolder folder_;
  std::unique_ptr<test_support::PostgresServer> server_;
  std::string where_;
  std::shared_ptr<const history::Pack> pack_ = std::make_shared<const history::Pack>();
};

inline std::string nameOf(const testing::TestParamInfo<std::string>& info) { return info.param; }

inline model::PropertyObservation value(const std::string& entity, const std::string& property, model::Value v, base::UtcNs event) {
  model::PropertyObservation p;
  p.entity = entity;
  p.kind = "air_station";
  p.property = property;
  p.value = std::move(v);
  p.unit = "µg/m³";
  p.eventTime = event;
  return p;
}

inline model::PoseObservation pose(const std::string& entity, double x, base::UtcNs event) {
  model::PoseObservation p;
  p.entity = entity;
  p.kind = "car";
  p.position = {x, x / 3, 70.1};
  p.hasElevation = true;
  p.heading = x * 0.01;
  p.speed = 9.7;
  p.eventTime = event;
  return p;
}

inline model::EventObservation event(const std::string& id, base::UtcNs time, int severity = 1) {
  model::EventObservation e;
  e.id = id;
  e.type = "adas.FCW";
  e.entity = "taxi-1";
  e.position = glm::dvec3(1, 2, 3);
  e.eventTime = time;
  e.severity = severity;
  e.details = {{"link", "12\t\n\"\\"}, {"방향", "북"}};
  return e;
}

inline const feeds::Source& source(int i = 0) {
  static const feeds::Source sources[] = {{.name = "sim", .standard = "mixed", .endpoint = "sim:"},
                                          {.name = "broker", .standard = "mixed", .endpoint = "mqtt://h"}};
  return sources[i];
}

/// As the store's writer would.
inline void tell(history::HistoryWriter& writer, const model::Observations& news, base::UtcNs received, const model::Observations& late = {},
                 model::SourceId id = 0) {
  writer.onApplied({news, late, id, received}, source(id));
}

}  // namespace history_test
