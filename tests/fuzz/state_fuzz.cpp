// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz_decoder.h"
#include "twin/feeds/state_frame.h"

// The section's decoder, and the frame around it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  (void)feeds::decodeStateFrame({reinterpret_cast<const char*>(data), size});
  return fuzz::decode("state/section", data, size);
}
