// SPDX-License-Identifier: Apache-2.0
#include "engine/base/clock.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace base {

UtcNs SystemClock::utcNow() {
  using namespace std::chrono;
  return duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
}

MonoNs SystemClock::monoNow() {
  using namespace std::chrono;
  return duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count();
}

int64_t SystemClock::threadNow() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<int64_t>(now.tv_sec) * kNsPerSecond + now.tv_nsec;
}

Tick SystemClock::tick() {
  Tick now{.utc = utcNow(), .mono = monoNow(), .deltaSeconds = 0, .frame = last_.mono == 0 ? 0 : last_.frame + 1};
  if (last_.mono != 0) now.deltaSeconds = static_cast<double>(now.mono - last_.mono) * 1e-9;
  last_ = now;
  return now;
}

Tick FixedStepClock::tick() {
  const int64_t elapsed = step_ * static_cast<int64_t>(frame_);
  Tick now{.utc = start_ + elapsed, .mono = elapsed,
           .deltaSeconds = frame_ == 0 ? 0.0 : static_cast<double>(step_) * 1e-9, .frame = frame_};
  ++frame_;
  return now;
}

Tick ReplayClock::tick() {
  const MonoNs mono = SystemClock::monoNow();
  const double real = lastMono_ == 0 ? 0.0 : static_cast<double>(mono - lastMono_) * 1e-9;
  const double delta = real * speed_;
  lastMono_ = mono;
  shown_ += static_cast<int64_t>(delta * 1e9);
  return {.utc = shown_, .mono = mono, .deltaSeconds = std::max(0.0, delta), .frame = frame_++};
}

}  // namespace base
