// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#include "engine/base/ensure.h"
#include "twin/feeds/keyframe.h"

// What is read is written again as it was read.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto frame = feeds::decodeKeyframe({reinterpret_cast<const char*>(data), size});
  if (!frame) return 0;
  feeds::ByteReader memory(frame->memory);
  feeds::Sequencer sequencer(60);
  std::vector<model::SourceId> numbers(frame->sources.size());
  for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<model::SourceId>(i);
  (void)sequencer.load(memory, numbers);
  ENSURE(feeds::decodeKeyframe(feeds::encodeKeyframe(*frame)).ok());
  return 0;
}
