// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/app/options.h"

namespace app {

/// `alphacity ingest`: merges feeds and publishes the state by tile, without window or graphics device,
/// until --seconds or SIGINT/SIGTERM; the exit code. Tells systemd (NOTIFY_SOCKET) when it is ready, and
/// that it lives.
int runIngest(const Options& options);

}  // namespace app
