// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "tests/twin/state/state_fixture.h"

namespace state_test {

/// Three NATS servers on free loopback ports, with JetStream and MQTT; they go with the object.
class NatsCluster {
 public:
  static constexpr const char* kServer = "/usr/sbin/nats-server";
  static constexpr size_t kSize = 3;

  NatsCluster() : folder_(freshFolder("alphacity_nats_")) {
    for (size_t i = 0; i < kSize; ++i) {
      mqtt_.push_back(freePort());
      routes_[i] = freePort();
      monitor_[i] = freePort();
    }
    for (size_t i = 0; i < kSize; ++i) {
      const std::string name = "n" + std::to_string(i);
      std::ofstream conf(folder_ / (name + ".conf"));
      conf << "server_name: " << name << "\nlisten: 127.0.0.1:" << freePort() << "\nhttp: 127.0.0.1:" << monitor_[i]
           << "\njetstream { store_dir: \"" << (folder_ / name).string() << "\", max_mem: 64M, max_file: 256M }\n"
           << "mqtt { listen: \"127.0.0.1:" << mqtt_[i] << "\" }\ncluster { name: alpha, listen: 127.0.0.1:" << routes_[i]
           << ", routes: [";
      for (size_t k = 0; k < kSize; ++k) conf << (k > 0 ? ", " : " ") << "nats-route://127.0.0.1:" << routes_[k];
      conf << " ] }\n";
      servers_[i].words = {kServer, "-c", (folder_ / (name + ".conf")).string()};
      conf.close();
      servers_[i].start();
    }
  }
  ~NatsCluster() {
    for (Server& server : servers_) server.end();
    std::filesystem::remove_all(folder_);
  }

  const std::vector<int>& ports() const { return mqtt_; }
  Server& operator[](size_t i) { return servers_[i]; }
  /// Number of a server by host:port; kSize when there is none.
  size_t indexOf(const std::string& broker) const {
    size_t i = 0;
    while (i < kSize && !broker.ends_with(":" + std::to_string(mqtt_[i]))) ++i;
    return i;
  }
  /// At the start. A server that was killed may call itself unhealthy for minutes while it serves well (2.9.10: a
  /// consumer of retained messages "is not current").
  bool healthy(size_t i) const { return ask(monitor_[i], "GET /healthz HTTP/1.0\r\n\r\n").find("200 OK") != std::string::npos; }

 private:
  std::filesystem::path folder_;
  std::vector<int> mqtt_;
  std::array<int, kSize> routes_{}, monitor_{};
  std::array<Server, kSize> servers_;
};

}  // namespace state_test
