// SPDX-License-Identifier: Apache-2.0
#include "twin/history/bytes.h"

#include <zstd.h>

namespace history {
namespace {

/// Fast: history is written all day and read at a drag.
constexpr int kLevel = 1;

}  // namespace

std::string squeeze(std::string_view raw) {
  std::string packed(ZSTD_compressBound(raw.size()), '\0');
  const size_t size = ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), kLevel);
  ENSURE(!ZSTD_isError(size));
  packed.resize(size);
  return packed;
}

base::Result<std::string> unsqueeze(std::string_view packed, size_t most) {
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most)
    return base::Error{"a block of the history is broken"};
  std::string raw(size, '\0');
  const size_t read = ZSTD_decompress(raw.data(), raw.size(), packed.data(), packed.size());
  if (ZSTD_isError(read) || read != raw.size()) return base::Error{"a block of the history is broken"};
  return raw;
}

}  // namespace history
