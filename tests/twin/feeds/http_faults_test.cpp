// SPDX-License-Identifier: Apache-2.0
// Polling over a network that swallows everything for a while.
#include <gtest/gtest.h>

#include "tests/support/tcp_proxy.h"
#include "tests/twin/feeds/http_server.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/transport_http.h"

namespace {

using namespace feeds_test;
using feeds::LinkState;

TEST(HttpFaults, ABlackHoleIsNoticedAndHeals) {
  std::atomic<int> second{0};  // every answer is news
  Server server([&](int, const std::string&) {
    return reply("200 OK", "Content-Type: application/json\r\n", telemetry(kNow - 3600 * base::kNsPerSecond + ++second * base::kNsPerSecond));
  });
  test_support::TcpProxy line(server.port);
  feeds::HttpOptions options;
  options.url = "http://127.0.0.1:" + std::to_string(line.port()) + "/car-1";
  options.topic = "telemetry/car/car-1";
  options.periodSeconds = 0.05;
  options.timeoutSeconds = 1;
  options.backoffCap = 0.2;
  feeds::IngestOptions how = inlineOptions();
  how.runInline = false;
  feeds::Ingest ingest(std::move(how));
  ingest.add({.name = "cars"}, feeds::makeHttpTransport(options));
  ingest.start();
  const auto stats = [&] { return ingest.stats().sources[0]; };
  ASSERT_TRUE(eventually([&] { return stats().applied > 2; }));
  EXPECT_EQ(stats().link.state, LinkState::Connected);

  line.blackHole(true);
  ASSERT_TRUE(eventually([&] { return stats().gaps == 1; }));
  EXPECT_TRUE(eventually([&] { return stats().link.state == LinkState::Waiting; }));
  EXPECT_FALSE(stats().link.lastError.empty());
  EXPECT_GT(stats().link.retryAt, 0);
  const uint64_t before = stats().applied;

  line.blackHole(false);
  EXPECT_TRUE(eventually([&] { return stats().applied > before + 2; }));
  EXPECT_EQ(stats().link.state, LinkState::Connected);
  EXPECT_EQ(stats().gaps, 1u);  // one outage, one gap
  EXPECT_EQ(stats().link.connections, 2u);
  ingest.stop();
  EXPECT_TRUE(stats().balanced());
}

}  // namespace
