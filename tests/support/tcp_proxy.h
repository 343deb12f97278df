// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <list>
#include <string>
#include <thread>

namespace test_support {

/// A line between a client and a server on loopback that can fail as networks do.
class TcpProxy {
 public:
  explicit TcpProxy(int serverPort);
  ~TcpProxy();

  int port() const { return port_; }
  /// Nothing passes either way, nothing is closed, and who connects is not answered; what was sent meanwhile
  /// arrives when it ends, as TCP sends again.
  void blackHole(bool on) { hole_ = on; }
  /// Breaks every connection, as a router that was restarted.
  void drop() { dropping_ = true; }
  /// Everything arrives that much later.
  void delay(double seconds) { delay_ = seconds; }

 private:
  struct Piece {
    std::string bytes;
    double due = 0;  // steady clock, seconds
  };
  struct Way {
    std::list<Piece> pieces;
    bool ended = false;  // the sender closed
  };
  struct Pair {
    int client = -1, server = -1;
    Way up, down;
  };
  void run();
  void accept();
  bool pass(int from, int to, Way& way) const;

  int serverPort_, port_ = 0, listener_ = -1;
  std::list<Pair> pairs_;
  std::atomic<bool> stopping_{false}, hole_{false}, dropping_{false};
  std::atomic<double> delay_{0};
  std::thread thread_;
};

}  // namespace test_support
