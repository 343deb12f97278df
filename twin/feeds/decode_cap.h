// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// OASIS Common Alerting Protocol 1.2 (and 1.1, which has the same elements), topic cap/<name>: one alert as
/// XML, also inside a wrapper (Atom content, SOAP). Clauses of the standard:
///   3.2.1 alert   identifier, sent, status (Exercise, Test ... are named so), msgType, references
///   3.2.2 info    one block per language and message: Korean and English names, category, event, urgency,
///                 severity, certainty, onset, expires, headline, description, instruction
///   3.2.4 area    polygon ("lat,lon" pairs) and circle ("lat,lon radius" with km), areaDesc, geocode
/// Every area becomes a described thing of kind warning_area (at most 16 per alert), every message an event.
/// Update and Cancel let the alerts that they refer to depart. Ack and Error change nothing. A document type
/// declaration is refused, so no entity is ever expanded.
Decoded decodeCap(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds
