// SPDX-License-Identifier: Apache-2.0
// Described feeds from file to store, and no key anywhere but in the request.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/core/time.h"
#include "twin/feeds/feed_open.h"

namespace {

using namespace feeds_test;
namespace fs = std::filesystem;

/// Answers every request with the whole request, as the rudest service would.
class Echo {
 public:
  Echo() : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    listen(fd_, 8);
    socklen_t length = sizeof address;
    getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &length);
    port = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Echo() {
    shutdown(fd_, SHUT_RDWR);
    thread_.join();
    close(fd_);
  }
  std::string heard() {
    std::lock_guard lock(mutex_);
    return heard_;
  }
  int port = 0;

 private:
  void serve() {
    for (int client; (client = accept(fd_, nullptr, nullptr)) >= 0; close(client)) {
      char buffer[4096];
      const ssize_t count = std::max<ssize_t>(0, read(client, buffer, sizeof buffer));
      std::string request(buffer, static_cast<size_t>(count));
      {
        std::lock_guard lock(mutex_);
        heard_ = request;
      }
      for (char& c : request)
        if (c == '"' || c == '\r' || c == '\n' || c == '\\') c = ' ';
      const std::string reply = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"id\":\"x\",\"echo\":\"" + request + "\"}";
      if (send(client, reply.data(), reply.size(), MSG_NOSIGNAL) < 0) continue;
    }
  }
  int fd_;
  std::mutex mutex_;
  std::string heard_;
  std::thread thread_;
};

struct Tape final : feeds::MessageTap {
  void onMessage(const feeds::RawMessage& m, const feeds::Source& s) override {
    std::lock_guard lock(mutex);
    text += m.topic + m.bytes + s.name + s.endpoint + s.standard;
  }
  std::mutex mutex;
  std::string text;
};

feeds::FeedSurroundings surroundings() {
  return {.cityOrigin = alphaFrame().origin(), .samples = ALPHACITY_SOURCE_DIR "/assets/feeds/samples", .ledger = std::make_shared<feeds::CallLedger>()};
}

TEST(FeedOpen, KeysAreInTheRequestAndNowhereElse) {
  Echo echo;
  const fs::path folder = fs::temp_directory_path() / "alphacity_canary";
  fs::create_directories(folder);
  std::ofstream(folder / "key") << "CANARY+5f/21==\n";
  chmod((folder / "key").c_str(), 0600);
  std::ofstream(folder / "map.toml") << "format = \"json\"\n[entity]\nid = \"{/id}\"\nkind = \"k\"\n[[property]]\nname = \"echo\"\npath = \"/echo\"\n";
  std::ofstream(folder / "feeds.toml") << "[[feed]]\nname = \"rude\"\nurl = \"http://127.0.0.1:" << echo.port
                                       << "/a?x=1\"\nmapping = \"map.toml\"\nperiod = 0.2\nkey_file = \"key\"\nkey_parameter = \"serviceKey\"\nquota = 2\nheaders = { X-Key = \"{key}\" }\n";
  testing::internal::CaptureStderr();
  const auto described = feeds::readFeedFiles({folder / "feeds.toml"});
  ASSERT_TRUE(described) << described.error();
  auto mappings = feeds::loadMappings(*described);
  ASSERT_TRUE(mappings) << mappings.error();
  feeds::IngestOptions options = inlineOptions();
  options.runInline = false;
  options.mappings = std::make_shared<const feeds::MappingRegistry>(*mappings);
  Tape tape;
  std::string shown;
  {
    feeds::Ingest ingest(std::move(options));
    ingest.setTap(&tape);
    auto opened = feeds::openFeed((*described)[0], *mappings, surroundings());
    ASSERT_TRUE(opened) << opened.error();
    ingest.add(std::move(opened->source), std::move(opened->transport));
    ingest.start();
    feeds::SourceStats s;
    for (int i = 0; i < 500 && s.link.state != feeds::LinkState::Resting; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      s = ingest.stats().sources[0];
    }
    EXPECT_EQ(s.link.state, feeds::LinkState::Resting);  // two calls and no more today
    ASSERT_TRUE(s.link.budget.has_value());
    EXPECT_EQ(s.link.budget->used, 2u);
    ASSERT_NE(s.lastMapped, nullptr);
    shown = s.source.name + s.source.endpoint + s.source.standard + s.link.lastError + s.lastTopic + s.lastMessage + s.lastMapped->bytes + s.lastRejectedTopic;
    EXPECT_TRUE(ingest.drain(5));
    EXPECT_TRUE(ingest.stats().sources[0].balanced());
  }
  shown += tape.text + testing::internal::GetCapturedStderr();
  EXPECT_NE(echo.heard().find("serviceKey=CANARY%2B5f%2F21%3D%3D"), std::string::npos);
  EXPECT_NE(echo.heard().find("X-Key: CANARY+5f/21=="), std::string::npos);
  EXPECT_NE(shown.find("********"), std::string::npos);  // it did come back
  EXPECT_EQ(shown.find("CANARY"), std::string::npos);
  fs::remove_all(folder);
}

TEST(FeedOpen, EverySampleReachesTheStoreAndIsMarked) {
  const auto described = feeds::readFeedFiles({ALPHACITY_SOURCE_DIR "/assets/feeds/samples.toml"});
  ASSERT_TRUE(described) << described.error();
  feeds::FeedSurroundings around = surroundings();
  around.fixedNow = [] { return kNow; };
  feeds::Ingest ingest(inlineOptions());
  for (const feeds::FeedDescription& feed : *described) {
    auto opened = feeds::openFeed(feed, {}, around);
    ASSERT_TRUE(opened) << opened.error();
    EXPECT_TRUE(opened->source.sample) << feed.name;
    EXPECT_EQ(opened->source.provenance, model::Provenance::Simulated) << feed.name;
    ingest.add(std::move(opened->source), std::move(opened->transport));
  }
  ingest.start();
  for (const feeds::SourceStats& s : ingest.stats().sources) {
    EXPECT_EQ(s.applied, 1u) << s.source.name << " " << s.lastRejectedReason;
    EXPECT_TRUE(s.balanced()) << s.source.name;
    EXPECT_GT(s.observations, 0u) << s.source.name;
    EXPECT_FALSE(s.flagged.contains("future")) << s.source.name;
  }
  EXPECT_GT(ingest.stats().entities, 15u);
}

TEST(FeedOpen, TheExampleIsReadAndAsksForItsKeys) {
  const auto described = feeds::readFeedFiles({ALPHACITY_SOURCE_DIR "/assets/feeds/example.toml"});
  ASSERT_TRUE(described) << described.error();
  EXPECT_GE(described->size(), 5u);
  setenv("HOME", "/nonexistent", 1);
  for (const feeds::FeedDescription& feed : *described) {
    const auto opened = feeds::openFeed(feed, {}, surroundings());
    ASSERT_FALSE(opened) << feed.name;
    EXPECT_NE(opened.error().find("key_"), std::string::npos) << opened.error();
    EXPECT_EQ(feeds::describeFeed(feed).endpoint.find("serviceKey"), std::string::npos);
  }
}

TEST(FeedOpen, ErrorsSayWhereAndWhatToDo) {
  const auto error = [](const std::string& line) {
    const auto feeds = feeds::parseFeedText("[[feed]]\nname = \"a\"\n" + line, "f.toml");
    if (!feeds) return feeds.error();
    const auto opened = feeds::openFeed((*feeds)[0], {}, surroundings());
    return opened ? std::string() : opened.error();
  };
  EXPECT_NE(error("url = \"https://h/x\"").find("f.toml:2: feed 'a': needs a format"), std::string::npos);
  EXPECT_NE(error("url = \"https://h/x\"\nformat = \"nothing/like/this\"").find("no decoder knows the format"), std::string::npos);
  EXPECT_NE(error("url = \"https://h/{date}\"\nformat = \"kr/kma/getVilageFcst\"").find("{date}"), std::string::npos);
  EXPECT_NE(error("url = \"https://h/{key}\"\nformat = \"kr/kma/getVilageFcst\"").find("give key_file or key_env"), std::string::npos);
}

}  // namespace
