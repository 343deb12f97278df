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

/// How a connection that still stands is found to be dead: a machine without power closes nothing.
struct LinkWatch {
  double silenceSeconds = 0;  ///< longer than between two messages; 0: only the socket and the keep-alive tell
  /// The connection in use is dead when nothing comes back of what it sends (something of it must be wanted).
  /// Otherwise when another one hears what it does not.
  bool echo = false;
};

/// Which connections there are now, as host:port; empty = none.
struct LinksView {
  std::string inUse;
  std::string standby;  ///< takes over when that breaks, and has heard something already
  size_t standing = 0;  ///< of the whole list
};

/// Connections to every broker of a list. One is in use; a second listens already, its messages unread, and
/// takes over when the first breaks or is found dead; the others stand. (Brokers of a NATS cluster elect leaders
/// for up to nine seconds after a node has died, and take no new MQTT session or subscription meanwhile.)
/// One thread for all. MQTT 3.1.1, clean sessions, QoS 0 and 1 only.
class MqttLinks {
 public:
  /// `options`: credentials, TLS and back-off; its brokers are connected to.
  MqttLinks(MqttOptions options, LinkWatch watch, LinkEvents events);
  ~MqttLinks();
  /// After it nothing is called any more.
  void stop();

  /// Topic filters with their QoS, all that is wanted from now on; those of QoS 1 by the connection in use alone.
  void want(std::map<std::string, int> filters);
  /// At most once: dropped, and false, while there is no connection or it does not take them fast enough.
  bool publish(std::string_view topic, std::string_view bytes);
  /// At least once: kept until a broker has acknowledged it, and sent again over the next connection.
  void publishKept(std::string_view topic, std::string_view bytes);
  size_t unacknowledged() const;
  TransportStatus status() const;
  LinksView view() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace feeds
