// SPDX-License-Identifier: Apache-2.0
// Internal to the decoders of Korean public services.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "twin/feeds/decode_reason.h"
#include "twin/feeds/decoder.h"
#include "twin/feeds/kr_items.h"

namespace feeds::kr {

/// Korean time by a pattern of time_format.h.
std::optional<base::UtcNs> timeOf(std::string_view text, std::string_view pattern);

/// Degrees as text, as a place in the city; nothing when absent, no number or out of range.
std::optional<glm::dvec3> placeOf(std::string_view longitude, std::string_view latitude, const DecodeContext& context);

/// What a message says, row by row, and what of it could not be used.
struct Answer {
  const DecodeContext& context;
  base::UtcNs received = 0;  ///< on the clock of the message: a re-stamped one is shifted after decoding
  model::Observations seen;
  std::vector<std::string> flags;

  void flag(const char* why) { flags.emplace_back(why); }
  /// A number, or a bad one without a value when the source has none.
  void number(const model::PropertyObservation& like, const char* property, std::string_view text, bool bad = false);
  void word(const model::PropertyObservation& like, const char* property, std::string_view text);
  Decoded result() && {
    Decoded done(std::move(seen));
    done.warnings = std::move(flags);
    return done;
  }
};

/// A property observation to copy from.
model::PropertyObservation about(std::string entity, const char* kind, base::UtcNs when, model::Provenance provenance);

}  // namespace feeds::kr
