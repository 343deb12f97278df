// SPDX-License-Identifier: Apache-2.0
#include "engine/base/compression.h"

#include <zstd.h>

#include "engine/base/ensure.h"

namespace base {
namespace {

constexpr int kLevel = 1;
constexpr std::string_view kMagic("\x28\xb5\x2f\xfd", 4);

}  // namespace

std::string packed(std::string_view raw) {
  std::string frame(ZSTD_compressBound(raw.size()), '\0');
  const size_t size = ZSTD_compress(frame.data(), frame.size(), raw.data(), raw.size(), kLevel);
  ENSURE(!ZSTD_isError(size));  // the bound leaves no other outcome but no memory
  frame.resize(size);
  return frame;
}

Result<std::string> unpacked(std::string_view frame, size_t most) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most) return Error{"not a zstd frame of at most " + std::to_string(most) + " bytes"};
  std::string raw(size, '\0');
  const size_t read = ZSTD_decompress(raw.data(), raw.size(), frame.data(), frame.size());
  if (ZSTD_isError(read) || read != raw.size()) return Error{"a damaged zstd frame"};
  return raw;
}

bool isPacked(std::string_view bytes) { return bytes.starts_with(kMagic); }

}  // namespace base
