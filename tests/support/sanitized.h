// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace test_support {

/// Built with a sanitizer, whose own memory and time would be measured along with the program's.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

}  // namespace test_support
