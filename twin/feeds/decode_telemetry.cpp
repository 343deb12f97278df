// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_telemetry.h"

#include <cmath>
#include <numbers>

#include "twin/feeds/json_in.h"

namespace feeds {
namespace {

constexpr double kMaxSpeed = 500;  // m/s: beyond it is a broken sensor, not a vehicle
constexpr size_t kMaxProperties = 256;

/// Degrees or metres per second within reason; absent is 0.
base::Result<double> bounded(const json::object& from, std::string_view key, double limit) {
  const auto value = json::member(from, key);
  if (!value) return 0.0;
  const auto number = json::number(*value);
  if (!number || std::abs(*number) > limit) return base::Error{reason::kNumber};
  return *number;
}

base::Result<model::PoseObservation> readPose(const json::object& from, const DecodeContext& context) {
  const auto place = json::place(from, context.frame);
  if (!place) return base::Error{place.error()};
  const auto heading = bounded(from, "h", 1e6), speed = bounded(from, "v", kMaxSpeed),
             pitch = bounded(from, "pitch", 90);
  if (!heading || !speed || !pitch) return base::Error{reason::kNumber};
  model::PoseObservation pose;
  pose.position = place->position;
  pose.hasElevation = place->hasElevation;
  pose.heading = gridHeading(*heading, context.frame);
  pose.pitch = *pitch * std::numbers::pi / 180;
  pose.speed = *speed;
  return pose;
}

}  // namespace

Decoded decodeTelemetry(const RawMessage& message, const DecodeContext& context) {
  const std::string kind(topicLevel(message.topic, 1)), id(topicLevel(message.topic, 2));
  if (!validId(kind) || !validId(id)) return base::Error{reason::kTopic};
  const auto root = json::parseObject(message.bytes);
  if (!root) return base::Error{root.error()};
  const auto when = json::member(*root, "t");
  if (!when) return base::Error{reason::kMissingField};
  const auto time = json::time(*when);
  if (!time) return base::Error{reason::kTime};

  model::Observations seen;
  if (const auto gone = json::member(*root, "gone")) {
    bool left;
    if (gone->get(left)) return base::Error{reason::kWrongType};
    if (left) {
      seen.departures.push_back({id, *time});
      return seen;
    }
  }
  auto pose = readPose(*root, context);
  if (!pose) return base::Error{pose.error()};
  pose->entity = id;
  pose->kind = kind;
  pose->eventTime = *time;
  pose->provenance = json::provenance(*root, context);
  const model::Provenance provenance = pose->provenance;
  seen.poses.push_back(*std::move(pose));

  const auto properties = json::member(*root, "p");
  if (!properties) return seen;
  json::object members;
  if (properties->get(members)) return base::Error{reason::kWrongType};
  if (members.size() > kMaxProperties) return base::Error{reason::kTooLarge};
  seen.properties.reserve(members.size());
  for (const auto& [key, value] : members) {
    auto scalar = json::scalar(value);
    if (!scalar || !validId(key)) return base::Error{reason::kWrongType};
    model::PropertyObservation& property = seen.properties.emplace_back();
    property.entity = id;
    property.kind = kind;
    property.property = key;
    property.value = *std::move(scalar);
    property.eventTime = *time;
    property.provenance = provenance;
  }
  return seen;
}

}  // namespace feeds
