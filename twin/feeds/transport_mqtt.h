// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "twin/feeds/transport.h"

namespace feeds {

struct Broker {
  std::string host;
  int port = 1883;
};

struct MqttOptions {
  std::string host = "127.0.0.1";
  int port = 1883;
  std::vector<Broker> alternatives;  ///< further brokers of the same cluster, for when that one is away
  std::string topicFilter = "#";
  int qos = 0;            ///< 1 for feeds whose events must arrive at least once
  bool version5 = false;  ///< MQTT 5, else 3.1.1
  std::string clientId;   ///< empty: chosen by the broker (clean session)
  /// Secrets: from the environment or an owner-only file, never from argv; never logged.
  std::string user, password;
  bool tls = false;
  std::string caFile;  ///< empty: the system's certificates
  std::string certFile, keyFile;
  int keepAliveSeconds = 20;
  double backoffBase = 0.25, backoffCap = 30, backoffResetAfter = 60;  ///< seconds; full jitter
};

/// The one and the others.
std::vector<Broker> allBrokers(const MqttOptions& options);

/// A subscriber. Goes from broker to broker when there are several. One thread of its own; reconnects by itself, resolving the name anew each time.
std::unique_ptr<Transport> makeMqttTransport(MqttOptions options);

}  // namespace feeds
