// SPDX-License-Identifier: Apache-2.0
#include "twin/record/append_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/base/log.h"
#include "twin/record/log_format.h"
#include "twin/record/log_reader.h"

namespace record {
namespace {

base::Error cannotWrite(const std::filesystem::path& path) {
  return base::Error{"recording " + path.string() + " cannot be written: " + std::strerror(errno)};
}

/// Makes an existing recording ready to be continued.
base::Status prepare(const std::filesystem::path& path) {
  auto old = LogReader::open(path);
  if (!old) return base::Error{old.error() + "; choose another file to record to"};
  const uint64_t end = old->summary().end;
  std::error_code error;
  if (end < std::filesystem::file_size(path, error)) {
    base::logWarning("recording " + path.string() + " was torn; it goes on behind its last whole second");
    std::filesystem::resize_file(path, end, error);
    if (error) return base::Error{"recording " + path.string() + " cannot be written: " + error.message()};
  }
  // Blocks of this version may follow.
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  const std::string header = fileHeader();
  const bool renewed = fd >= 0 && ::pwrite(fd, header.data(), header.size(), 0) == static_cast<ssize_t>(header.size());
  if (fd >= 0) ::close(fd);
  if (!renewed) return cannotWrite(path);
  return base::okStatus();
}

}  // namespace

base::Result<std::unique_ptr<AppendFile>> AppendFile::open(const std::filesystem::path& path) {
  std::error_code error;
  const bool exists =
      std::filesystem::is_regular_file(path, error) && std::filesystem::file_size(path, error) > 0;
  if (exists) {
    if (auto ready = prepare(path); !ready) return base::Error{ready.error()};
  }
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) return cannotWrite(path);
  auto file = std::unique_ptr<AppendFile>(new AppendFile(path, fd));
  if (!exists) {
    if (auto written = file->append(fileHeader()); !written)
      return base::Error{"recording " + path.string() + ": " + written.error()};
  }
  return file;
}

base::Result<std::unique_ptr<AppendFile>> AppendFile::create(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) return cannotWrite(path);
  auto file = std::unique_ptr<AppendFile>(new AppendFile(path, fd));
  if (auto written = file->append(fileHeader()); !written)
    return base::Error{"recording " + path.string() + ": " + written.error()};
  return file;
}

AppendFile::~AppendFile() {
  ::close(fd_);
}

base::Status AppendFile::append(std::string_view block) {
  size_t done = 0;
  while (done < block.size()) {
    const ssize_t count = ::write(fd_, block.data() + done, block.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return base::Error{std::strerror(errno)};
    done += static_cast<size_t>(count);
  }
  written_ += block.size();
  return base::okStatus();
}

}  // namespace record
