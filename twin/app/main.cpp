// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>

#include <clocale>

#include "engine/base/log.h"
#include "twin/app/alarming.h"
#include "twin/app/frame_loop.h"
#include "twin/app/ingest_node.h"
#include "twin/app/list.h"

namespace {

/// Keeps what the program has freed from staying resident; together a sixth of a live run (glibc; see mallopt(3)).
void tuneAllocator() {
  // Each thread that allocates would get an arena of its own, up to eight per core, and each keeps what it once
  // had. Two suffice: no thread of the program allocates enough to wait for another.
  mallopt(M_ARENA_MAX, 2);
  // A large block is a mapping of its own and goes back when freed. Left alone, glibc raises this limit to 32 MB
  // after the first such block, and what loading freed lies between what lives on.
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 4 << 20);
}

}  // namespace

int main(int argc, char** argv) {
  tuneAllocator();
  std::setlocale(LC_CTYPE, "");  // typed Hangul
  const app::ParsedOptions parsed = app::parseOptions(argc, argv);
  if (parsed.exitCode) return *parsed.exitCode;
  base::setupLog(parsed.options.verbose);
  if (!parsed.options.verifyAudit.empty()) return app::runVerifyAudit(parsed.options.verifyAudit);
  if (!parsed.options.list.empty()) return app::runList(parsed.options);

  if (parsed.options.ingest) return app::runIngest(parsed.options);

  app::StartFailure failure;
  const std::unique_ptr<app::App> twin = app::startApp(parsed.options, failure);
  if (!twin) {
    base::logError(failure.text);
    return failure.exitCode;
  }
  return twin->graphics->headless() ? app::runHeadless(*twin) : app::runWindow(*twin);
}
