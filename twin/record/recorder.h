// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "twin/feeds/ingest.h"

namespace record {

struct RecorderStatus {
  uint64_t messages = 0;  ///< written or waiting to be
  uint64_t bytesWritten = 0;
  uint64_t lost = 0;  ///< messages that did not fit the buffer (a slow disk), also noted in the file
  std::string error;  ///< set when recording has stopped: disk full, file gone
};

/// Appends every raw message to a file on a thread of its own, each second. Trouble with the disk is
/// reported once and stops the recording, never the twin.
class Recorder final : public feeds::MessageTap {
 public:
  /// Fails when the file cannot be made. An existing recording is continued, any other file is refused.
  static base::Result<std::unique_ptr<Recorder>> create(const std::filesystem::path& path);
  ~Recorder() override;  ///< writes what waits

  void onMessage(const feeds::RawMessage& message, const feeds::Source& source) override;
  /// Writes what waits, and returns when it is in the file.
  void flush();
  RecorderStatus status() const;

 private:
  struct State;
  explicit Recorder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace record
