// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// Traffic situations, topic datex2/<name>:
///   DATEX II v2 and v3 SituationPublication (CEN/TS 16157-3 and EN 16157-3:2018) as XML, also inside SOAP and
///   other wrappers and as text inside an IMS message (Fintraffic ImsXmlMessage 1.2)
///   Fintraffic IMS JSON 0.2.4 to 0.2.17, bare or as a GeoJSON Feature or FeatureCollection
/// Every situation record becomes a described thing of kind traffic_event, until its validity ends, and an
/// event of its version. A record that is cancelled or ended departs. A location without coordinates (an
/// Alert-C code of a table that is not here) leaves the thing without a place, and is flagged no_place.
Decoded decodeDatex(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds
