// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace traffic {

/// A snapshot of the live simulation, in a file of SUMO's.
struct SavedState {
  std::filesystem::path file;
  std::filesystem::path folder;  ///< with demand.add.xml and signals.add.xml; gone when the link ends
  int64_t second = 0;            ///< UTC, the last simulated one
  int64_t dayStart = 0;          ///< UTC second that SUMO counts from
  double seconds = 0;            ///< wall time that the live simulation was held up
  std::string error;             ///< why there is no file; empty: there is
};

/// Who wants snapshots of the live simulation. Called on the link's thread, between two steps.
class StateSink {
 public:
  virtual ~StateSink() = default;
  /// The file to write after this second, or an empty path.
  virtual std::filesystem::path wanted(int64_t second) = 0;
  virtual void saved(const SavedState& state) = 0;
};

}  // namespace traffic
