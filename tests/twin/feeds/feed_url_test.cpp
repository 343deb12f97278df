// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/feed_url.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "twin/feeds/backoff.h"
#include "twin/feeds/feed_options.h"

namespace {

using Kind = feeds::FeedUrl::Kind;

TEST(FeedUrl, KnowsEveryKind) {
  EXPECT_EQ(feeds::parseFeedUrl("sim:")->kind, Kind::Sim);
  const auto mqtt = feeds::parseFeedUrl("mqtt://127.0.0.1:1884/telemetry/+/#");
  ASSERT_TRUE(mqtt.ok()) << mqtt.error();
  EXPECT_EQ(mqtt->kind, Kind::Mqtt);
  EXPECT_EQ(mqtt->host, "127.0.0.1");
  EXPECT_EQ(mqtt->port, 1884);
  EXPECT_EQ(mqtt->path, "telemetry/+/#");
  EXPECT_EQ(feeds::parseFeedUrl("mqtt://broker")->path, "#");
  EXPECT_EQ(feeds::parseFeedUrl("mqtt://broker/")->port, 1883);
  EXPECT_EQ(feeds::parseFeedUrl("mqtts://broker")->port, 8883);
  EXPECT_EQ(feeds::parseFeedUrl("mqtt://[::1]:1885/a")->host, "::1");
  EXPECT_EQ(feeds::parseFeedUrl("file:day.log")->path, "day.log");
  EXPECT_EQ(feeds::parseFeedUrl("file:///tmp/day.log")->path, "/tmp/day.log");
  const auto http =
      feeds::parseFeedUrl("https://host/vp.pb?key=1#topic=gtfs-rt/bus/vehicle_positions&period=30");
  ASSERT_TRUE(http.ok()) << http.error();
  EXPECT_EQ(http->path, "https://host/vp.pb?key=1");
  EXPECT_EQ(http->topic, "gtfs-rt/bus/vehicle_positions");
  EXPECT_EQ(http->periodSeconds, 30);
}

TEST(FeedUrl, SaysWhatIsWrong) {
  for (const char* text :
       {"", "day.log", "ftp://host/x", "mqtt://", "mqtt://host:0", "mqtt://host:99999", "mqtt://host:x",
        "mqtt://host/a#", "mqtt://host/#/a", "mqtt://host/a+/b", "file:", "http://", "mqtt://[::1",
        "https://host/#period=0", "https://host/#period=x", "https://host/#color=red"}) {
    const auto url = feeds::parseFeedUrl(text);
    ASSERT_FALSE(url.ok()) << text;
    EXPECT_NE(url.error().find("mqtt://127.0.0.1:1883/#"), std::string::npos)
        << url.error();  // an example helps
  }
}

TEST(FeedUrl, RefusesSecretsWithoutRepeatingThem) {
  for (const char* text : {"mqtt://user:hunter2@host/#", "https://user:hunter2@host/x"}) {
    const auto url = feeds::parseFeedUrl(text);
    ASSERT_FALSE(url.ok());
    EXPECT_EQ(url.error().find("hunter2"), std::string::npos);
    EXPECT_NE(url.error().find("ALPHACITY_MQTT_PASSWORD"), std::string::npos);
  }
  const auto keyed = feeds::parseFeedUrl("https://host/x?serviceKey=hunter2");
  EXPECT_EQ(feeds::describeSource(*keyed).endpoint.find("hunter2"), std::string::npos);
  EXPECT_EQ(feeds::describeSource(*keyed).name.find("hunter2"), std::string::npos);
  EXPECT_EQ(feeds::describeSource(*feeds::parseFeedUrl("http://h/v1.1#format=sensorthings&name=frost")).name, "frost");
}

TEST(FeedOptions, PasswordFileMustBePrivate) {
  const auto path = std::filesystem::temp_directory_path() / "alphacity_secret_test";
  std::ofstream(path) << "hunter2\n";
  setenv("ALPHACITY_MQTT_PASSWORD_FILE", path.c_str(), 1);
  std::filesystem::permissions(path, std::filesystem::perms(0644));
  const auto url = *feeds::parseFeedUrl("mqtt://host");
  const auto open = feeds::mqttOptions(url);
  ASSERT_FALSE(open.ok());
  EXPECT_NE(open.error().find("chmod 600"), std::string::npos);
  std::filesystem::permissions(path, std::filesystem::perms(0600));
  const auto secret = feeds::mqttOptions(url);
  ASSERT_TRUE(secret.ok());
  EXPECT_EQ(secret->password, "hunter2");
  unsetenv("ALPHACITY_MQTT_PASSWORD_FILE");
  std::filesystem::remove(path);
}

TEST(FeedOptions, EventsOfABrokerComeAtLeastOnce) {
  const auto options = feeds::mqttOptions(*feeds::parseFeedUrl("mqtt://host/event/#"));
  ASSERT_TRUE(options.ok());
  EXPECT_EQ(options->qos, 1);
}

TEST(Backoff, GrowsWithFullJitterToItsCap) {
  feeds::Backoff backoff(0.25, 30, 42);
  double longest = 0;
  for (int i = 0; i < 200; ++i) {
    const double wait = backoff.next();
    EXPECT_GE(wait, 0);
    EXPECT_LE(wait, std::min(30.0, 0.25 * std::exp2(i)));
    longest = std::max(longest, wait);
  }
  EXPECT_GT(longest, 20);
  backoff.reset();
  EXPECT_LE(backoff.next(), 0.25);
}

TEST(FeedUrl, ServicesAndNotificationEndpoints) {
  const auto ngsi = feeds::parseFeedUrl("https://broker/ngsi-ld/v1/entities?type=X#format=ngsi&name=daegu&period=30");
  ASSERT_TRUE(ngsi.ok()) << ngsi.error();
  EXPECT_EQ(ngsi->format, "ngsi");
  const auto options = feeds::httpOptions(*ngsi);
  ASSERT_TRUE(options.ok());
  EXPECT_EQ(options->plan.requests.at(0).topic, "ngsi/daegu");
  EXPECT_EQ(options->plan.requests.at(0).url, "https://broker/ngsi-ld/v1/entities?type=X&limit=1000");
  const auto in = feeds::parseFeedUrl("http-in://127.0.0.1:8090/notify#format=ngsi");
  ASSERT_TRUE(in.ok()) << in.error();
  EXPECT_EQ(in->kind, feeds::FeedUrl::Kind::HttpIn);
  EXPECT_EQ(in->port, 8090);
  EXPECT_EQ(in->path, "/notify");
  EXPECT_EQ(in->topic, "ngsi/notified");
  EXPECT_FALSE(in->remote);
  EXPECT_FALSE(feeds::parseFeedUrl("http-in://127.0.0.1/notify#format=ngsi").ok());
  EXPECT_FALSE(feeds::parseFeedUrl("http-in://127.0.0.1:8090/notify").ok());
  EXPECT_FALSE(feeds::parseFeedUrl("https://h/x#format=soap").ok());
  EXPECT_FALSE(feeds::parseFeedUrl("https://h/x#remote=yes").ok());
  EXPECT_FALSE(feeds::parseFeedUrl("https://h/x#name=a/b").ok());
}

}  // namespace
