// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/state_values.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace feeds::state {
namespace {

enum NumberTag : uint8_t { kDouble, kInteger, kThousandths };
enum ValueTag : uint8_t { kNone, kNumber, kFalse, kTrue, kText };

constexpr double kLargestInteger = 1e12;
constexpr uint8_t kHasPosition = 0x80;

/// The same bits, so that -0 and 0 stay apart as they do in the state hash.
bool same(double a, double b) {
  return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b);
}

}  // namespace

void putNumber(ByteWriter& out, double value) {
  if (std::abs(value) < kLargestInteger) {
    const auto integer = static_cast<int64_t>(value);
    if (same(static_cast<double>(integer), value)) {
      out.put(uint8_t{kInteger});
      return out.zigzag(integer);
    }
    const auto thousandths = static_cast<int64_t>(std::llround(value * 1000));
    if (same(static_cast<double>(thousandths) / 1000, value)) {
      out.put(uint8_t{kThousandths});
      return out.zigzag(thousandths);
    }
  }
  out.put(uint8_t{kDouble});
  out.put(value);
}

double getNumber(ByteReader& in) {
  double value = 0;
  switch (in.get<uint8_t>()) {
    case kDouble:
      value = in.get<double>();
      break;
    case kInteger:
      value = static_cast<double>(in.zigzag());
      break;
    case kThousandths:
      value = static_cast<double>(in.zigzag()) / 1000;
      break;
    default:
      in.fail();
  }
  if (!std::isfinite(value)) in.fail();
  return value;
}

void putValue(ByteWriter& out, const model::Value& value) {
  if (const auto* number = std::get_if<double>(&value)) {
    out.put(uint8_t{kNumber});
    putNumber(out, *number);
  } else if (const auto* flag = std::get_if<bool>(&value)) {
    out.put(*flag ? uint8_t{kTrue} : uint8_t{kFalse});
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    out.put(uint8_t{kText});
    out.text(*text);
  } else {
    out.put(uint8_t{kNone});
  }
}

model::Value getValue(ByteReader& in) {
  switch (in.get<uint8_t>()) {
    case kNone:
      return {};
    case kNumber:
      return getNumber(in);
    case kFalse:
      return false;
    case kTrue:
      return true;
    case kText:
      return in.text();
    default:
      in.fail();
      return {};
  }
}

void putPoint(ByteWriter& out, const glm::dvec3& point) {
  out.put(point.x);
  out.put(point.y);
  out.put(point.z);
}

glm::dvec3 getPoint(ByteReader& in) {
  glm::dvec3 point;
  point.x = in.get<double>();
  point.y = in.get<double>();
  point.z = in.get<double>();
  if (!std::isfinite(point.x + point.y + point.z)) in.fail();
  return point;
}

void putGeometry(ByteWriter& out, const model::Geometry& geometry) {
  out.put(static_cast<uint8_t>(geometry.shape == model::Geometry::Shape::Lines ? 1 : 2));
  out.put(static_cast<uint8_t>(geometry.hasElevation));
  out.varint(geometry.parts.size());
  for (const auto& part : geometry.parts) {
    out.varint(part.size());
    for (const glm::dvec3& point : part) putPoint(out, point);
  }
}

std::shared_ptr<const model::Geometry> getGeometry(ByteReader& in) {
  auto geometry = std::make_shared<model::Geometry>();
  const auto shape = in.get<uint8_t>();
  if (shape != 1 && shape != 2) in.fail();
  geometry->shape = shape == 1 ? model::Geometry::Shape::Lines : model::Geometry::Shape::Area;
  geometry->hasElevation = in.get<uint8_t>() != 0;
  const size_t parts = in.count();
  for (size_t i = 0; i < parts && in.ok(); ++i) {
    auto& part = geometry->parts.emplace_back();
    const size_t points = in.count(3 * sizeof(double));
    part.reserve(points);
    for (size_t k = 0; k < points && in.ok(); ++k) part.push_back(getPoint(in));
  }
  return geometry;
}

void putAttributes(ByteWriter& out, const std::vector<std::pair<std::string, model::Value>>& attributes) {
  out.varint(attributes.size());
  for (const auto& [name, value] : attributes) {
    out.text(name);
    putValue(out, value);
  }
}

std::vector<std::pair<std::string, model::Value>> getAttributes(ByteReader& in) {
  std::vector<std::pair<std::string, model::Value>> attributes;
  const size_t count = in.count(2);
  for (size_t i = 0; i < count && in.ok(); ++i) {
    std::string name = in.text();
    attributes.emplace_back(std::move(name), getValue(in));
  }
  return attributes;
}

model::Provenance getProvenance(ByteReader& in, uint8_t bits) {
  if (bits > static_cast<uint8_t>(model::Provenance::Surveyed)) {
    in.fail();
    return model::Provenance::Measured;
  }
  return static_cast<model::Provenance>(bits);
}

void putTime(ByteWriter& out, base::UtcNs time, base::UtcNs base) {
  out.zigzag(static_cast<int64_t>(static_cast<uint64_t>(time) - static_cast<uint64_t>(base)));
}

base::UtcNs getTime(ByteReader& in, base::UtcNs base) {
  return static_cast<int64_t>(static_cast<uint64_t>(in.zigzag()) + static_cast<uint64_t>(base));
}

void putEvent(ByteWriter& out, const model::EventObservation& event, base::UtcNs received, base::UtcNs base) {
  out.text(event.id);
  out.text(event.type);
  out.text(event.entity);
  out.put(static_cast<uint8_t>(static_cast<uint8_t>(event.provenance) | (event.position ? kHasPosition : 0)));
  if (event.position) putPoint(out, *event.position);
  putTime(out, event.eventTime, base);
  putTime(out, received, base);
  out.zigzag(event.severity);
  out.varint(event.details.size());
  for (const auto& [name, text] : event.details) {
    out.text(name);
    out.text(text);
  }
}

model::EventObservation getEvent(ByteReader& in, base::UtcNs base) {
  model::EventObservation event;
  event.id = in.text();
  event.type = in.text();
  event.entity = in.text();
  const auto bits = in.get<uint8_t>();
  event.provenance = getProvenance(in, static_cast<uint8_t>(bits & ~kHasPosition));
  if ((bits & kHasPosition) != 0) event.position = getPoint(in);
  event.eventTime = getTime(in, base);
  event.received = getTime(in, base);
  event.severity = static_cast<int>(std::clamp<int64_t>(in.zigzag(), 0, 3));
  const size_t details = in.count(2);
  for (size_t i = 0; i < details && in.ok(); ++i) {
    std::string name = in.text();
    event.details.emplace_back(std::move(name), in.text());
  }
  return event;
}

void putSource(ByteWriter& out, const Source& source) {
  out.text(source.name);
  out.text(source.standard);
  out.text(source.endpoint);
  out.put(source.expectedPeriod);
  out.put(static_cast<uint8_t>(source.provenance));
}

Source getSource(ByteReader& in) {
  Source source;
  source.name = in.text();
  source.standard = in.text();
  source.endpoint = in.text();
  source.expectedPeriod = in.get<double>();
  if (!std::isfinite(source.expectedPeriod)) in.fail();
  source.provenance = getProvenance(in, in.get<uint8_t>());
  return source;
}

}  // namespace feeds::state
