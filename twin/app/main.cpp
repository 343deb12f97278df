// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>

#include <clocale>

#include "engine/base/log.h"
#include "twin/app/alarming.h"
#include "twin/app/frame_loop.h"
#include "twin/app/ingest_node.h"
#include "twin/app/list.h"

int main(int argc, char** argv) {
  // glibc gives each thread that allocates an arena of its own, up to eight per core, and each keeps what it
  // once had. Two suffice: no thread of the program allocates enough to wait for another.
  mallopt(M_ARENA_MAX, 2);
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
