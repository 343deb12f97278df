// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/math/glm.h"

namespace traffic {

/// One vehicle of SUMO's floating car data at one second.
struct FcdVehicle {
  std::string_view id, type, lane;  ///< valid during the call
  glm::dvec2 front{0};              ///< city frame, front bumper, metres
  double angle = 0;                 ///< degrees clockwise from grid north
  double speed = 0;                 ///< m/s
};

/// SUMO's --fcd-output as it is written, piece by piece: nothing of it is kept.
class FcdReader {
 public:
  using OnStep = std::function<void(double simSecond)>;
  using OnVehicle = std::function<void(const FcdVehicle&)>;

  FcdReader(OnStep onStep, OnVehicle onVehicle);
  ~FcdReader();
  FcdReader(const FcdReader&) = delete;
  FcdReader& operator=(const FcdReader&) = delete;

  /// False when the text is no XML (then `error()` says why); an end in the middle is no error.
  bool feed(const char* bytes, size_t size);
  const std::string& error() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace traffic
