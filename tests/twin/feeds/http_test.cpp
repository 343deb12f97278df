// SPDX-License-Identifier: Apache-2.0
// Polling a small HTTP server on loopback that answers what a test tells it.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/twin/feeds/http_server.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/encode_gtfs_rt.h"
#include "twin/feeds/secret.h"
#include "twin/feeds/transport_http.h"

namespace {

using namespace feeds_test;

feeds::HttpOptions quick(const std::string& url) {
  feeds::HttpOptions options;
  options.url = url;
  options.periodSeconds = 0.02;
  options.backoffCap = 0.05;
  return options;
}

TEST(Http, GtfsRealtimeReachesTheTwin) {
  const feeds::GtfsVehicle bus{.id = "bus-1", .latitude = 35.8365, .longitude = 128.69, .time = kNow};
  Server server([&](int, const std::string&) {
    return reply("200 OK", "Content-Type: application/x-protobuf\r\n",
                 feeds::encodeVehiclePositions(kNow, std::span(&bus, 1)));
  });
  feeds::IngestOptions options = inlineOptions();
  options.runInline = false;
  feeds::Ingest ingest(std::move(options));
  ingest.add({.name = "buses"}, feeds::makeHttpTransport(quick(server.url("/vp"))));
  ingest.start();
  ASSERT_TRUE(eventually([&] { return ingest.stats().sources[0].applied == 1; }));
  ASSERT_TRUE(eventually([&] { return server.requests > 3; }));
  EXPECT_EQ(ingest.stats().sources[0].messages, 1u);  // the same body is not delivered again
  EXPECT_EQ(ingest.stats().sources[0].lastTopic, "gtfs-rt/feed");
  EXPECT_EQ(ingest.stats().sources[0].link.state, feeds::LinkState::Connected);
}

TEST(Http, ErrorsBackOffAndTheGapIsSeen) {
  Server server([](int n, const std::string&) {
    if (n >= 2 && n < 4) return reply("500 Oops", "", "");
    return reply("200 OK", "", "{\"n\":" + std::to_string(n) + "}");
  });
  Sink sink;
  auto transport = feeds::makeHttpTransport(quick(server.url("/event/x")));
  transport->start(sink);
  ASSERT_TRUE(eventually([&] { return sink.count() >= 4; }));
  transport->stop();
  EXPECT_EQ(sink.gaps, 1);
  EXPECT_EQ(transport->status().lastError, "HTTP status 500");
  EXPECT_EQ(transport->status().connections, 2u);
  EXPECT_EQ(sink.topics[0], "event/x");
}

TEST(Http, HonoursRetryAfter) {
  Server server([](int, const std::string&) { return reply("429 Too Many", "Retry-After: 30\r\n", ""); });
  Sink sink;
  auto transport = feeds::makeHttpTransport(quick(server.url("/")));
  transport->start(sink);
  ASSERT_TRUE(eventually([&] { return transport->status().state == feeds::LinkState::Waiting; }));
  EXPECT_GT(transport->status().retryAt, base::SystemClock::monoNow() + 25 * base::kNsPerSecond);
  EXPECT_EQ(server.requests, 1);
  transport->stop();  // at once, not after thirty seconds
}

TEST(Http, BodiesAreLimitedAsTheyArrive) {
  Server server([](int, const std::string&) {
    return reply("200 OK", "", std::string(5000, 'x'));
  });  // no length given
  Sink sink;
  feeds::HttpOptions options = quick(server.url("/"));
  options.maxBytes = 4999;
  auto small = feeds::makeHttpTransport(options);
  small->start(sink);
  ASSERT_TRUE(eventually([&] { return small->status().state == feeds::LinkState::Waiting; }));
  small->stop();
  EXPECT_NE(small->status().lastError.find("larger than 4999"), std::string::npos);
  EXPECT_EQ(sink.count(), 0u);
  options.maxBytes = 5000;
  auto enough = feeds::makeHttpTransport(options);
  enough->start(sink);
  EXPECT_TRUE(eventually([&] { return sink.count() == 1; }));
  enough->stop();
}

TEST(Http, NeverLeavesHttp) {
  Server server(
      [](int, const std::string&) { return reply("302 Found", "Location: file:///etc/hostname\r\n", ""); });
  Sink sink;
  auto redirected = feeds::makeHttpTransport(quick(server.url("/")));
  redirected->start(sink);
  ASSERT_TRUE(eventually([&] { return redirected->status().state == feeds::LinkState::Failed; }));
  redirected->stop();
  auto direct = feeds::makeHttpTransport(quick("file:///etc/hostname"));
  direct->start(sink);
  ASSERT_TRUE(eventually([&] { return direct->status().state == feeds::LinkState::Failed; }));
  direct->stop();
  EXPECT_EQ(sink.count(), 0u);
}

TEST(Http, SendsTheTokenButShowsItNowhere) {
  std::atomic<bool> seen{false};
  Server server([&](int, const std::string& request) {
    if (request.find("Authorization: Bearer hunter2") != std::string::npos) seen = true;
    return reply("403 No", "", "");
  });
  Sink sink;
  feeds::HttpOptions options = quick(server.url("/"));
  options.authorization = "Bearer hunter2";
  auto transport = feeds::makeHttpTransport(options);
  transport->start(sink);
  ASSERT_TRUE(
      eventually([&] { return seen.load() && transport->status().state == feeds::LinkState::Waiting; }));
  transport->stop();
  EXPECT_EQ(transport->status().lastError.find("hunter2"), std::string::npos);
}

/// Two calls, then nothing for an hour; the key is only in the request.
class TwoCalls final : public feeds::RequestPolicy {
 public:
  explicit TwoCalls(std::string url) : url_(std::move(url)) {}
  double wait(base::UtcNs) override {
    if (calls_ >= 2) return 3600;
    ++calls_;
    return 0;
  }
  feeds::HttpRequest prepare(base::UtcNs) override {
    return {url_ + "?n=" + std::to_string(calls_) + "&key=CANARY", {"X-Key: CANARY"}};
  }
  void received(std::string& body, base::UtcNs) override { feeds::redact(body, feeds::Secret("CANARY")); }
  feeds::BudgetState budget(base::UtcNs) const override { return {.used = calls_, .perDay = 2, .spent = calls_ >= 2}; }

 private:
  std::string url_;
  std::atomic<uint32_t> calls_{0};
};

TEST(Http, AsksAsThePolicySaysAndRestsWithoutAnError) {
  std::mutex mutex;
  std::vector<std::string> requests;
  Server server([&](int, const std::string& request) {
    std::lock_guard lock(mutex);
    requests.push_back(request);
    return reply("200 OK", "", request.substr(0, request.find("\r\n")));
  });
  Sink sink;
  feeds::HttpOptions options = quick(server.url("/event/x"));
  options.policy = std::make_shared<TwoCalls>(server.url("/event/x"));
  auto transport = feeds::makeHttpTransport(options);
  transport->start(sink);
  ASSERT_TRUE(eventually([&] { return transport->status().state == feeds::LinkState::Resting; }));
  transport->stop();
  std::lock_guard lock(mutex);
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_NE(requests[1].find("GET /event/x?n=2&key=CANARY"), std::string::npos);
  EXPECT_NE(requests[1].find("X-Key: CANARY"), std::string::npos);
  EXPECT_EQ(sink.count(), 2u);
  EXPECT_EQ(sink.bodies[1].find("CANARY"), std::string::npos);  // the server repeated it
  EXPECT_EQ(sink.gaps, 0);
  EXPECT_EQ(transport->status().lastError, "");
  EXPECT_EQ(transport->status().budget->used, 2u);
}

}  // namespace
