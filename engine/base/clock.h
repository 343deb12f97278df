// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace base {

/// Nanoseconds since 1970-01-01T00:00:00Z, without leap seconds. A label for events, not a stopwatch.
using UtcNs = int64_t;
/// Nanoseconds of a steady clock with an unknown start. For ages, timers and frame times.
using MonoNs = int64_t;

constexpr int64_t kNsPerMs = 1'000'000;
constexpr int64_t kNsPerSecond = 1'000'000'000;

/// One reading of a clock, handed down as an argument; modules never ask for the time themselves.
struct Tick {
  UtcNs utc = 0;        ///< the moment that is shown: live, replayed or fixed
  MonoNs mono = 0;      ///< of the machine; equals a fixed step count on a fixed clock
  double deltaSeconds = 0;  ///< shown time since the tick before, never negative
  uint64_t frame = 0;
};

/// The only source of "now".
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Tick tick() = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  Tick tick() override;
  static UtcNs utcNow();
  static MonoNs monoNow();
  /// Processor time that the calling thread has used, ns. What other work took from it does not count.
  static int64_t threadNow();

 private:
  Tick last_;
};

/// Starts at a given moment and steps by a fixed amount: same run, same picture.
class FixedStepClock final : public Clock {
 public:
  FixedStepClock(UtcNs start, int64_t stepNs) : start_(start), step_(stepNs) {}
  Tick tick() override;

 private:
  UtcNs start_;
  int64_t step_;
  uint64_t frame_ = 0;
};

/// Runs from a given moment at a speed that may change, stop or jump: pause and replay.
class ReplayClock final : public Clock {
 public:
  ReplayClock(UtcNs start, double speed) : shown_(start), speed_(speed) {}
  Tick tick() override;
  void setSpeed(double speed) { speed_ = speed; }
  void jumpTo(UtcNs utc) { shown_ = utc; }
  double speed() const { return speed_; }

 private:
  UtcNs shown_;
  double speed_;
  MonoNs lastMono_ = 0;
  uint64_t frame_ = 0;
};

}  // namespace base
