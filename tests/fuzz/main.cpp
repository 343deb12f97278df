// SPDX-License-Identifier: Apache-2.0
// One program for all harnesses, so that clang builds and links once: it is the harness after whose name it is
// called (fuzz_<name>, a link). As `fuzz_all --list` it names them, as `fuzz_all --seeds FOLDER` it writes seeds.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "engine/base/clock.h"
#include "tests/fuzz/harness.h"

namespace {

const fuzz::Harness* chosen = nullptr;

const fuzz::Harness* find(std::string_view name) {
  for (const auto group : {fuzz::decoders(), fuzz::readers()})
    for (const fuzz::Harness& harness : group)
      if (name == harness.name) return &harness;
  return nullptr;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (*argc > 1 && std::string_view((*argv)[1]) == "--list") {
    for (const auto group : {fuzz::decoders(), fuzz::readers()})
      for (const fuzz::Harness& harness : group) std::puts(harness.name);
    std::exit(0);
  }
  if (*argc > 2 && std::string_view((*argv)[1]) == "--seeds") {
    fuzz::writeSeeds((*argv)[2]);
    std::exit(0);
  }
  const std::string_view called((*argv)[0]);
  const size_t name = called.rfind("fuzz_");
  chosen = name == std::string_view::npos ? nullptr : find(called.substr(name + 5));
  if (chosen) {
    chosen->run({});  // what is loaded once counts for no input
    return 0;
  }
  std::fprintf(stderr, "%s: call it fuzz_<harness>; --list names them\n", (*argv)[0]);
  std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const int64_t begun = base::SystemClock::threadNow();
  chosen->run({reinterpret_cast<const char*>(data), size});
  // Processor time: what else a busy machine does is not the decoder's slowness.
  if (base::SystemClock::threadNow() - begun > base::kNsPerSecond) {
    std::fprintf(stderr, "%s: one input took over a second of processor time\n", chosen->name);
    std::abort();
  }
  return 0;
}
