// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace base {

/// Reports a broken invariant (file, line, expression) on stderr and aborts. For bugs only, never for data.
[[noreturn]] void ensureFailed(const char* expression, const char* file, int line);

}  // namespace base

/// Checks an invariant of the program, in release builds too.
#define ENSURE(expression) \
  ((expression) ? static_cast<void>(0) : ::base::ensureFailed(#expression, __FILE__, __LINE__))
