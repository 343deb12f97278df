// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/app/options.h"

namespace app {

/// --list views|layers|entities|feeds: prints what there is on stdout, one line each or as JSON. The
/// exit code.
int runList(const Options& options);

}  // namespace app
