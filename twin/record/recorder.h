// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "twin/feeds/ingest.h"

namespace record {

struct RecorderOptions {
  std::filesystem::path path;     ///< empty: no file, the memory only
  double memorySeconds = 0;       ///< that much is kept in memory for startExport()
  size_t memoryBytes = 64u << 20; ///< budget of it, compressed
  double keyframeSeconds = 10;    ///< between keyframes, longer where messages are few beside the state ...
  double keyframeAtMost = 30;     ///< ... but not longer than that
};

struct RecorderStatus {
  uint64_t messages = 0;  ///< written or waiting to be
  uint64_t bytesWritten = 0;
  uint64_t lost = 0;  ///< messages that did not fit the buffer (a slow disk), also noted in the file
  uint64_t keyframes = 0;
  std::string error;           ///< set when recording has stopped: disk full, file gone
  size_t memoryBytes = 0;      ///< used for the last minutes
  base::UtcNs memorySince = 0; ///< received time from which startExport() could start now; 0 = nothing
  bool exporting = false;
  std::filesystem::path exportPath;  ///< of the last export
  uint64_t exportBytes = 0;
  std::string exportError;
};

/// Appends every raw message to a file on a thread of its own, each second, with keyframes between; keeps
/// the last minutes in memory when asked, so that they can be written after something has happened. Trouble
/// with the disk is reported once and stops the recording, never the twin.
class Recorder final : public feeds::MessageTap {
 public:
  /// Fails when the file cannot be made. An existing recording is continued, any other file is refused.
  static base::Result<std::unique_ptr<Recorder>> create(const std::filesystem::path& path);
  static base::Result<std::unique_ptr<Recorder>> create(RecorderOptions options);
  ~Recorder() override;  ///< writes what waits

  /// Who knows the state (Ingest::state). Called on this recorder's thread. To be given before the first
  /// message: the first keyframe is written before this returns. Without it there are none, and no export.
  /// To be taken back with an empty function before the one who knows goes away.
  void setState(std::function<feeds::Keyframe()> state);

  void onMessage(const feeds::RawMessage& message, const feeds::Source& source) override;
  /// Writes what waits, and returns when it is in the file.
  void flush();
  RecorderStatus status() const;

  /// Starts a new file with the memory since `from` (received time) and a note, and goes on writing to it
  /// what comes, until endExport(). Returns at once; trouble shows in status(). False while one is going on.
  bool startExport(std::filesystem::path path, base::UtcNs from, std::string noteName, std::string note);
  void endExport();

 private:
  struct State;
  explicit Recorder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace record
