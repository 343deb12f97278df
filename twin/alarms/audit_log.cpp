// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/audit_log.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <unistd.h>

#include <openssl/evp.h>

#include "engine/base/ensure.h"

namespace alarms {
namespace {

constexpr size_t kHex = 64;
constexpr size_t kLongestLine = 1u << 20;

std::string firstHash() { return std::string(kHex, '0'); }

std::string reason(int error) { return std::strerror(error); }

bool allZero(std::string_view text) { return text.find_first_not_of('\0') == std::string_view::npos; }

struct Scan {
  AuditSummary summary;
  uint64_t goodBytes = 0;
};

base::Result<Scan> scan(const std::filesystem::path& file, const AuditLog::OnEntry& onEntry) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return base::Error{file.string() + ": cannot be read: check the path and its permissions"};
  Scan result;
  result.summary.hash = firstHash();
  std::string line;
  while (std::getline(in, line)) {
    const bool finished = !in.eof();
    const uint64_t number = result.summary.entries + 1;
    if (!finished || allZero(line)) {
      // A power cut leaves a short line or zeros, at the end only.
      if (finished && in.peek() != std::ifstream::traits_type::eof())
        return base::Error{file.string() + ":" + std::to_string(number) + ": zeros in the middle: the disk lost data; keep the file and start with another --state-dir"};
      result.summary.tornEnd = true;
      break;
    }
    const std::string_view text(line);
    const bool shaped = text.size() > kHex + 1 && text.size() <= kLongestLine && text[kHex] == ' ';
    if (!shaped || chainHash(result.summary.hash, text.substr(kHex + 1)) != text.substr(0, kHex))
      return base::Error{file.string() + ":" + std::to_string(number) + ": does not follow from the line before: the file was changed; keep it as evidence and start with another --state-dir"};
    result.summary.hash = text.substr(0, kHex);
    ++result.summary.entries;
    result.goodBytes += line.size() + 1;
    if (onEntry) onEntry(text.substr(kHex + 1));
  }
  return result;
}

}  // namespace

std::string chainHash(std::string_view before, std::string_view json) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ENSURE(context != nullptr);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  const bool done = EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1 && EVP_DigestUpdate(context, before.data(), before.size()) == 1 &&
                    EVP_DigestUpdate(context, json.data(), json.size()) == 1 && EVP_DigestFinal_ex(context, digest, &size) == 1;
  EVP_MD_CTX_free(context);
  ENSURE(done && size == kHex / 2);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (unsigned i = 0; i < size; ++i) {
    hex += kDigits[digest[i] >> 4];
    hex += kDigits[digest[i] & 15];
  }
  return hex;
}

base::Result<AuditSummary> verifyAudit(const std::filesystem::path& file, const AuditLog::OnEntry& onEntry) {
  auto scanned = scan(file, onEntry);
  if (!scanned) return base::Error{scanned.error()};
  return scanned->summary;
}

base::Result<std::unique_ptr<AuditLog>> AuditLog::open(const std::filesystem::path& file, const OnEntry& onEntry) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return base::Error{file.string() + ": cannot be opened (" + reason(errno) + "): check the folder or choose another with --state-dir"};
  auto log = std::unique_ptr<AuditLog>(new AuditLog(fd, file));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
    return base::Error{file.string() + ": another alphacity keeps its alarms there: close it or choose another --state-dir"};
  auto scanned = scan(file, onEntry);
  if (!scanned) return base::Error{scanned.error()};
  log->size_ = scanned->goodBytes;
  log->entries_ = scanned->summary.entries;
  log->hash_ = scanned->summary.hash;
  base::Result<std::unique_ptr<AuditLog>> result(std::move(log));
  if (scanned->summary.tornEnd) {
    if (auto cut = (*result)->undo("an unfinished line"); !cut) return base::Error{cut.error()};
    result.warnings.push_back(file.string() + ": the last line was unfinished and was cut off (the program or the power ended while writing)");
  }
  return result;
}

AuditLog::~AuditLog() {
  if (fd_ >= 0) ::close(fd_);
}

base::Status AuditLog::undo(const std::string& why) {
  dirty_ = ::ftruncate(fd_, static_cast<off_t>(size_)) != 0;
  if (dirty_) return base::Error{file_.string() + ": " + why + ", and it cannot be cut off (" + reason(errno) + ")"};
  return base::okStatus();
}

base::Status AuditLog::append(const std::vector<std::string>& json) {
  if (json.empty()) return base::okStatus();
  if (dirty_)
    if (auto cut = undo("an earlier write failed"); !cut) return cut;
  std::string block;
  std::string hash = hash_;
  for (const std::string& entry : json) {
    ENSURE(entry.find('\n') == std::string::npos && entry.size() + kHex + 1 <= kLongestLine);
    hash = chainHash(hash, entry);
    block += hash + ' ' + entry + '\n';
  }
  for (size_t done = 0; done < block.size();) {
    const ssize_t wrote = ::write(fd_, block.data() + done, block.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) {
      const std::string why = "cannot be written (" + reason(errno) + ")";
      (void)undo(why);
      return base::Error{file_.string() + ": " + why + ": make room or mend the disk"};
    }
    done += static_cast<size_t>(wrote);
  }
  if (::fdatasync(fd_) != 0) {
    const std::string why = "cannot be made durable (" + reason(errno) + ")";
    (void)undo(why);
    return base::Error{file_.string() + ": " + why + ": make room or mend the disk"};
  }
  size_ += block.size();
  entries_ += json.size();
  hash_ = std::move(hash);
  return base::okStatus();
}

}  // namespace alarms
