// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "twin/feeds/transport_mqtt.h"

namespace feeds {

/// What happens on the connection in use. Called on the links' thread.
struct LinkEvents {
  std::function<void(std::string_view topic, std::string_view bytes)> onMessage;
  std::function<void()> onReady;                     ///< a connection took over; wanted topics are asked for
  std::function<void(const std::string& why)> onLost;  ///< the connection in use broke; another may follow at once
};

/// Connections to every broker of a list, of which one is in use: when it breaks, or falls silent, the next
/// one that stands takes over without a new handshake. (Brokers of a NATS cluster elect leaders for up to
/// nine seconds after a node has died, and accept no new MQTT session meanwhile.) One thread for all.
/// MQTT 3.1.1, clean sessions, QoS 0 and 1 only.
class MqttLinks {
 public:
  /// `options`: credentials, TLS and back-off; its brokers are connected to. `silenceSeconds`: the connection in
  /// use must bring something that often, as long as another one stands; 0 = never mind.
  MqttLinks(MqttOptions options, double silenceSeconds, LinkEvents events);
  ~MqttLinks();

  /// Topic filters with their QoS, all that is wanted from now on.
  void want(std::map<std::string, int> filters);
  /// At most once: dropped, and false, while there is no connection or it does not take them fast enough.
  bool publish(std::string_view topic, std::string_view bytes);
  /// At least once: kept until a broker has acknowledged it, and sent again over the next connection.
  void publishKept(std::string_view topic, std::string_view bytes);
  size_t unacknowledged() const;
  TransportStatus status() const;
  /// Host and port of the connection in use; empty when there is none.
  std::string inUse() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace feeds
