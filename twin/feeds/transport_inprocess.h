// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <mutex>

#include "twin/feeds/transport.h"

namespace feeds {

/// The feed `sim:`: simulators in this process publish the same bytes that they would send to a broker.
class InprocessTransport final : public Transport {
 public:
  /// Delivers on the caller's thread; any thread may call. Before start() and after stop() the message
  /// is dropped and counted.
  void publish(std::string_view topic, std::string_view bytes, base::UtcNs received = 0);

  void start(MessageSink& sink) override;
  void stop() override;
  TransportStatus status() const override;
  uint64_t unheard() const;

 private:
  mutable std::mutex mutex_;
  MessageSink* sink_ = nullptr;
  std::condition_variable idle_;
  int delivering_ = 0;  // publishers inside the sink, which stop() waits for
  uint64_t unheard_ = 0;
  uint64_t connections_ = 0;
};

}  // namespace feeds
