// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_sensorthings_entities.h"

#include "twin/feeds/flatten.h"
#include "twin/feeds/geojson_in.h"
#include "twin/feeds/sensorthings_in.h"
#include "twin/feeds/units.h"

namespace feeds {
namespace {

using json::element;
using json::object;
using simdjson::dom::array;

std::optional<object> childObject(const object& from, std::string_view key) {
  const auto value = json::member(from, key);
  object result;
  if (!value || value->get(result)) return std::nullopt;
  return result;
}

/// The objects of an expanded collection, or of one that a server sends as a single object.
std::vector<object> children(const object& from, std::string_view key) {
  std::vector<object> result;
  const auto value = json::member(from, key);
  if (!value) return result;
  array list;
  object one;
  if (!value->get(list)) {
    for (const element item : list)
      if (!item.get(one)) result.push_back(one);
  } else if (!value->get(one)) {
    result.push_back(one);
  }
  return result;
}

std::string textOf(const object& from, std::string_view key) {
  const auto value = json::member(from, key);
  return value ? std::string(json::text(*value).value_or("")) : std::string();
}

std::string nameOf(const object& entity) {
  std::string name = textOf(entity, "name");
  return name.empty() ? textOf(entity, "description") : name;
}

/// The catalogue's word for what is observed: by the definition when the vocabulary knows it, else by the
/// name, which people can read.
std::string propertyOf(const object& datastream, const DecodeContext& context) {
  const auto observed = childObject(datastream, "ObservedProperty");
  const std::string definition = observed ? textOf(*observed, "definition") : std::string();
  const std::string name = observed ? textOf(*observed, "name") : nameOf(datastream);
  const std::string plain = plainName(name);
  if (context.vocabulary) {
    const std::string byName = context.vocabulary->observedProperty(name).property;
    const std::string byDefinition = context.vocabulary->observedProperty(definition).property;
    if (byName != plain && !byName.empty()) return byName;
    if (!definition.empty() && byDefinition != plainName(lastOfUri(definition))) return byDefinition;
  }
  if (!plain.empty()) return plain.substr(0, 100);
  const std::string last = plainName(lastOfUri(definition));
  return last.empty() ? "value" : last.substr(0, 100);
}

/// unitOfMeasurement (section 8.2.4, table 11): the first of symbol, definition and name that is a known unit,
/// else the symbol as it is.
std::string unitOf(const object& datastream) {
  const auto unit = childObject(datastream, "unitOfMeasurement");
  if (!unit) return {};
  const std::string symbol = textOf(*unit, "symbol"), definition = textOf(*unit, "definition"),
                    name = textOf(*unit, "name");
  for (const std::string_view code : {std::string_view(symbol), lastOfUri(definition), std::string_view(name)})
    if (const Unit* known = findUnit(code)) return std::string(known->shown);
  return symbol.substr(0, 32);
}

std::string kindOf(const object& thing, const DecodeContext& context) {
  const auto properties = childObject(thing, "properties");
  if (properties) {
    for (const std::string_view key : {"kind", "type"}) {
      const std::string word = textOf(*properties, key);
      if (word.empty() || word.size() > 64 || !validId(word)) continue;
      const Vocabulary::Type* type = context.vocabulary ? context.vocabulary->type(word) : nullptr;
      return type ? type->kind : plainName(word);
    }
  }
  return "sensor";
}

/// Reads a message's entities; what it finds goes to `seen`, or, when learning, to the registry only.
class Reader {
 public:
  Reader(const sta::Topic& topic, const RawMessage& message, const DecodeContext& context,
         DatastreamRegistry* registry)
      : topic_(topic), message_(message), context_(context), registry_(registry) {}

  const char* read(const object& entity);
  model::Observations seen;

 private:
  struct Owner {
    std::string entity;
    std::string kind;
  };
  const char* thing(const object& entity);
  const char* datastream(const object& entity, const Owner* owner);
  const char* place(const object& entity, std::string_view geometry, model::DescriptionObservation& into);
  const char* location(const object& entity);
  const char* historical(const object& entity, const Owner* owner);
  const char* feature(const object& entity);
  Owner ownerOf(const object& thing, std::string_view id) const;
  void moved(const Owner& owner, const glm::dvec3& where, base::UtcNs when);
  std::string idOr(const object& entity, std::string_view collection) const;
  model::DescriptionObservation describe(const Owner& owner, const object& entity) const;

  const sta::Topic& topic_;
  const RawMessage& message_;
  const DecodeContext& context_;
  DatastreamRegistry* registry_;
};

const char* Reader::read(const object& entity) {
  const std::string_view what = topic_.sub.empty() ? topic_.collection : topic_.sub;
  if (what == "Things" || what == "Thing") return thing(entity);
  if (what == "Datastreams" || what == "Datastream") return datastream(entity, nullptr);
  if (what == "Locations") return location(entity);
  if (what == "HistoricalLocations") return historical(entity, nullptr);
  if (what == "FeaturesOfInterest" || what == "FeatureOfInterest") return feature(entity);
  // Sensors and ObservedProperties only matter where a Datastream expands them.
  return what == "Sensors" || what == "ObservedProperties" || what == "Sensor" || what == "ObservedProperty"
             ? nullptr
             : reason::kTopic;
}

std::string Reader::idOr(const object& entity, std::string_view collection) const {
  if (const auto id = sta::idOf(entity)) return *id;
  return topic_.sub.empty() && topic_.collection == collection ? std::string(topic_.id) : std::string();
}

/// A Thing whose datastreams the pack defines is the pack's thing.
Reader::Owner Reader::ownerOf(const object& thing, std::string_view id) const {
  if (topic_.server.empty()) {
    for (const object& stream : children(thing, "Datastreams")) {
      const auto number = sta::idOf(stream);
      const auto* known = number ? context_.datastreams.find("", *number, message_.knowledge) : nullptr;
      if (known && !known->entity.starts_with("sensorthings/")) return {known->entity, known->kind};
    }
  }
  return {sta::entityName(topic_.server, "Things", id), kindOf(thing, context_)};
}

model::DescriptionObservation Reader::describe(const Owner& owner, const object& entity) const {
  model::DescriptionObservation described;
  described.entity = owner.entity;
  described.kind = owner.kind;
  const std::string name = nameOf(entity);
  described.name = {name, name};
  described.eventTime = message_.received;
  described.provenance = context_.provenance;
  const std::string description = textOf(entity, "description");
  if (!description.empty() && description != name) described.attributes.emplace_back("description", description);
  if (const auto properties = json::member(entity, "properties")) flatten(*properties, "", described.attributes);
  return described;
}

const char* Reader::place(const object& entity, std::string_view geometry, model::DescriptionObservation& into) {
  // encodingType is mandatory (tables 7 and 15); all spellings of GeoJSON are read.
  if (!json::member(entity, "encodingType")) return reason::kMissingField;
  const auto shape = childObject(entity, geometry);
  if (!shape) return reason::kMissingField;
  auto read = json::shape(*shape, context_.frame);
  if (!read) return read.error() == reason::kPosition ? reason::kPosition : reason::kWrongType;
  into.position = read->position;
  into.geometry = read->geometry;
  return nullptr;
}

const char* Reader::thing(const object& entity) {
  const std::string id = idOr(entity, "Things");
  if (id.empty()) return reason::kMissingField;
  const Owner owner = ownerOf(entity, id);
  const char* wrong = nullptr;
  if (!registry_ && owner.entity == sta::entityName(topic_.server, "Things", id)) {
    model::DescriptionObservation described = describe(owner, entity);
    for (const object& where : children(entity, "Locations")) wrong = place(where, "location", described);
    if (!wrong) seen.descriptions.push_back(std::move(described));
  }
  for (const object& stream : children(entity, "Datastreams"))
    if (const char* bad = datastream(stream, &owner)) wrong = bad;
  for (const object& past : children(entity, "HistoricalLocations"))
    if (const char* bad = historical(past, &owner)) wrong = bad;
  return wrong;
}

const char* Reader::datastream(const object& entity, const Owner* owner) {
  const std::string id = idOr(entity, "Datastreams");
  if (id.empty()) return owner ? nullptr : reason::kMissingField;  // a Thing may be sent with nameless streams
  Owner own;
  const auto thing = childObject(entity, "Thing");
  const auto thingId = thing ? sta::idOf(*thing) : std::nullopt;
  if (owner) {
    own = *owner;
  } else if (thingId) {
    own = ownerOf(*thing, *thingId);
  } else if (topic_.collection == "Things" && !topic_.id.empty()) {
    own = {sta::entityName(topic_.server, "Things", topic_.id), ""};
  } else {
    own = {sta::entityName(topic_.server, "Datastreams", id), "sensor"};
  }
  if (registry_) {
    // Without ObservedProperty or unit the words say nothing of the kind: what is known stays.
    const bool said = childObject(entity, "ObservedProperty") || childObject(entity, "unitOfMeasurement");
    if (said || !registry_->find(topic_.server, id))
      registry_->learn(topic_.server, id, {own.entity, propertyOf(entity, context_), own.kind, unitOf(entity)});
    return nullptr;
  }
  if (!owner && !thingId && own.kind == "sensor") {
    model::DescriptionObservation described = describe(own, entity);
    if (const auto area = childObject(entity, "observedArea")) {
      if (auto shape = json::shape(*area, context_.frame)) {
        described.position = shape->position;
        described.geometry = shape->geometry;
      }
    }
    seen.descriptions.push_back(std::move(described));
  }
  const auto* target = context_.datastreams.find(topic_.server, id, message_.knowledge);
  for (const object& observation : children(entity, "Observations")) {
    if (!target) return reason::kUnknownDatastream;
    if (const char* wrong = sta::addObservation(observation, *target, message_, context_, seen)) return wrong;
  }
  return nullptr;
}

void Reader::moved(const Owner& owner, const glm::dvec3& where, base::UtcNs when) {
  model::PoseObservation& pose = seen.poses.emplace_back();
  pose.entity = owner.entity;
  pose.kind = owner.kind;
  pose.position = where;
  pose.eventTime = when;
  pose.provenance = context_.provenance;
}

const char* Reader::location(const object& entity) {
  if (registry_) return nullptr;
  const std::string id = idOr(entity, "Locations");
  model::DescriptionObservation here;
  if (const char* wrong = place(entity, "location", here)) return wrong;
  if (topic_.collection == "Things" && !topic_.id.empty()) {
    moved({sta::entityName(topic_.server, "Things", topic_.id), ""}, *here.position, message_.received);
    return nullptr;
  }
  bool used = false;
  for (const object& thing : children(entity, "Things")) {
    const auto thingId = sta::idOf(thing);
    if (!thingId) continue;
    moved(ownerOf(thing, *thingId), *here.position, message_.received);
    used = true;
  }
  if (used) return nullptr;
  if (id.empty()) return reason::kMissingField;
  model::DescriptionObservation described = describe({sta::entityName(topic_.server, "Locations", id), "place"}, entity);
  described.position = here.position;
  described.geometry = here.geometry;
  seen.descriptions.push_back(std::move(described));
  return nullptr;
}

/// Section 8.2.3: a Thing was at its Locations at `time`.
const char* Reader::historical(const object& entity, const Owner* owner) {
  if (registry_) return nullptr;
  const auto thing = childObject(entity, "Thing");
  const auto thingId = thing ? sta::idOf(*thing) : std::nullopt;
  Owner own;
  if (owner) {
    own = *owner;
  } else if (thingId) {
    own = ownerOf(*thing, *thingId);
  } else if (topic_.collection == "Things" && !topic_.id.empty()) {
    own = {sta::entityName(topic_.server, "Things", topic_.id), ""};
  } else {
    return reason::kMissingField;
  }
  const auto time = json::instantOrEnd(textOf(entity, "time"));
  if (!time) return reason::kTime;
  for (const object& where : children(entity, "Locations")) {
    model::DescriptionObservation here;
    if (const char* wrong = place(where, "location", here)) return wrong;
    moved(own, *here.position, *time);
  }
  return nullptr;
}

const char* Reader::feature(const object& entity) {
  if (registry_) return nullptr;
  const std::string id = idOr(entity, "FeaturesOfInterest");
  if (id.empty()) return reason::kMissingField;
  model::DescriptionObservation described =
      describe({sta::entityName(topic_.server, "FeaturesOfInterest", id), "place"}, entity);
  if (const char* wrong = place(entity, "feature", described)) return wrong;
  seen.descriptions.push_back(std::move(described));
  return nullptr;
}

}  // namespace

Decoded decodeSensorThingsEntities(const RawMessage& message, const DecodeContext& context) {
  const auto topic = sta::parseTopic(message.topic);
  if (!topic) return base::Error{reason::kTopic};
  const auto entities = sta::entitiesOf(message.bytes);
  if (!entities) return base::Error{entities.error()};
  Reader reader(*topic, message, context, nullptr);
  sta::Refusals refusals;
  for (const object& entity : *entities) refusals.note(reader.read(entity));
  return refusals.settle(std::move(reader.seen));
}

void learnSensorThings(const RawMessage& message, const DecodeContext& context, DatastreamRegistry& registry) {
  const auto topic = sta::parseTopic(message.topic);
  if (!topic) return;
  const auto entities = sta::entitiesOf(message.bytes);
  if (!entities) return;
  Reader reader(*topic, message, context, &registry);
  for (const object& entity : *entities) reader.read(entity);
}

}  // namespace feeds
