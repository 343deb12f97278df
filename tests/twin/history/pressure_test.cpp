// SPDX-License-Identifier: Apache-2.0
// More comes than the store takes: the feed path waits for a slow store, but never for one that hangs.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "tests/twin/feeds/ingest_fixture.h"
#include "tests/twin/history/history_fixture.h"
#include "twin/feeds/encode_telemetry.h"
#include "twin/feeds/ingest.h"
#include "twin/feeds/transport_inprocess.h"

namespace {

using history_test::kNow;

constexpr uint64_t kRowsPerMessage = 2;  // a pose and a value

/// The whole feed path with a history whose queue takes about a thousand messages.
class Pressure : public testing::Test {
 protected:
  void start(std::function<void()> onCommit) {
    history::WriterOptions options;
    options.where = (folder_.path() / "history.sqlite").string();
    options.queueBytes = 1u << 20;
    options.batchRows = 500;
    options.utcNow = [] { return kNow; };
    options.onDurable = [onCommit = std::move(onCommit)](uint64_t, uint64_t) { onCommit(); };
    writer_ = *history::HistoryWriter::create(std::move(options));
    feeds::IngestOptions path = feeds_test::inlineOptions();
    path.runInline = false;
    path.conflateAfterSeconds = 1e9;
    path.utcNow = [] { return kNow; };
    ingest_ = std::make_unique<feeds::Ingest>(std::move(path));
    ingest_->addChangeTap(*writer_);
    auto link = std::make_unique<feeds::InprocessTransport>();
    transport_ = link.get();
    ingest_->add({.name = "sim", .standard = "telemetry", .endpoint = "sim:"}, std::move(link));
    ingest_->start();
  }
  void publish(int messages) {
    for (int i = 0; i < messages; ++i) {
      feeds::TelemetryMessage m;
      m.kind = "car";
      m.id = "car-" + std::to_string(i);
      m.time = kNow;
      m.position = {128.69, 35.83, 76};
      m.properties = {{"brake", i % 2 == 0}};
      transport_->publish("telemetry/car/" + m.id, feeds::encodeTelemetry(m), kNow);
    }
  }

  history_test::TemporaryFolder folder_;
  std::unique_ptr<history::HistoryWriter> writer_;
  std::unique_ptr<feeds::Ingest> ingest_;
  feeds::InprocessTransport* transport_ = nullptr;
};

TEST_F(Pressure, ASlowStoreHoldsTheFeedsBackAndLosesNothing) {
  constexpr int kMessages = 20'000;
  start([] { std::this_thread::sleep_for(std::chrono::milliseconds(20)); });
  publish(kMessages);
  ASSERT_TRUE(ingest_->drain(60));
  ASSERT_TRUE(writer_->flush(60));
  EXPECT_EQ(writer_->status().lostRows, 0u);
  EXPECT_EQ(writer_->status().rows, kMessages * kRowsPerMessage);
}

TEST_F(Pressure, AStoreThatHangsDoesNotHoldLiveAndTheGapIsCounted) {
  constexpr int kMessages = 10'000;
  std::promise<void> mended;
  start([held = mended.get_future().share()] { held.wait(); });
  publish(kMessages);
  EXPECT_TRUE(ingest_->drain(60));  // while the store hangs
  EXPECT_GT(writer_->status().lostRows, 0u);
  mended.set_value();
  ASSERT_TRUE(writer_->flush(60));
  EXPECT_EQ(writer_->status().rows + writer_->status().lostRows, kMessages * kRowsPerMessage);
}

}  // namespace
