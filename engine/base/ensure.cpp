// SPDX-License-Identifier: Apache-2.0
#include "engine/base/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace base {

void ensureFailed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "alphacity: broken invariant at %s:%d: %s\n", file, line, expression);
  std::fflush(stderr);
  std::abort();
}

}  // namespace base
