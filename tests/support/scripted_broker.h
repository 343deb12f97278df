// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace test_support {

/// One MQTT packet: `first` is type and flags (MQTT 3.1.1, 2.2), then come the length and the body.
std::string mqttPacket(unsigned first, std::string_view body);
/// A PUBLISH at QoS 0 of MQTT 3.1.1.
std::string mqttPublish(std::string_view topic, std::string_view payload);

/// What a broker on loopback does for one client after another, byte by byte: grants each its subscription, then writes the
/// pieces of a script, each as one write after a moment's pause.
class ScriptedBroker {
 public:
  struct Script {
    std::vector<std::string> pieces;
    bool version5 = false;
    bool closeAtEnd = false;  ///< else it stays
    bool hurries = false;     ///< no pause between the pieces, and no ear for the client
    /// Answers to what the client sends after its subscription, packet by packet; empty: nothing.
    std::function<std::string(unsigned char first, std::string_view body)> answer;
  };
  explicit ScriptedBroker(Script script);
  ~ScriptedBroker();

  int port() const { return port_; }
  /// First bytes of what the client has sent since it subscribed.
  std::string heard() const;

 private:
  void run();
  void serve(int fd);
  void read(int fd, std::string& in);

  const Script script_;
  int listener_ = -1, port_ = 0;
  std::atomic<bool> stopping_{false};
  bool granted_ = false;
  mutable std::mutex mutex_;
  std::string heard_;
  std::thread thread_;
};

}  // namespace test_support
