// SPDX-License-Identifier: Apache-2.0
// Internal: what subscriber and publisher share of libmosquitto.
#pragma once

#include <mosquitto.h>

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "twin/feeds/transport_mqtt.h"

namespace feeds::mqtt {

struct Destroy {
  void operator()(::mosquitto* client) const { mosquitto_destroy(client); }
};
using Client = std::unique_ptr<::mosquitto, Destroy>;

/// A client with protocol version, TCP_NODELAY, credentials and TLS set, not connected. `user` is what
/// callbacks get. The error never contains a secret.
base::Result<Client> makeClient(const MqttOptions& options, void* user);

}  // namespace feeds::mqtt
