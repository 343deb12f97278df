// SPDX-License-Identifier: Apache-2.0
// Lists in many pages, discovery, secrets that stay at home, bombs.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <zlib.h>

#include <map>
#include <set>

#include "tests/support/sanitized.h"
#include "tests/twin/feeds/http_server.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/transport_http.h"

namespace {

using namespace feeds_test;

feeds::HttpOptions planned(const Server& server, const std::string& format, const std::string& path) {
  feeds::HttpOptions options;
  options.url = server.url(path);
  options.periodSeconds = 0.05;
  options.backoffCap = 0.05;
  options.plan = *feeds::makePollPlan(format, options.url, "x", 0.05);
  return options;
}

std::string pathOf(const std::string& request) {
  const size_t from = request.find(' ') + 1;
  return request.substr(from, request.find(' ', from) - from);
}

std::set<std::string> seenBodies(Sink& sink) {
  std::lock_guard lock(sink.mutex);
  return {sink.bodies.begin(), sink.bodies.end()};
}

TEST(Poll, SensorThingsPagesAreFollowedToTheEnd) {
  Server* self = nullptr;
  Server server([&](int, const std::string& request) {
    const std::string path = pathOf(request);
    if (path.starts_with("/v1.1/Datastreams")) return reply("200 OK", "Content-Type: application/json\r\n", R"({"value":[]})");
    const size_t at = path.find("skip=");
    const int page = at == std::string::npos ? 0 : std::stoi(path.substr(at + 5));
    std::string next;
    // Relative, absolute and with another path: all are legal.
    if (page == 0) next = R"(,"@iot.nextLink":"Things?$skip=1")";
    if (page == 1) next = R"(,"@iot.nextLink":")" + self->url("/v1.1/Things?$skip=2") + "\"";
    return reply("200 OK", "Content-Type: application/json\r\n", R"({"value":[],"page":)" + std::to_string(page) + next + "}");
  });
  self = &server;
  Sink sink;
  auto transport = feeds::makeHttpTransport(planned(server, "sensorthings", "/v1.1"));
  transport->start(sink);
  ASSERT_TRUE(eventually([&] { return seenBodies(sink).size() >= 4; }));
  transport->stop();
  std::lock_guard lock(sink.mutex);
  EXPECT_EQ(std::count(sink.topics.begin(), sink.topics.end(), "sensorthings/x/Things"), 3);
  EXPECT_EQ(std::count(sink.topics.begin(), sink.topics.end(), "sensorthings/x/Datastreams"), 1);
}

TEST(Poll, EndlessPagesEndWithAPlainWord) {
  std::atomic<bool> circle{true};
  std::atomic<int> pages{0};
  Server server([&](int, const std::string&) {
    const std::string next = circle ? "Things?a" : "Things?n=" + std::to_string(++pages);
    return reply("200 OK", "", R"({"value":[],"@iot.nextLink":")" + next + "\"}");
  });
  for (const bool inCircle : {true, false}) {
    circle = inCircle;
    Sink sink;
    feeds::HttpOptions options = planned(server, "sensorthings", "/v1.1/Things?$top=1");
    auto transport = feeds::makeHttpTransport(options);
    transport->start(sink);
    ASSERT_TRUE(eventually([&] { return transport->status().state == feeds::LinkState::Waiting; }));
    transport->stop();
    EXPECT_NE(transport->status().lastError.find(inCircle ? "circle" : "100 pages"), std::string::npos)
        << transport->status().lastError;
  }
}

TEST(Poll, NgsiByLinkHeaderOrByCount) {
  std::set<std::string> asked;
  std::mutex mutex;
  std::atomic<bool> byLink{false};
  Server server([&](int, const std::string& request) {
    const std::string path = pathOf(request);
    std::lock_guard lock(mutex);
    asked.insert(path);
    const std::string body = R"([{"id":")" + std::to_string(asked.size()) + R"(","type":"X"}])";
    if (byLink) {
      const bool first = path.find("offset=") == std::string::npos;
      return reply("200 OK", first ? "Link: </e?limit=1&offset=1>; rel=\"next\"\r\n" : "Link: </e?limit=1>; rel=\"prev\"\r\n", body);
    }
    return reply("200 OK", "NGSILD-Results-Count: 3\r\n", body);
  });
  for (const bool link : {false, true}) {
    byLink = link;
    {
      std::lock_guard lock(mutex);
      asked.clear();
    }
    Sink sink;
    auto transport = feeds::makeHttpTransport(planned(server, "ngsi", "/e?limit=1"));
    transport->start(sink);
    ASSERT_TRUE(eventually([&] {
      std::lock_guard lock(mutex);
      return asked.size() == (link ? 2u : 3u);
    }));
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    transport->stop();
    std::lock_guard lock(mutex);
    EXPECT_EQ(asked.size(), link ? 2u : 3u) << testing::PrintToString(asked);
    EXPECT_TRUE(asked.contains(link ? "/e?limit=1&offset=1" : "/e?limit=1&offset=2"));
    EXPECT_EQ(sink.topics[0], "ngsi/x");
  }
}

TEST(Poll, GbfsFilesAreDiscoveredAndTtlIsHonoured) {
  std::map<std::string, int> asked;
  std::mutex mutex;
  Server* self = nullptr;
  Server server([&](int, const std::string& request) {
    const std::string path = pathOf(request);
    std::lock_guard lock(mutex);
    ++asked[path];
    if (path == "/gbfs.json")
      return reply("200 OK", "", R"({"last_updated":1,"ttl":0,"data":{"en":{"feeds":[{"name":"station_status","url":")" + self->url("/s") +
                                     R"("},{"name":"free_bike_status","url":"/b"},{"name":"geofencing_zones","url":"/z"}]}}})");
    return reply("200 OK", "", path == "/s" ? R"({"last_updated":2,"ttl":60,"data":{"stations":[]}})" : R"({"last_updated":3,"ttl":0,"data":{"bikes":[]}})");
  });
  self = &server;
  Sink sink;
  auto transport = feeds::makeHttpTransport(planned(server, "gbfs", "/gbfs.json"));
  transport->start(sink);
  ASSERT_TRUE(eventually([&] {
    std::lock_guard lock(mutex);
    return asked["/b"] >= 4;
  }));
  transport->stop();
  EXPECT_EQ(asked["/s"], 1);  // its ttl is a minute
  EXPECT_EQ(asked["/gbfs.json"], 1);
  EXPECT_EQ(asked["/z"], 0);
  EXPECT_TRUE(std::find(sink.topics.begin(), sink.topics.end(), "gbfs/x/free_bike_status") != sink.topics.end());
}

TEST(Poll, SaysWhenAWordIsDue) {
  std::atomic<bool> well{true};
  Server server([&](int, const std::string&) {
    return well ? reply("200 OK", "", R"({"version":"2.0.0","ttl":300,"vehicles":[]})") : reply("500 Gone", "", "");
  });
  Sink sink;
  auto transport = feeds::makeHttpTransport(planned(server, "mds", "/vehicles"));
  transport->start(sink);
  ASSERT_TRUE(eventually([&] { return transport->status().state == feeds::LinkState::Connected; }));
  const feeds::TransportStatus up = transport->status();
  const double wait = static_cast<double>(up.nextContact - up.lastContact) * 1e-9;
  EXPECT_GT(wait, 0.2);  // its ttl, not the period
  EXPECT_LT(wait, 0.4);
  well = false;
  ASSERT_TRUE(eventually([&] { return transport->status().state == feeds::LinkState::Waiting; }));
  EXPECT_EQ(transport->status().nextContact, 0);  // it is overdue, however long the pause between two tries
  transport->stop();
}

TEST(Poll, EachUrlHasItsOwnValidators) {
  std::atomic<int> conditional{0};
  Server server([&](int, const std::string& request) {
    const std::string path = pathOf(request);
    const std::string tag = path.find("Things") != std::string::npos ? "\"t\"" : "\"d\"";
    if (request.find("If-None-Match: " + tag) != std::string::npos) {
      ++conditional;
      return reply("304 Not Modified", "", "");
    }
    EXPECT_EQ(request.find("If-None-Match"), std::string::npos) << request;
    return reply("200 OK", "ETag: " + tag + "\r\n", R"({"value":[],"of":)" + tag + "}");
  });
  Sink sink;
  feeds::HttpOptions options = planned(server, "sensorthings", "/v1.1");
  for (feeds::PollRequest& request : options.plan.requests) request.periodSeconds = 0.02;
  auto transport = feeds::makeHttpTransport(options);
  transport->start(sink);
  ASSERT_TRUE(eventually([&] { return conditional >= 6; }));
  EXPECT_GT(transport->status().lastContact, 0);
  transport->stop();
  EXPECT_EQ(sink.count(), 2u);
}

TEST(Poll, SecretsStayAtHome) {
  std::mutex mutex;
  std::string elsewhere, home;
  Server other([&](int, const std::string& request) {
    std::lock_guard lock(mutex);
    elsewhere += request;
    return reply("200 OK", "", R"({"value":[]})");
  });
  std::atomic<bool> redirect{true};
  Server server([&](int, const std::string& request) {
    std::lock_guard lock(mutex);
    home += request;
    if (redirect) return reply("302 Found", "Location: " + other.url("/taken") + "\r\n", "");
    return reply("200 OK", "", R"({"value":[],"@iot.nextLink":")" + other.url("/next") + "\"}");
  });
  for (const bool byRedirect : {true, false}) {
    redirect = byRedirect;
    {
      std::lock_guard lock(mutex);
      elsewhere.clear();
    }
    Sink sink;
    feeds::HttpOptions options = planned(server, "sensorthings", "/Things?x");
    options.authorization = "Bearer hunter2";
    options.headers = {{"X-Api-Key", "hunter3"}};
    auto transport = feeds::makeHttpTransport(options);
    transport->start(sink);
    ASSERT_TRUE(eventually([&] {
      std::lock_guard lock(mutex);
      return !elsewhere.empty();
    }));
    transport->stop();
    std::lock_guard lock(mutex);
    EXPECT_NE(elsewhere.find(byRedirect ? "/taken" : "/next"), std::string::npos);
    EXPECT_EQ(elsewhere.find("hunter"), std::string::npos) << elsewhere;
    EXPECT_NE(home.find("Authorization: Bearer hunter2"), std::string::npos);
    EXPECT_NE(home.find("X-Api-Key: hunter3"), std::string::npos);
  }
}

std::string gzip(const std::string& block, int times) {
  z_stream z{};
  deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string out;
  char buffer[1 << 16];
  for (int i = 0; i <= times; ++i) {
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(block.data()));
    z.avail_in = i < times ? static_cast<uInt>(block.size()) : 0;
    int rc;
    do {
      z.next_out = reinterpret_cast<Bytef*>(buffer);
      z.avail_out = sizeof buffer;
      rc = deflate(&z, i < times ? Z_NO_FLUSH : Z_FINISH);
      out.append(buffer, sizeof buffer - z.avail_out);
    } while (z.avail_out == 0 && rc != Z_STREAM_END);
  }
  deflateEnd(&z);
  return out;
}

/// Of this process: what a busy machine does besides is not our slowness.
double cpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

long peakKiB() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(Poll, BombsAreRefusedQuicklyAndInLittleMemory) {
  if (test_support::kSanitized) GTEST_SKIP() << "time and memory are those of the plain build";
  // 256 MiB of zeros in about 260 kB.
  const std::string bomb = gzip(std::string(1 << 20, '\0'), 256);
  std::string endless;  // chunked, would go on for 96 MiB
  for (int i = 0; i < 32; ++i) endless += "100000\r\n" + std::string(1 << 20, ' ') + "\r\n";
  const std::pair<std::string, const char*> kCases[] = {
      {reply("200 OK", "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(bomb.size()) + "\r\n", bomb), "inflates"},
      {reply("200 OK", "Transfer-Encoding: chunked\r\n", endless + endless + endless), "larger"}};
  for (const auto& [answer, word] : kCases) {
    Server server([&answer](int, const std::string&) { return answer; });
    Sink sink;
    feeds::HttpOptions options;
    options.url = server.url("/");
    const long before = peakKiB();
    const double begun = cpuSeconds();
    auto transport = feeds::makeHttpTransport(options);
    transport->start(sink);
    ASSERT_TRUE(eventually([&] { return transport->status().state == feeds::LinkState::Waiting; }));
    const double seconds = cpuSeconds() - begun;
    transport->stop();
    EXPECT_NE(transport->status().lastError.find(word), std::string::npos) << transport->status().lastError;
    EXPECT_LT(seconds, 1.0);
    EXPECT_LT(peakKiB() - before, 256 * 1024);
    EXPECT_EQ(sink.count(), 0u);
    RecordProperty(word, std::to_string(seconds));
  }
}

TEST(PollPlan, UrlsResolveAndOriginsCompare) {
  EXPECT_EQ(feeds::resolveUrl("http://h/a/b?c", "d?e"), "http://h/a/d?e");
  EXPECT_EQ(feeds::resolveUrl("http://h/a", "https://x:8443/y"), "https://x:8443/y");
  EXPECT_EQ(feeds::resolveUrl("http://h/a", "file:///etc/passwd"), "");
  EXPECT_EQ(feeds::resolveUrl("http://h/a", "ftp://h/a"), "");
  EXPECT_EQ(feeds::resolveUrl("http://h/a", "http://user:pw@h/b"), "http://h/b");
  EXPECT_EQ(feeds::originOf("HTTPS://Host/a"), "https://host:443");
  EXPECT_NE(feeds::originOf("http://host/a"), feeds::originOf("https://host/a"));
  EXPECT_FALSE(feeds::makePollPlan("nonsense", "http://h", "n", 1).ok());
}

}  // namespace
