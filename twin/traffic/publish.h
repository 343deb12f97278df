// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/base/clock.h"

namespace traffic {

/// One message of a simulator, as it goes onto the wire.
struct WireMessage {
  base::UtcNs time = 0;  ///< when it is sent
  std::string topic;
  std::string bytes;
};

/// Where simulators send to: an in-process transport or a broker. Live simulators call it from several
/// threads at once.
using Publish = std::function<void(std::string_view topic, std::string_view bytes, base::UtcNs sent)>;

}  // namespace traffic
