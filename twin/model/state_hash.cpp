// SPDX-License-Identifier: Apache-2.0
#include "twin/model/state_hash.h"

#include <bit>

#include "engine/base/hash.h"

namespace model {
namespace {

/// Feeds fields one after another; strings are framed by their length so that "ab"+"c" differs from "a"+"bc".
class Hasher {
 public:
  Hasher& add(uint64_t v) {
    h_ = base::mix(h_ ^ v);
    return *this;
  }
  Hasher& add(double v) { return add(std::bit_cast<uint64_t>(v)); }
  Hasher& add(std::string_view s) { return add(uint64_t{s.size()}).add(base::hashBytes(s)); }
  Hasher& add(const glm::dvec3& v) { return add(v.x).add(v.y).add(v.z); }
  Hasher& add(const Value& value) {
    add(uint64_t{value.index()});
    if (const auto* number = std::get_if<double>(&value)) return add(*number);
    if (const auto* flag = std::get_if<bool>(&value)) return add(uint64_t{*flag});
    if (const auto* text = std::get_if<std::string>(&value)) return add(std::string_view(*text));
    return *this;
  }
  uint64_t value() const { return h_; }

 private:
  uint64_t h_ = base::kHashSeed;
};

uint64_t propertyHash(const PropertyRow& row) {
  return Hasher()
      .add(std::string_view(row.name))
      .add(row.value)
      .add(std::string_view(row.unit))
      .add(static_cast<uint64_t>(row.eventTime))
      .add(uint64_t{static_cast<uint8_t>(row.provenance)})
      .add(uint64_t{row.bad})
      .value();
}

uint64_t descriptionHash(const EntityInfo& info) {
  Hasher hasher;
  hasher.add(std::string_view(info.name.ko)).add(std::string_view(info.name.en));
  hasher.add(info.position).add(info.heading);
  hasher.add(static_cast<uint64_t>(info.described)).add(static_cast<uint64_t>(info.expires));
  uint64_t attributes = 0;
  for (const auto& [name, value] : info.attributes)
    attributes += Hasher().add(std::string_view(name)).add(value).value();
  hasher.add(attributes);
  if (info.geometry) {
    hasher.add(uint64_t{static_cast<uint8_t>(info.geometry->shape)});
    for (const auto& part : info.geometry->parts) {
      hasher.add(uint64_t{part.size()});
      for (const glm::dvec3& point : part) hasher.add(point);
    }
  }
  return hasher.value();
}

}  // namespace

uint64_t entityHash(const Entity& entity) {
  Hasher hasher;
  hasher.add(std::string_view(entity.info->id)).add(std::string_view(entity.info->kind));
  uint64_t properties = 0;  // a sum: independent of the order of appearance
  for (const PropertyRow& row : entity.properties) properties += propertyHash(row);
  hasher.add(properties).add(uint64_t{entity.moving});
  if (entity.info->described != 0) hasher.add(descriptionHash(*entity.info));
  if (entity.moving) {
    const Pose& pose = entity.latest;
    hasher.add(pose.position)
        .add(uint64_t{pose.hasElevation})
        .add(pose.heading)
        .add(pose.pitch)
        .add(pose.speed);
    hasher.add(static_cast<uint64_t>(pose.eventTime));
  }
  return hasher.value();
}

}  // namespace model
