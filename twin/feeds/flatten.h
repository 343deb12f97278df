// SPDX-License-Identifier: Apache-2.0
// Internal to the decoders: nested JSON as a list of names and scalars. Only included by their .cpp files.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "twin/feeds/json_in.h"

namespace feeds {

using NamedValues = std::vector<std::pair<std::string, model::Value>>;

/// Appends the scalars of a value under names joined by dots: {"a":{"b":1}} under "x" is x.a.b = 1. A list of
/// scalars is one text "a, b"; a list of anything else is numbered (x.0.a). At most 512 values, 12 levels and
/// 128 bytes a name: false when something had to be left out.
bool flatten(const json::element& value, const std::string& name, NamedValues& into);

}  // namespace feeds
