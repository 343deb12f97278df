// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/zip_files.h"

#include <sys/stat.h>
#include <zip.h>

#include <memory>

namespace feeds {
namespace {

constexpr size_t kRatioFrom = 64u << 10;  // small files compress well without being bombs

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

Archive openArchive(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : nullptr;
  if (!archive && source) zip_source_free(source);
  zip_error_fini(&error);
  return Archive(archive);
}

bool unsafePath(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos) return true;
  if (name.size() > 1 && name[1] == ':') return true;
  while (!name.empty()) {
    const size_t slash = std::min(name.find('/'), name.size());
    if (name.substr(0, slash) == "..") return true;
    name.remove_prefix(std::min(slash + 1, name.size()));
  }
  return false;
}

bool isLink(zip_t* archive, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return false;
  return system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16);
}

bool wanted(std::string_view name) {
  return name.ends_with(".txt") || name.ends_with(".zip");
}

/// Reads at most what the directory promised, and refuses more.
base::Result<std::string> readEntry(zip_t* archive, zip_uint64_t index, size_t size) {
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive, index, 0));
  if (!file) return base::Error{"zip_broken"};
  std::string content(size, '\0');
  size_t have = 0;
  while (have < size) {
    const zip_int64_t got = zip_fread(file.get(), content.data() + have, size - have);
    if (got <= 0) return base::Error{"zip_broken"};
    have += static_cast<size_t>(got);
  }
  char extra;
  if (zip_fread(file.get(), &extra, 1) != 0) return base::Error{"zip_broken"};  // longer, or a wrong checksum
  return content;
}

}  // namespace

base::Result<std::map<std::string, std::string>> readZip(std::string_view bytes, const ZipLimits& limits) {
  constexpr size_t kEmptyArchive = 22;  // an end-of-directory record and nothing else
  if (bytes.size() < kEmptyArchive) return base::Error{"zip_broken"};
  const Archive archive = openArchive(bytes);
  if (!archive) return base::Error{"zip_broken"};
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count < 0) return base::Error{"zip_broken"};
  if (static_cast<size_t>(count) > limits.entries) return base::Error{"zip_entries"};
  std::map<std::string, std::string> files;
  size_t total = 0;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t info;
    if (zip_stat_index(archive.get(), i, 0, &info) != 0) return base::Error{"zip_broken"};
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if ((info.valid & kNeeded) != kNeeded) return base::Error{"zip_broken"};
    const std::string name = info.name;
    if (unsafePath(name)) return base::Error{"zip_path"};
    if (isLink(archive.get(), i)) return base::Error{"zip_link"};
    if (name.ends_with('/')) continue;
    if (info.size > limits.inflated - total) return base::Error{"zip_size"};
    if (info.size > kRatioFrom && info.size / limits.ratio > info.comp_size) return base::Error{"zip_ratio"};
    total += info.size;
    if (!wanted(name)) continue;
    auto content = readEntry(archive.get(), i, info.size);
    if (!content) return base::Error{content.error()};
    files.insert_or_assign(name, *std::move(content));
  }
  return files;
}

base::Result<std::string> packZip(const std::map<std::string, std::string>& files) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* archive = target ? zip_open_from_source(target, ZIP_TRUNCATE, &error) : nullptr;
  zip_error_fini(&error);
  if (!archive) {
    if (target) zip_source_free(target);
    return base::Error{"zip_broken"};
  }
  zip_source_keep(target);  // it outlives the archive: the bytes are read back from it
  const auto fail = [&] {
    zip_discard(archive);
    zip_source_free(target);
    return base::Error{"zip_broken"};
  };
  for (const auto& [name, content] : files) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    if (!source) return fail();
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      return fail();
    }
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), 315'532'800, 0);  // the same bytes every time
  }
  if (zip_close(archive) != 0) return fail();
  std::string bytes;
  if (zip_source_open(target) == 0) {
    zip_source_seek(target, 0, SEEK_END);
    bytes.resize(static_cast<size_t>(std::max<zip_int64_t>(0, zip_source_tell(target))));
    zip_source_seek(target, 0, SEEK_SET);
    if (zip_source_read(target, bytes.data(), bytes.size()) != static_cast<zip_int64_t>(bytes.size())) bytes.clear();
    zip_source_close(target);
  }
  zip_source_free(target);
  if (bytes.empty()) return base::Error{"zip_broken"};
  return bytes;
}

}  // namespace feeds
