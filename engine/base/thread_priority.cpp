// SPDX-License-Identifier: Apache-2.0
#include "engine/base/thread_priority.h"

#include <sys/resource.h>
#include <unistd.h>

namespace base {
namespace {

constexpr int kSteps = 10;  // of niceness: each is a fifth less

}  // namespace

void yieldToPicture() {
  const auto self = static_cast<id_t>(gettid());
  setpriority(PRIO_PROCESS, self, getpriority(PRIO_PROCESS, self) + kSteps);  // the kernel ends the scale at 19
}

}  // namespace base
