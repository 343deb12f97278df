// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// SAE J2735 (2016 to 2024) messages, topic j2735/<type>: BSM, SPaT, MAP, TIM and PSM, as JSON of the US DOT
/// Operational Data Environment (records with metadata and payload; physical or raw units, by the names of
/// the members) or as XER XML. What the message is decides how it is read, not the topic.
///   BSM   poses and properties of a vehicle, entity bsm-<temporary id>
///   PSM   poses of a pedestrian or cyclist, entity psm-<temporary id>
///   SPaT  group_<n>, remain_<n>, latest_<n> of a signal controller (intersection_registry.h)
///   MAP   the intersection, and its lanes as lines with their signal groups
///   TIM   one described line or area per region, one event per frame, with the frame's validity
/// Partial times (second of the minute, minute of the year) are completed by the record's own time, else by
/// the arrival. Heights are above the ellipsoid, so everything is draped on the ground.
Decoded decodeJ2735(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds
