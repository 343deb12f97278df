// SPDX-License-Identifier: Apache-2.0
// The notification endpoint: who may post what, and what the answer promises.
#include <gtest/gtest.h>
#include <arpa/inet.h>

#include <future>

#include "tests/twin/feeds/http_server.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/transport_http_in.h"

namespace {

using namespace feeds_test;

struct Picky final : feeds::MessageSink {
  void deliver(const feeds::Delivery& d) override {
    std::lock_guard lock(mutex);
    bodies.emplace_back(d.bytes);
    topic = d.topic;
  }
  bool offer(const feeds::Delivery& d) override {
    if (!accepts) return false;
    deliver(d);
    return true;
  }
  void gap(std::string_view) override {}
  size_t count() {
    std::lock_guard lock(mutex);
    return bodies.size();
  }
  std::mutex mutex;
  std::vector<std::string> bodies;
  std::string topic;
  std::atomic<bool> accepts{true};
};

class HttpIn : public testing::Test {
 protected:
  void begin(feeds::HttpInOptions options = {}) {
    std::promise<int> bound;
    options.path = "/notify";
    options.topic = "ngsi/broker";
    options.bound = [&](int number) { bound.set_value(number); };
    transport_ = feeds::makeHttpInTransport(options);
    transport_->start(sink_);
    port_ = bound.get_future().get();
  }
  int open() const {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port_));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    timeval patience{5, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return fd;
  }
  static std::string readAnswer(int fd) {
    std::string answer;
    char buffer[4096];
    while (answer.find("\r\n\r\n") == std::string::npos) {
      const ssize_t count = read(fd, buffer, sizeof buffer);
      if (count <= 0) break;
      answer.append(buffer, static_cast<size_t>(count));
    }
    return answer;
  }
  /// The status of one request.
  int ask(const std::string& head, const std::string& body = "[]") const {
    const int fd = open();
    const std::string text = head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    size_t sent = 0;
    while (sent < text.size()) {
      const ssize_t count = send(fd, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) break;
      sent += static_cast<size_t>(count);
    }
    const std::string answer = readAnswer(fd);
    close(fd);
    return answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0;
  }
  std::string head(const std::string& more = "Content-Type: application/json\r\n", const std::string& line = "POST /notify HTTP/1.1") const {
    return line + "\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n" + more;
  }

  Picky sink_;
  std::unique_ptr<feeds::Transport> transport_;
  int port_ = 0;
};

TEST_F(HttpIn, TakesJsonAndNothingElse) {
  begin();
  EXPECT_EQ(ask(head()), 204);
  EXPECT_EQ(ask(head("Content-Type: application/ld+json; charset=utf-8\r\n"), "{}"), 204);
  EXPECT_EQ(sink_.count(), 2u);
  EXPECT_EQ(sink_.topic, "ngsi/broker");
  EXPECT_EQ(ask(head("Content-Type: application/json\r\n", "GET /notify HTTP/1.1")), 405);
  EXPECT_EQ(ask(head("Content-Type: application/json\r\n", "POST /other HTTP/1.1")), 404);
  EXPECT_EQ(ask(head("Content-Type: text/plain\r\n")), 415);
  EXPECT_EQ(ask(head("")), 415);
  EXPECT_EQ(ask(head("Content-Type: application/json\r\nOrigin: https://evil.example\r\n")), 403);
  EXPECT_EQ(ask("POST /notify HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\n"), 403);
  EXPECT_EQ(ask("nonsense\r\n"), 400);
  EXPECT_EQ(sink_.count(), 2u);
  EXPECT_EQ(transport_->status().state, feeds::LinkState::Connected);
  EXPECT_GT(transport_->status().lastContact, 0);
}

TEST_F(HttpIn, PromisesOnlyWhatWasAccepted) {
  begin();
  sink_.accepts = false;
  EXPECT_EQ(ask(head()), 503);
  sink_.accepts = true;
  EXPECT_EQ(ask(head()), 204);
  EXPECT_EQ(sink_.count(), 1u);
}

TEST_F(HttpIn, BodiesAreLimited) {
  feeds::HttpInOptions options;
  options.maxBytes = 1000;
  begin(options);
  EXPECT_EQ(ask(head(), std::string(1000, ' ')), 204);
  EXPECT_EQ(ask(head(), std::string(1001, ' ')), 413);
  const int fd = open();  // chunked: no length beforehand
  const std::string chunk = "400\r\n" + std::string(0x400, ' ') + "\r\n";
  const std::string text = head() + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk;
  EXPECT_GT(send(fd, text.data(), text.size(), MSG_NOSIGNAL), 0);
  EXPECT_EQ(readAnswer(fd).substr(9, 3), "413");
  close(fd);
  EXPECT_EQ(sink_.count(), 1u);
}

TEST_F(HttpIn, TheRateIsBounded) {
  feeds::HttpInOptions options;
  options.ratePerSecond = 5;
  begin(options);
  int accepted = 0, refused = 0;
  for (int i = 0; i < 30; ++i) {
    const int status = ask(head());
    accepted += status == 204;
    refused += status == 429;
  }
  EXPECT_GE(accepted, 10);
  EXPECT_GT(refused, 5);
  EXPECT_EQ(accepted + refused, 30);
}

TEST_F(HttpIn, WhoDripsIsCutOff) {
  feeds::HttpInOptions options;
  options.timeoutSeconds = 0.3;
  begin(options);
  const int slowHead = open(), slowBody = open();
  const std::string half = head() + "Content-Length: 100\r\n\r\n[";
  EXPECT_GT(send(slowBody, half.data(), half.size(), MSG_NOSIGNAL), 0);
  const base::MonoNs begun = base::SystemClock::monoNow();
  char byte;
  for (int i = 0; i < 20; ++i) {  // a byte now and then does not buy time
    if (send(slowHead, "P", 1, MSG_NOSIGNAL) <= 0) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_LE(read(slowBody, &byte, 1), 0);
  EXPECT_LT(base::SystemClock::monoNow() - begun, 4 * base::kNsPerSecond);
  close(slowHead);
  close(slowBody);
  EXPECT_EQ(ask(head()), 204);  // and others are served
}

TEST_F(HttpIn, MayAskForASecret) {
  feeds::HttpInOptions options;
  options.authorization = "Bearer hunter2";
  begin(options);
  EXPECT_EQ(ask(head()), 401);
  EXPECT_EQ(ask(head("Content-Type: application/json\r\nAuthorization: Bearer hunter3\r\n")), 401);
  EXPECT_EQ(ask(head("Content-Type: application/json\r\nAuthorization: Bearer hunter2\r\n")), 204);
}

TEST(HttpInAddress, LoopbackUnlessToldOtherwise) {
  Picky sink;
  feeds::HttpInOptions options;
  options.host = "0.0.0.0";
  auto transport = feeds::makeHttpInTransport(options);
  transport->start(sink);
  ASSERT_TRUE(eventually([&] { return transport->status().state == feeds::LinkState::Failed; }));
  EXPECT_NE(transport->status().lastError.find("remote=yes"), std::string::npos);
  EXPECT_TRUE(feeds::isLoopback("127.0.0.1"));
  EXPECT_FALSE(feeds::isLoopback("127.0.0.1.evil.example"));
  EXPECT_FALSE(feeds::isLoopback("10.0.0.1"));
}

TEST_F(HttpIn, ANotificationReachesTheTwin) {
  feeds::IngestOptions options = inlineOptions();
  options.vocabulary = {std::shared_ptr<void>(), &vocabulary()};
  feeds::Ingest ingest(std::move(options));
  std::promise<int> bound;
  feeds::HttpInOptions in;
  in.path = "/notify";
  in.topic = "ngsi/broker";
  in.bound = [&](int number) { bound.set_value(number); };
  ingest.add({.name = "broker", .standard = "NGSI-LD"}, feeds::makeHttpInTransport(in));
  ingest.start();
  port_ = bound.get_future().get();
  EXPECT_EQ(ask(head(), R"({"id":"urn:n","type":"Notification","subscriptionId":"s","notifiedAt":"2026-11-22T09:00:00Z",
      "data":[{"id":"urn:ngsi-ld:Streetlight:1","type":"Streetlight","powerState":{"type":"Property","value":"on"},
      "location":{"type":"GeoProperty","value":{"type":"Point","coordinates":[128.69,35.83]}}}]})"), 204);
  EXPECT_EQ(ingest.stats().sources[0].applied, 1u);
  EXPECT_EQ(ask(head("Content-Type: application/json\r\n"), std::string((16u << 20) + 1, ' ')), 503);  // accepted by nobody
  EXPECT_EQ(ingest.stats().sources[0].rejected["too_large"], 1u);
  ingest.stop();
}

}  // namespace
