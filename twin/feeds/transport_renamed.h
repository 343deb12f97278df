// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "twin/feeds/transport.h"

namespace feeds {

/// Puts `prefix` before the topic of every message of another transport that fits `pattern` (MQTT
/// wildcards; empty: all); the rest pass as they are. This is how the messages of a broker reach a
/// mapping: "mapped/<mapping>/<topic>".
std::unique_ptr<Transport> renameTopics(std::unique_ptr<Transport> inner, std::string pattern, std::string prefix);

}  // namespace feeds
