// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>

namespace support {

/// A virtual display of its own, stopped with the object. DISPLAY names it while it lives.
class Xvfb {
 public:
  Xvfb(int width, int height);
  ~Xvfb();
  Xvfb(const Xvfb&) = delete;
  Xvfb& operator=(const Xvfb&) = delete;

  /// False when Xvfb is not installed or did not start.
  bool running() const { return !display_.empty(); }
  const std::string& display() const { return display_; }

 private:
  pid_t pid_ = -1;
  std::string display_;
  std::string before_;
  bool hadDisplay_ = false;
};

}  // namespace support
