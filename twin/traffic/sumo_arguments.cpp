// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/sumo_arguments.h"

#include "twin/traffic/child_process.h"

namespace traffic {

std::vector<std::string> sumoArguments(const std::filesystem::path& netFile,
                                       const std::filesystem::path& folder, uint64_t seed) {
  return {findProgram("sumo").string(),
          "--net-file",
          netFile.string(),
          "--additional-files",
          (folder / "demand.add.xml").string() + "," + (folder / "signals.add.xml").string(),
          "--step-length",
          "1",
          "--seed",
          std::to_string(seed & 0x7fffffff),
          "--no-step-log",
          "true",
          "--duration-log.disable",
          "true",
          "--xml-validation",
          "never",
          "--time-to-teleport",
          "150",
          "--max-depart-delay",
          "40",
          "--ignore-route-errors",
          "true",
          "--collision.action",
          "none",
          "--ignore-junction-blocker",
          "20",
          "--device.rerouting.probability",
          "0.35",
          "--device.rerouting.period",
          "90",
          "--device.rerouting.adaptation-interval",
          "10",
          "--default.speeddev",
          "0.1"};
}

}  // namespace traffic
