// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/server_process.h"

namespace test_support {

/// A mosquitto on a free loopback port that takes everybody and keeps nothing. Goes with the object.
class Mosquitto {
 public:
  static constexpr const char* kProgram = "/usr/sbin/mosquitto";
  static bool available() { return std::filesystem::exists(kProgram); }

  Mosquitto() : port_(freePort()) {
    static int count = 0;
    config_ = std::filesystem::temp_directory_path() /
              ("alphacity_mosquitto_" + std::to_string(getpid()) + "_" + std::to_string(++count));
    std::ofstream(config_) << "listener " << port_ << " 127.0.0.1\nallow_anonymous true\npersistence false\nuser root\n"
                           << "max_queued_messages 100000\nset_tcp_nodelay true\n";
    server_.words = {kProgram, "-c", config_.string()};
    start();
  }
  ~Mosquitto() {
    kill();
    std::filesystem::remove(config_);
  }
  void start() {  ///< again, after kill(); takes connections when it returns
    server_.start();
    EXPECT_TRUE(eventually([this] { return takesConnections(port_); }, 20));
  }
  void kill() { server_.end(); }     ///< SIGKILL
  int port() const { return port_; }

 private:
  int port_;
  std::filesystem::path config_;
  Server server_;
};

}  // namespace test_support
