// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "twin/alarms/alarm_state.h"

/// The same alarm told differently: one label for the process, one for the operator, whole seconds, and
/// deadlines instead of beginnings. Shares nothing with the code under test but the names of inputs.
namespace reference {

class Model {
 public:
  Model(int64_t on, int64_t off, int64_t again, bool latched) : on_(on), off_(off), again_(again), latched_(latched) {}

  void feed(int64_t now, alarms::AlarmInput input, int64_t at) {
    if (shelf_ >= 0 && now >= shelf_) {
      shelf_ = -1;
      lifted(now);
    }
    deadlines(now);
    using I = alarms::AlarmInput;
    if (input == I::Bad) {
      if (process_ == "leaving") process_ = "standing";
      if (process_ == "calm") {
        const int64_t since = at != 0 && at < now ? at : now;
        process_ = "arriving";
        deadline_ = since + on_;
      }
    }
    if (input == I::Ok) {
      if (process_ == "arriving") process_ = "calm";
      if (process_ == "standing") {
        process_ = "leaving";
        deadline_ = now + off_;
      }
    }
    if ((input == I::NoData || input == I::Error) && process_ == "leaving") process_ = "standing";
    if (input == I::Acknowledge && open_) {
      open_ = false;
      acked_ = now;
    }
    if (input == I::Shelve && at > now) shelf_ = at;
    const bool was = hidden();
    if (input == I::Unshelve) shelf_ = -1;
    if (input == I::Suppress) suppressed_ = true;
    if (input == I::Unsuppress) suppressed_ = false;
    if (input == I::RemoveFromService) repair_ = true;
    if (input == I::PlaceInService) repair_ = false;
    if (was && !hidden()) lifted(now);
    deadlines(now);
  }

  std::string state() const {
    if (repair_) return "OutOfService";
    if (shelf_ >= 0) return "Shelved";
    if (suppressed_) return "Suppressed";
    if (process_ == "leaving") return "Recovering";
    if (process_ == "standing") return open_ ? "UnackActive" : "AckActive";
    if (open_) return "UnackCleared";
    return process_ == "arriving" ? "Pending" : "Normal";
  }
  uint64_t announcements() const { return calls_; }
  bool flashes() const { return open_ && !hidden(); }

 private:
  bool hidden() const { return repair_ || suppressed_ || shelf_ >= 0; }
  bool there() const { return process_ == "standing" || process_ == "leaving"; }
  void call(int64_t) {
    open_ = true;
    ++calls_;
  }
  void lifted(int64_t now) {
    if (!hidden() && there()) call(now);
  }
  void deadlines(int64_t now) {
    if (process_ == "arriving" && now >= deadline_) {
      process_ = "standing";
      if (!hidden()) call(now);
    }
    if (process_ == "leaving" && now >= deadline_) {
      process_ = "calm";
      if (!latched_) open_ = false;
    }
    if (again_ > 0 && there() && !open_ && !hidden() && now - acked_ >= again_) call(now);
  }

  int64_t on_, off_, again_;
  bool latched_;
  std::string process_ = "calm";
  int64_t deadline_ = 0;
  int64_t shelf_ = -1;
  bool open_ = false, suppressed_ = false, repair_ = false;
  int64_t acked_ = 0;
  uint64_t calls_ = 0;
};

}  // namespace reference
