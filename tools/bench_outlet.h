// SPDX-License-Identifier: Apache-2.0
// Where the messages of bench_publish go.
#pragma once

#include <memory>
#include <string>

namespace bench {

/// Takes messages at QoS 0, and events at QoS 1 over a connection of their own: acknowledgements of one name no message
/// of the other.
class Outlet {
 public:
  virtual ~Outlet() = default;
  /// Empty, or what is wrong and what to do.
  virtual std::string connect() = 0;
  virtual void message(const std::string& topic, const std::string& bytes) = 0;
  virtual void event(const std::string& topic, const std::string& bytes) = 0;
  /// Messages wait in this process: the other side does not take them as fast as they are given.
  virtual bool congested() const = 0;
  virtual bool emptied() const = 0;  ///< nothing waits in this process
  virtual long acknowledged() const = 0;  ///< events
  /// Writes and reads what can be, and waits for so long at most when there is nothing.
  virtual void serve(int milliseconds) = 0;
};

/// A broker on 127.0.0.1.
std::unique_ptr<Outlet> toBroker(int port);

/// The program itself: listens on 127.0.0.1 like a broker (MQTT 3.1.1), and sends messages to whoever has subscribed to
/// telemetry/#, events to whoever has to event/#. Nothing is between, so that the machine is the program's alone.
std::unique_ptr<Outlet> toSubscribers(int port);

}  // namespace bench
