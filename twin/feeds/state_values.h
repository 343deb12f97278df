// SPDX-License-Identifier: Apache-2.0
// Internal: the parts that state sections and keyframes have in common.
#pragma once

#include "twin/feeds/byte_io.h"
#include "twin/feeds/source.h"
#include "twin/model/observation.h"

namespace feeds::state {

// number  u8 tag, then: 0 f64 | 1 zigzag varint | 2 zigzag varint of thousandths; the shortest that gives
//         exactly the same double back
// value   u8 tag: 0 none | 1 number | 2 false | 3 true | 4 text
// point   three f64
// shape   u8 1 lines or 2 area, u8 has elevation, varint parts, each: varint points, points

void putNumber(ByteWriter& out, double value);
double getNumber(ByteReader& in);
void putValue(ByteWriter& out, const model::Value& value);
model::Value getValue(ByteReader& in);
void putPoint(ByteWriter& out, const glm::dvec3& point);
/// Fails on coordinates that are no finite number.
glm::dvec3 getPoint(ByteReader& in);
void putGeometry(ByteWriter& out, const model::Geometry& geometry);
std::shared_ptr<const model::Geometry> getGeometry(ByteReader& in);
void putAttributes(ByteWriter& out, const std::vector<std::pair<std::string, model::Value>>& attributes);
std::vector<std::pair<std::string, model::Value>> getAttributes(ByteReader& in);
/// Fails on a number that names no provenance.
model::Provenance getProvenance(ByteReader& in, uint8_t bits);

/// Times lie close together: they are written as zigzag varints against a common base.
void putTime(ByteWriter& out, base::UtcNs time, base::UtcNs base);
base::UtcNs getTime(ByteReader& in, base::UtcNs base);

void putEvent(ByteWriter& out, const model::EventObservation& event, base::UtcNs received, base::UtcNs base);
model::EventObservation getEvent(ByteReader& in, base::UtcNs base);

void putSource(ByteWriter& out, const Source& source);
Source getSource(ByteReader& in);

}  // namespace feeds::state
