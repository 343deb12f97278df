// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "twin/feeds/mqtt_links.h"
#include "twin/feeds/transport.h"
#include "twin/feeds/transport_mqtt.h"

namespace feeds {

/// A rectangle of the city frame, metres.
struct GroundBox {
  double minX = 0, minY = 0, maxX = 0, maxY = 0;
};

/// Follows the state frames of another machine (state_frame.h): `--feed state:mqtt://host:1883/prefix`.
/// The options' topic filter is the prefix. With several brokers it stands by on all of them.
class StateTransport final : public Transport {
 public:
  explicit StateTransport(MqttOptions options, double tileMetres = 500);
  ~StateTransport() override;

  void start(MessageSink& sink) override;
  void stop() override;
  TransportStatus status() const override;

  /// The ground that is seen. Tiles in it and one beyond are followed; above 48 of them, and before the
  /// first call, all. Cheap; any thread.
  void see(const GroundBox& ground);
  /// Time of the newest frame, by the clock of the machine that wrote it; 0 = none yet.
  base::UtcNs lastFrame() const;
  /// Of the frames; none before start().
  LinksView links() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace feeds
