// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz_decoder.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return fuzz::decode("kr/air/getCtprvnRltmMesureDnsty", data, size);
}
