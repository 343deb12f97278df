// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_ngsi.h"

#include <algorithm>
#include <array>

#include "twin/feeds/ngsi_attribute.h"
#include "twin/feeds/sensorthings_in.h"
#include "twin/feeds/units.h"

namespace feeds {
namespace {

using json::element;
using json::object;
using ngsi::Form;
using ngsi::Instance;
using simdjson::dom::array;

constexpr size_t kMostAttributes = 1000;
constexpr size_t kMostEntities = 20'000;

/// One entity while it is read.
class EntityReader {
 public:
  EntityReader(const object& entity, base::UtcNs notified, const RawMessage& message, const DecodeContext& context,
               model::Observations& seen)
      : entity_(entity), message_(message), context_(context), seen_(seen), fallback_(notified) {}

  /// Null, or the reason why the entity is refused.
  const char* read();

 private:
  bool identify();
  void findTime(const object& attributes);
  void readAttribute(std::string_view name, const element& value);
  void readInstance(const std::string& name, const Vocabulary::Attribute& known, const Instance& instance);
  void readGeo(const std::string& name, const Instance& instance);
  void addValue(const std::string& property, model::Value value, const std::string& unit, base::UtcNs when);
  void finish();
  base::UtcNs timeOf(const Instance& instance) const { return instance.observedAt > 0 ? instance.observedAt : time_; }
  double numberOf(std::string_view property) const;

  const object& entity_;
  const RawMessage& message_;
  const DecodeContext& context_;
  model::Observations& seen_;
  base::UtcNs fallback_;
  base::UtcNs time_ = 0;
  std::string id_, type_, kind_;
  const Vocabulary::Type* known_ = nullptr;
  model::Provenance provenance_ = model::Provenance::Measured;
  model::DescriptionObservation described_;
  std::optional<glm::dvec3> point_;
  base::UtcNs pointTime_ = 0;
  size_t firstProperty_ = 0;
};

bool EntityReader::identify() {
  auto id = json::member(entity_, "id");
  if (!id) id = json::member(entity_, "@id");
  auto type = json::member(entity_, "type");
  if (!type) type = json::member(entity_, "@type");
  const auto idText = id ? json::text(*id) : std::nullopt;
  if (!idText || !validId(*idText) || !type) return false;
  id_ = *idText;
  array types;  // clause 4.16: several; the first known one counts
  if (!type->get(types)) {
    for (const element item : types) {
      const std::string word(lastOfUri(json::text(item).value_or("")));
      if (type_.empty() || (!known_ && context_.vocabulary && context_.vocabulary->type(word))) type_ = word;
      if (context_.vocabulary) known_ = context_.vocabulary->type(type_);
    }
  } else {
    type_ = lastOfUri(json::text(*type).value_or(""));
    if (context_.vocabulary) known_ = context_.vocabulary->type(type_);
  }
  kind_ = known_ ? known_->kind : type_;
  return validId(type_);
}

void EntityReader::findTime(const object& attributes) {
  constexpr std::array<std::string_view, 9> kKeys{"dateObserved", "dateObservedTo",    "TimeInstant",
                                                  "observationDateTime", "lastKnownPositionUpdatedAt", "dateLastReported",
                                                  "dateModified", "modifiedAt", "dateIssued"};
  time_ = fallback_ > 0 ? fallback_ : message_.received;
  for (const std::string_view key : kKeys) {
    const auto value = json::member(attributes, key);
    if (!value) continue;
    const auto instances = ngsi::instancesOf(*value);
    if (const auto when = ngsi::moment(instances.front().value)) {
      time_ = *when;
      return;
    }
  }
}

void EntityReader::addValue(const std::string& property, model::Value value, const std::string& unit,
                            base::UtcNs when) {
  if (!validId(property) || seen_.properties.size() - firstProperty_ >= kMostAttributes) return;
  model::PropertyObservation& row = seen_.properties.emplace_back();
  row.entity = id_;
  row.property = property;
  row.value = std::move(value);
  row.unit = unit;
  row.eventTime = when;
  row.provenance = provenance_;
}

void EntityReader::readGeo(const std::string& name, const Instance& instance) {
  object geometry;
  if (instance.value.get(geometry)) return;
  const auto shape = json::shape(geometry, context_.frame);
  // A second place (startPoint, observationSpace) does not move the thing.
  const bool main = name == "location" || name == "geometry" || !point_;
  if (!shape || !main || !instance.dataset.empty()) return;
  if (point_ && name != "location") return;
  point_ = shape->position;
  pointTime_ = timeOf(instance);
  described_.geometry = shape->geometry;
}

void EntityReader::readInstance(const std::string& name, const Vocabulary::Attribute& known, const Instance& instance) {
  const base::UtcNs when = timeOf(instance);
  const std::string suffix = instance.dataset.empty() ? std::string() : "@" + instance.dataset;
  const std::string property = known.property + suffix;
  const std::string& unit = instance.unit.empty() ? known.unit : instance.unit;
  if (instance.form == Form::Geo) return readGeo(known.property == "location" ? "location" : name, instance);
  if (instance.deleted) return addValue(property, model::Value{}, "", when);
  NamedValues values;
  flatten(instance.value, property, values);
  object languages;
  if (name == "name" && instance.form == Form::Language && !instance.value.get(languages)) {
    const auto in = [&](const char* key) {
      const auto word = json::member(languages, key);
      return word ? std::string(json::asText(*word)) : std::string();
    };
    described_.name = {in("ko"), in("en")};
    if (described_.name.ko.empty()) described_.name.ko = values.empty() ? "" : std::get<std::string>(values.front().second);
    return;
  }
  if (name == "name" && instance.form == Form::Value) {
    const std::string word = json::asText(instance.value);
    described_.name = {word, word};
    return;
  }
  for (auto& [key, value] : values) {
    const bool number = std::holds_alternative<double>(value);
    addValue(key, std::move(value), number ? unit : std::string(), when);
  }
  for (const auto& [key, value] : instance.further) addValue(property + "." + key, value, "", when);
}

void EntityReader::readAttribute(std::string_view name, const element& value) {
  constexpr std::array<std::string_view, 12> kNot{"id",        "type",      "@context",  "@id",   "@type",
                                                  "createdAt", "modifiedAt", "deletedAt", "scope", "dateCreated",
                                                  "dateModified", "TimeInstant"};
  if (std::find(kNot.begin(), kNot.end(), name) != kNot.end()) return;
  const std::string plain(lastOfUri(name));
  const Vocabulary::Attribute known =
      context_.vocabulary ? context_.vocabulary->attribute(known_, plain) : Vocabulary::Attribute{plain, {}};
  for (const Instance& instance : ngsi::instancesOf(value)) readInstance(plain, known, instance);
}

double EntityReader::numberOf(std::string_view property) const {
  for (size_t i = firstProperty_; i < seen_.properties.size(); ++i) {
    const model::PropertyObservation& row = seen_.properties[i];
    const double* number = row.property == property ? std::get_if<double>(&row.value) : nullptr;
    if (number) return property == "speed" ? convertUnit(*number, row.unit.empty() ? "km/h" : row.unit, "m/s").value_or(0) : *number;
  }
  return 0;
}

void EntityReader::finish() {
  if (known_ && !known_->kindFrom.empty()) {
    for (size_t i = firstProperty_; i < seen_.properties.size(); ++i) {
      const auto* word = std::get_if<std::string>(&seen_.properties[i].value);
      if (!word || seen_.properties[i].property != known_->kindFrom) continue;
      const auto finer = known_->kinds.find(*word);
      if (finer != known_->kinds.end()) kind_ = finer->second;
    }
  }
  for (size_t i = firstProperty_; i < seen_.properties.size(); ++i) seen_.properties[i].kind = kind_;
  described_.entity = id_;
  described_.kind = kind_;
  described_.provenance = provenance_;
  described_.eventTime = std::max(time_, pointTime_);
  if (type_ != kind_) described_.attributes.emplace_back("ngsi.type", type_);
  if (point_ && known_ && known_->mover && !described_.geometry) {
    model::PoseObservation& pose = seen_.poses.emplace_back();
    pose.entity = id_;
    pose.kind = kind_;
    pose.position = *point_;
    double bearing = numberOf("bearing");
    if (bearing == 0) bearing = numberOf("heading");
    pose.heading = gridHeading(bearing, context_.frame);
    pose.speed = std::clamp(numberOf("speed"), -100.0, 400.0);
    pose.eventTime = pointTime_;
    pose.provenance = provenance_;
  } else if (point_) {
    described_.position = point_;
  }
  seen_.descriptions.push_back(std::move(described_));
}

const char* EntityReader::read() {
  object attributes = entity_;
  const auto featureType = json::member(entity_, "type");
  const bool feature = featureType && json::text(*featureType) == std::string_view("Feature");
  element properties;
  object members;
  if (feature) {  // clause 4.5.16: the attributes are in "properties", the type too
    if (entity_.at_key("properties").get(properties) || properties.get(members)) return reason::kMissingField;
    attributes = members;
    const auto id = json::member(entity_, "id");
    const auto type = json::member(members, "type");
    if (!id || !type || !json::text(*id) || !validId(*json::text(*id))) return reason::kMissingField;
    id_ = *json::text(*id);
    type_ = lastOfUri(json::text(*type).value_or(""));
    if (!validId(type_)) return reason::kMissingField;
    if (context_.vocabulary) known_ = context_.vocabulary->type(type_);
    kind_ = known_ ? known_->kind : type_;
  } else if (!identify()) {
    return reason::kMissingField;
  }
  provenance_ = known_ && known_->predicted ? model::Provenance::Predicted : context_.provenance;
  firstProperty_ = seen_.properties.size();
  if (const auto gone = json::member(entity_, "deletedAt")) {
    seen_.departures.push_back({id_, ngsi::moment(*gone).value_or(message_.received)});
    return nullptr;
  }
  findTime(attributes);
  for (const auto& [key, value] : attributes) readAttribute(key, value);
  if (feature && !point_) {
    if (const auto geometry = json::member(entity_, "geometry")) readAttribute("geometry", *geometry);
  }
  finish();
  return nullptr;
}

/// What a message holds, out of its wrappers.
struct Contents {
  std::vector<object> entities;
  base::UtcNs notified = 0;
  const char* wrong = nullptr;
};

bool isCollection(const object& members) {
  const auto type = json::member(members, "type");
  return type && json::text(*type) == std::string_view("FeatureCollection");
}

void collect(const element& value, Contents& into, int depth) {
  array list;
  object members;
  element inner;
  if (depth > 4) {
    into.wrong = reason::kWrongType;
  } else if (!value.get(list)) {
    for (const element item : list) {
      if (item.get(members) || into.entities.size() >= kMostEntities) {
        into.wrong = item.is_object() ? reason::kTooLarge : reason::kWrongType;
        return;
      }
      into.entities.push_back(members);
    }
  } else if (value.get(members)) {
    into.wrong = reason::kWrongType;
  } else if (!members.at_key("body").get(inner) && json::member(members, "metadata")) {
    collect(inner, into, depth + 1);
  } else if (!members.at_key("data").get(inner) &&
             (json::member(members, "subscriptionId") || json::member(members, "notifiedAt"))) {
    if (const auto at = json::member(members, "notifiedAt")) into.notified = ngsi::moment(*at).value_or(0);
    collect(inner, into, depth + 1);
  } else if (isCollection(members) && !members.at_key("features").get(inner)) {
    collect(inner, into, depth + 1);
  } else {
    into.entities.push_back(members);
  }
}

}  // namespace

Decoded decodeNgsi(const RawMessage& message, const DecodeContext& context) {
  const auto root = json::parse(message.bytes, json::kLarge);
  if (!root) return base::Error{root.error()};
  Contents contents;
  collect(*root, contents, 0);
  if (contents.wrong) return base::Error{contents.wrong};
  model::Observations seen;
  sta::Refusals refusals;
  for (const object& entity : contents.entities)
    refusals.note(EntityReader(entity, contents.notified, message, context, seen).read());
  return refusals.settle(std::move(seen));
}

}  // namespace feeds
