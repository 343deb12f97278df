// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "twin/feeds/request_policy.h"
#include "twin/feeds/source.h"

namespace feeds {

struct Keyframe;

enum class LinkState : uint8_t {
  Idle,  ///< not started, or at the end of what it plays
  Connecting,
  Connected,
  Waiting,  ///< will try again at `retryAt`
  Resting,  ///< does not ask before `retryAt`: off hours, or the day's calls are spent (see `budget`)
  Failed    ///< gave up: needs the operator (wrong password, missing file)
};

struct TransportStatus {
  LinkState state = LinkState::Idle;
  base::MonoNs retryAt = 0;  ///< steady clock, when state is Waiting or Resting
  std::string lastError;     ///< why it is or was down; empty when never
  base::UtcNs lastContact = 0;  ///< wall clock when the other side last answered, with news or without; 0 = unknown
  base::UtcNs nextContact = 0;  ///< wall clock before which no word is due: a poll pauses until then; 0 = it may speak at any time
  std::optional<BudgetState> budget;  ///< of a service with limits
  uint64_t connections = 0;  ///< times a connection was made; more than one means it was lost between
};

/// One message on its way in. The views need to live only during deliver().
struct Delivery {
  std::string_view topic;
  std::string_view bytes;
  base::UtcNs received = 0;  ///< wall clock at arrival; 0: the sink reads the clock itself
  int64_t shift = 0;         ///< nanoseconds added to event times after decoding (a re-stamped recording)
  const Source* recordedFrom = nullptr;  ///< the source that first received it; null: the transport's own
};

/// Takes what a transport receives. Called from the transport's own thread; may block it for a moment
/// when the queue is full of messages that must not be lost.
class MessageSink {
 public:
  virtual ~MessageSink() = default;
  virtual void deliver(const Delivery& message) = 0;
  /// As deliver(); false when the message was refused at once (no decoder, too large, overload), so that
  /// whoever sent it can be told.
  virtual bool offer(const Delivery& message) {
    deliver(message);
    return true;
  }
  /// Says that messages may have been lost here (a broken connection, a torn recording).
  virtual void gap(std::string_view why) = 0;
  /// Puts the whole path into a state; messages delivered after it continue from there. Waits until what
  /// was delivered before is done with. For a player that seeks: it is then the only source.
  virtual void restore(const Keyframe&) {}
};

/// Brings bytes from somewhere. start() and stop() return at once or after joining the thread; no
/// method ever waits for the network on the caller's thread.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual void start(MessageSink& sink) = 0;
  /// After stop() the sink is not called any more.
  virtual void stop() = 0;
  virtual TransportStatus status() const = 0;
};

}  // namespace feeds
