// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "twin/feeds/transport_mqtt.h"

namespace feeds {

/// Sends messages to a broker; for feed_sim, which plays the city's devices from another process.
class MqttPublisher {
 public:
  explicit MqttPublisher(MqttOptions options);
  ~MqttPublisher();
  /// Queues one message; false while there is no connection (the message is not kept).
  bool publish(std::string_view topic, std::string_view bytes, int qos = 0, bool retain = false);
  TransportStatus status() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace feeds
