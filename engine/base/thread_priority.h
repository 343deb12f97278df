// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace base {

/// Lets the threads that make the picture go first on a busy machine: the calling thread asks for a tenth of what they
/// get, and no less than before where nobody else wants the processor. To be called once, at a thread's start; threads
/// that it starts have the same. Niceness is a thread's own on Linux: the program as a whole keeps its own.
void yieldToPicture();

}  // namespace base
