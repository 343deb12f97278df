// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace gpu {

/// What the validation layers said. Each distinct message is logged once; all are counted.
class ValidationLog {
 public:
  void add(const std::string& id, const std::string& text);
  /// Messages since the start, repeats included.
  uint64_t count() const;
  /// The distinct messages, in order of appearance.
  std::vector<std::string> messages() const;

 private:
  mutable std::mutex mutex_;
  uint64_t count_ = 0;
  std::vector<std::string> ids_;
  std::vector<std::string> messages_;
};

}  // namespace gpu
