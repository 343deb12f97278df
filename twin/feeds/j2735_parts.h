// SPDX-License-Identifier: Apache-2.0
// Internal to the J2735 decoders: the message inside its envelope, and one reader per message.
#pragma once

#include <optional>
#include <string>

#include "twin/feeds/decoder.h"
#include "twin/feeds/document.h"

namespace feeds::j2735 {

enum class Kind : uint8_t { Bsm, Spat, Map, Tim, Psm };

/// A message taken out of its envelope. All names are folded (feeds::Names::Folded).
struct Message {
  Kind kind = Kind::Bsm;
  const DocNode* body = nullptr;
  base::UtcNs reference = 0;  ///< when it was sent or heard, to the second or so: completes partial times
};

/// Finds the message in an ODE record (metadata and payload), a MessageFrame or on its own. The error is
/// "unsupported" for other messages and for payloads that are still encoded (UPER hex).
base::Result<Message> unwrap(const DocNode& root, base::UtcNs received);

/// What one message adds. The reason when it is refused.
struct Reader {
  const Message& message;
  const DecodeContext& context;
  model::Observations seen;
  std::vector<std::string> flags;
};
const char* readBsm(Reader& reader);
const char* readPsm(Reader& reader);
const char* readSpat(Reader& reader);
const char* readMap(Reader& reader);
const char* readTim(Reader& reader);

/// One bit of a BIT STRING: XER writes "0100...", ODE JSON an object of booleans.
bool bit(const DocNode* bits, size_t index, std::string_view foldedName);

/// The entity of an intersection (DF_IntersectionReferenceID: region and id): the signal controller that the
/// pack names for it, else "intersection-<id>" or "intersection-<region>-<id>". Empty when there is no id.
struct Intersection {
  std::string entity;
  bool known = false;  ///< the pack has it: its own place is better than the message's
};
Intersection intersectionOf(const DocNode& holder, const DecodeContext& context);

}  // namespace feeds::j2735
