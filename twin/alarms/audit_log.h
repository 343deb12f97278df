// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace alarms {

/// An append-only file of JSON lines, each chained to the one before:
///
///     <SHA-256 in hex> <JSON>\n        hash = SHA-256(hash of the line before + JSON)
///
/// (the first follows on 64 zeros). A changed, missing or inserted line breaks every hash after it. What
/// cannot be seen from the file alone is that its end was cut off: note the last hash elsewhere.
class AuditLog {
 public:
  using OnEntry = std::function<void(std::string_view json)>;

  /// Opens or makes the file, checks the whole chain and hands every entry to `onEntry`, oldest first. An
  /// unfinished last line (the power failed while it was written, so it was never answered for) is cut
  /// off, with a warning. Fails on a broken chain and when another program has the file.
  static base::Result<std::unique_ptr<AuditLog>> open(const std::filesystem::path& file, const OnEntry& onEntry);
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  /// Appends lines and returns once they are on the disk (fdatasync). On an error none of them is in the
  /// file, and a later call may try again.
  base::Status append(const std::vector<std::string>& json);

  uint64_t entries() const { return entries_; }
  uint64_t bytes() const { return size_; }
  /// Of the last line, hex.
  const std::string& hash() const { return hash_; }

 private:
  AuditLog(int fd, std::filesystem::path file) : fd_(fd), file_(std::move(file)) {}
  base::Status undo(const std::string& why);

  int fd_ = -1;
  std::filesystem::path file_;
  uint64_t size_ = 0;
  uint64_t entries_ = 0;
  std::string hash_;
  bool dirty_ = false;  ///< a failed append left bytes behind
};

struct AuditSummary {
  uint64_t entries = 0;
  std::string hash;       ///< of the last line, hex
  bool tornEnd = false;   ///< the last line is unfinished
};
/// Checks the chain without changing the file. The error names the first line that does not follow.
base::Result<AuditSummary> verifyAudit(const std::filesystem::path& file, const AuditLog::OnEntry& onEntry = {});

/// SHA-256 of both together, hex.
std::string chainHash(std::string_view before, std::string_view json);

}  // namespace alarms
