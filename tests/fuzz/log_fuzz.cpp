// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#include "twin/record/log_format.h"

// Both the outside (headers, CRC, zlib) and, sealed by ourselves so that the checks pass, the inside.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto header = record::parseBlockHeader(bytes)) {
    (void)record::openBlock(*header, bytes.substr(record::kBlockHeaderBytes));
  }
  const std::string sealed = record::sealBlock(bytes, 1, 0, 0);
  const auto header = record::parseBlockHeader(sealed);
  (void)record::openBlock(*header, std::string_view(sealed).substr(record::kBlockHeaderBytes));
  return 0;
}
