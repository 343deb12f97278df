// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/transport_inprocess.h"

namespace feeds {

void InprocessTransport::publish(std::string_view topic, std::string_view bytes, base::UtcNs received) {
  MessageSink* sink;
  {
    std::lock_guard lock(mutex_);
    if (!sink_) {
      ++unheard_;
      return;
    }
    sink = sink_;
    ++delivering_;
  }
  sink->deliver({.topic = topic, .bytes = bytes, .received = received});
  {
    std::lock_guard lock(mutex_);
    --delivering_;
  }
  idle_.notify_all();
}

void InprocessTransport::start(MessageSink& sink) {
  std::lock_guard lock(mutex_);
  sink_ = &sink;
  ++connections_;
}

void InprocessTransport::stop() {
  std::unique_lock lock(mutex_);
  sink_ = nullptr;
  idle_.wait(lock, [&] { return delivering_ == 0; });
}

TransportStatus InprocessTransport::status() const {
  std::lock_guard lock(mutex_);
  return {.state = sink_ ? LinkState::Connected : LinkState::Idle, .connections = connections_};
}

uint64_t InprocessTransport::unheard() const {
  std::lock_guard lock(mutex_);
  return unheard_;
}

}  // namespace feeds
