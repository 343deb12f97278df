// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace app {

/// Sends lines to the service manager that started the program, sd_notify(3): "READY=1", "WATCHDOG=1",
/// "STATUS=...", "STOPPING=1". Without NOTIFY_SOCKET in the environment it does nothing.
void notifyService(std::string_view line);

}  // namespace app
