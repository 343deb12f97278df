// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "engine/base/result.h"

namespace record {

/// A recording that grows by whole blocks.
class AppendFile {
 public:
  /// Makes the file with its header, or continues a recording: a block torn by a crash is cut off, and a
  /// file of an older version becomes one of this version. Any other file is refused.
  static base::Result<std::unique_ptr<AppendFile>> open(const std::filesystem::path& path);
  /// As open(), but never an existing file.
  static base::Result<std::unique_ptr<AppendFile>> create(const std::filesystem::path& path);
  ~AppendFile();
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;

  /// The error is what the system says. Nothing more is written after one.
  base::Status append(std::string_view block);
  uint64_t bytesWritten() const { return written_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  AppendFile(std::filesystem::path path, int fd) : path_(std::move(path)), fd_(fd) {}

  std::filesystem::path path_;
  int fd_;
  uint64_t written_ = 0;
};

}  // namespace record
