// SPDX-License-Identifier: Apache-2.0
// TLS as it is meant: a throw-away authority made here by openssl, good and bad certificates, a real mosquitto
// with password file and client certificates, and openssl's own server for HTTPS.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/server_process.h"
#include "tests/twin/feeds/http_server.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/mqtt_publisher.h"
#include "twin/feeds/transport_http.h"
#include "twin/feeds/transport_mqtt.h"

namespace {

using namespace feeds_test;
using test_support::freePort;
constexpr const char* kBroker = "/usr/sbin/mosquitto";
constexpr const char* kOpenssl = "/usr/bin/openssl";

class Tls : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kOpenssl)) GTEST_SKIP() << kOpenssl << " is not installed";
    folder_ = std::filesystem::temp_directory_path() / ("alphacity_tls_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    authority("ca", "test authority");
    authority("other", "somebody else");
    certificate("good", "ca", "DNS:localhost,IP:127.0.0.1", 2);
    certificate("expired", "ca", "DNS:localhost,IP:127.0.0.1", -1);
    certificate("elsewhere", "ca", "DNS:elsewhere.example", 2);
    certificate("stranger", "other", "DNS:localhost,IP:127.0.0.1", 2);
    certificate("client", "ca", "DNS:twin", 2);
    port_ = freePort();
  }
  void TearDown() override {
    stop();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  std::string file(const std::string& name) const { return (folder_ / name).string(); }
  void openssl(const std::string& arguments) const {
    const std::string command = "cd " + folder_.string() + " && openssl " + arguments + " >/dev/null 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }
  void authority(const std::string& name, const std::string& subject) const {
    openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=" + subject + "' -keyout " +
            name + ".key -out " + name + ".pem");
  }
  void certificate(const std::string& name, const std::string& by, const std::string& names, int days) const {
    std::ofstream(folder_ / (name + ".ext")) << "subjectAltName=" << names << "\n";
    openssl("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=" + name + "' -keyout " + name +
            ".key -out " + name + ".csr");
    openssl("x509 -req -in " + name + ".csr -CA " + by + ".pem -CAkey " + by + ".key -CAcreateserial -days " +
            std::to_string(days) + " -extfile " + name + ".ext -out " + name + ".pem");
  }
  void spawn(const std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    child_ = fork();
    if (child_ != 0) return;
    if (!freopen("/dev/null", "r", stdin) || !freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)) _exit(126);
    execv(argv[0], argv.data());
    _exit(127);
  }
  void stop() {
    if (child_ <= 0) return;
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
    child_ = 0;
  }
  void startBroker(const std::string& certificateName, const std::string& access) {
    std::ofstream(folder_ / "mosquitto.conf") << "listener " << port_ << " 127.0.0.1\npersistence false\nuser root\ncafile "
                                              << file("ca.pem") << "\ncertfile " << file(certificateName + ".pem")
                                              << "\nkeyfile " << file(certificateName + ".key") << "\n" << access;
    spawn({kBroker, "-c", file("mosquitto.conf")});
  }
  feeds::MqttOptions mqtt() const {
    feeds::MqttOptions options;
    options.host = "localhost";
    options.port = port_;
    options.tls = true;
    options.caFile = file("ca.pem");
    options.backoffCap = 0.3;
    return options;
  }
  /// Connected, or the reason why not once it is more than "nobody is there yet".
  static std::string outcome(const feeds::Transport& transport) {
    std::string said;
    eventually([&] {
      const feeds::TransportStatus status = transport.status();
      if (status.state == feeds::LinkState::Connected) {
        said = "connected";
      } else if (status.lastError.find("efused: ") == std::string::npos &&
                 status.lastError.find("onnection refused") == std::string::npos &&
                 status.lastError.find("connect to localhost port") == std::string::npos) {
        said = status.lastError;
      } else if (status.lastError.find("certificate is refused") != std::string::npos) {
        said = status.lastError;
      }
      return !said.empty();
    });
    return said;
  }

  std::filesystem::path folder_;
  int port_ = 0;
  pid_t child_ = 0;
};

TEST_F(Tls, HttpsOnlyWithACertificateThatHolds) {
  const std::pair<const char*, const char*> kCases[] = {
      {"good", "connected"}, {"expired", "expired"}, {"elsewhere", "name"}, {"stranger", "issuer"}};
  for (const auto& [name, word] : kCases) {
    port_ = freePort();
    spawn({kOpenssl, "s_server", "-quiet", "-www", "-accept", "127.0.0.1:" + std::to_string(port_), "-cert", file(std::string(name) + ".pem"),
           "-key", file(std::string(name) + ".key")});
    Sink sink;
    feeds::HttpOptions options;
    options.url = "https://localhost:" + std::to_string(port_) + "/";
    options.caFile = file("ca.pem");
    options.authorization = "Bearer hunter2";
    options.periodSeconds = 0.2;
    options.backoffCap = 0.2;
    auto transport = feeds::makeHttpTransport(options);
    transport->start(sink);
    const std::string said = outcome(*transport);
    EXPECT_NE(said.find(word), std::string::npos) << name << ": " << said;
    if (std::string_view(word) != "connected") {
      EXPECT_NE(said.find("certificate is refused"), std::string::npos) << said;
    }
    EXPECT_EQ(sink.count() > 0, std::string_view(word) == "connected");
    transport->stop();
    stop();
  }
}

TEST_F(Tls, MqttOnlyWithACertificateThatHolds) {
  if (!std::filesystem::exists(kBroker)) GTEST_SKIP() << kBroker << " is not installed";
  for (const char* name : {"good", "expired", "elsewhere", "stranger"}) {
    port_ = freePort();
    startBroker(name, "allow_anonymous true\n");
    Sink sink;
    auto transport = feeds::makeMqttTransport(mqtt());
    transport->start(sink);
    const std::string said = outcome(*transport);
    if (std::string_view(name) == "good") {
      EXPECT_EQ(said, "connected");
    } else {
      EXPECT_NE(said.find("certificate is refused"), std::string::npos) << name << ": " << said;
      EXPECT_EQ(transport->status().connections, 0u);
    }
    transport->stop();
    stop();
  }
}

TEST_F(Tls, PasswordAndClientCertificate) {
  if (!std::filesystem::exists(kBroker) || !std::filesystem::exists("/usr/bin/mosquitto_passwd"))
    GTEST_SKIP() << "mosquitto is not installed";
  const std::string make = "mosquitto_passwd -c -b " + file("passwords") + " twin hunter2 >/dev/null 2>&1";
  ASSERT_EQ(std::system(make.c_str()), 0);
  startBroker("good", "allow_anonymous false\nrequire_certificate true\npassword_file " + file("passwords") + "\n");
  feeds::MqttOptions right = mqtt();
  right.user = "twin";
  right.password = "hunter2";
  right.certFile = file("client.pem");
  right.keyFile = file("client.key");
  Sink sink;
  auto transport = feeds::makeMqttTransport(right);
  transport->start(sink);
  ASSERT_EQ(outcome(*transport), "connected");
  feeds::MqttPublisher publisher(right);
  ASSERT_TRUE(eventually([&] { return publisher.status().state == feeds::LinkState::Connected; }));
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(publisher.publish("telemetry/car/car-1", telemetry(kNow + i)));
  EXPECT_TRUE(eventually([&] { return sink.count() == 500; })) << sink.count();
  transport->stop();

  feeds::MqttOptions wrongPassword = right;
  wrongPassword.password = "hunter3";
  feeds::MqttOptions noCertificate = right;
  noCertificate.certFile.clear();
  noCertificate.keyFile.clear();
  for (const feeds::MqttOptions& wrong : {wrongPassword, noCertificate}) {
    Sink nothing;
    auto refused = feeds::makeMqttTransport(wrong);
    refused->start(nothing);
    ASSERT_TRUE(eventually([&] { return refused->status().state == feeds::LinkState::Waiting; }));
    EXPECT_EQ(refused->status().connections, 0u);
    EXPECT_EQ(refused->status().lastError.find("hunter"), std::string::npos) << refused->status().lastError;
    refused->stop();
  }
}

}  // namespace
