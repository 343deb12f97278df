// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/ngsi_attribute.h"

#include <algorithm>
#include <array>

#include "twin/feeds/vocabulary.h"

namespace feeds::ngsi {
namespace {

using json::element;
using json::object;
using simdjson::dom::array;

constexpr std::string_view kNull = "urn:ngsi-ld:null";

/// Type of attribute -> the member that holds its value.
struct Kind {
  std::string_view type, member;
  Form form;
};
constexpr std::array<Kind, 8> kKinds{{{"Property", "value", Form::Value},
                                      {"GeoProperty", "value", Form::Geo},
                                      {"Relationship", "object", Form::Value},
                                      {"LanguageProperty", "languageMap", Form::Language},
                                      {"VocabProperty", "vocab", Form::Value},
                                      {"JsonProperty", "json", Form::Value},
                                      {"ListProperty", "valueList", Form::Value},
                                      {"ListRelationship", "objectList", Form::Value}}};

const Kind* kindByType(std::string_view type) {
  const auto at = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.type == type; });
  return at == kKinds.end() ? nullptr : &*at;
}

/// Members that describe the instance rather than being sub-properties of it.
bool isReserved(std::string_view key) {
  constexpr std::array<std::string_view, 22> kReserved{
      "type",     "value",    "object",     "languageMap", "vocab",     "json",         "valueList", "objectList",
      "metadata", "datasetId", "observedAt", "unitCode",    "createdAt", "modifiedAt",   "deletedAt", "instanceId",
      "objectType", "previousValue", "previousObject", "previousLanguageMap", "valueType", "entity"};
  return std::find(kReserved.begin(), kReserved.end(), key) != kReserved.end();
}

bool isGeometry(const element& value) {
  object o;
  return !value.get(o) && json::isGeoJson(o);
}

std::optional<std::string> lastStep(const object& from, std::string_view key) {
  const auto value = json::member(from, key);
  const auto text = value ? json::text(*value) : std::nullopt;
  if (!text) return std::nullopt;
  return std::string(lastOfUri(*text));
}

void addFurther(const object& instance, Instance& into) {
  for (const auto& [key, value] : instance) {
    if (isReserved(key)) continue;
    for (const Instance& inner : instancesOf(value))
      if (inner.form == Form::Value && !inner.deleted) flatten(inner.value, std::string(key), into.further);
  }
}

/// NGSI-v2 metadata: unitCode and the time of the value are known, the rest goes along by name.
void readMetadata(const object& instance, Instance& into) {
  const auto metadata = json::member(instance, "metadata");
  object members;
  if (!metadata || metadata->get(members)) return;
  for (const auto& [key, item] : members) {
    object one;
    element value = item;
    if (!item.get(one) && one.at_key("value").get(value)) continue;
    if (key == "unitCode") {
      into.unit = json::text(value).value_or("").substr(0, 32);
    } else if (key == "timestamp" || key == "TimeInstant" || key == "observedAt" || key == "dateObserved") {
      into.observedAt = moment(value).value_or(0);
    } else if (key != "dateCreated" && key != "dateModified" && key != "previousValue" && key != "actionType") {
      flatten(untyped(value), std::string(key), into.further);
    }
  }
}

/// The common members of a normalized or concise NGSI-LD instance (clause 4.5.2.2).
void readCommon(const object& instance, Instance& into) {
  if (auto dataset = lastStep(instance, "datasetId")) into.dataset = *std::move(dataset);
  if (const auto at = json::member(instance, "observedAt")) into.observedAt = moment(*at).value_or(0);
  if (const auto unit = json::member(instance, "unitCode"))
    into.unit = json::text(*unit).value_or("").substr(0, 32);
  addFurther(instance, into);
}

Instance plain(const element& value) {
  Instance result;
  result.value = untyped(value);
  result.deleted = json::text(result.value) == kNull;
  if (isGeometry(result.value)) result.form = Form::Geo;
  return result;
}

Instance finish(Instance result) {
  result.value = untyped(result.value);
  result.deleted = json::text(result.value) == kNull;
  if (result.form == Form::Value && isGeometry(result.value)) result.form = Form::Geo;
  return result;
}

Instance instanceOf(const element& attribute) {
  object members;
  if (attribute.get(members) || json::isGeoJson(members)) return plain(attribute);
  const auto type = json::member(members, "type");
  const std::string_view typeName = type ? json::text(*type).value_or("") : "";
  Instance result;
  if (const Kind* kind = kindByType(typeName); kind && !members.at_key(kind->member).get(result.value)) {
    result.form = kind->form;
    readCommon(members, result);
    return finish(std::move(result));
  }
  if (type && !members.at_key("value").get(result.value)) {
    readMetadata(members, result);
    return finish(std::move(result));
  }
  if (!type) {
    for (const Kind& kind : kKinds) {
      if (members.at_key(kind.member).get(result.value)) continue;
      result.form = kind.form == Form::Language ? Form::Language : Form::Value;
      readCommon(members, result);
      return finish(std::move(result));
    }
  }
  return plain(attribute);
}

bool isInstance(const element& item) {
  object members;
  if (item.get(members) || json::isGeoJson(members)) return false;
  const auto type = json::member(members, "type");
  if (type) {
    const Kind* kind = kindByType(json::text(*type).value_or(""));
    return kind && json::member(members, kind->member);
  }
  return json::member(members, "datasetId").has_value();
}

}  // namespace

element untyped(const element& value) {
  object members;
  element inner;
  if (!value.get(members) && !members.at_key("@value").get(inner)) return inner;
  return value;
}

std::optional<base::UtcNs> moment(const element& value) {
  const auto text = json::text(untyped(value));
  return text ? json::instantOrEnd(*text, true) : std::nullopt;
}

std::vector<Instance> instancesOf(const element& attribute) {
  std::vector<Instance> result;
  array list;
  if (!attribute.get(list) && list.size() > 0 && list.size() <= 64 &&
      std::all_of(list.begin(), list.end(), isInstance)) {
    for (const element item : list) result.push_back(instanceOf(item));  // clause 4.5.5: multi-attribute
    return result;
  }
  object members, sets;
  if (!attribute.get(members) && members.size() == 1 && !members.at_key("dataset").get(sets)) {
    for (const auto& [key, value] : sets) {
      Instance one = plain(value);
      if (key != "@none") one.dataset = std::string(lastOfUri(key));
      result.push_back(std::move(one));
    }
    return result;
  }
  result.push_back(instanceOf(attribute));
  return result;
}

}  // namespace feeds::ngsi
