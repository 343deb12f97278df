// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_sensorthings.h"

#include "twin/feeds/sensorthings_in.h"

namespace feeds {
namespace {

/// The datastream of one observation: the topic's, else the link inside the message.
std::optional<std::string> datastreamOf(const sta::Topic& topic, const json::object& observation) {
  if (topic.collection == "Datastreams" && !topic.id.empty()) return std::string(topic.id);
  const auto link = json::member(observation, "Datastream");
  json::object datastream;
  if (!link || link->get(datastream)) return std::nullopt;
  return sta::idOf(datastream);
}

const char* readOne(const json::object& observation, const sta::Topic& topic, const RawMessage& message,
                    const DecodeContext& context, model::Observations& seen) {
  const auto id = datastreamOf(topic, observation);
  const auto* target = id ? context.datastreams.find(topic.server, *id, message.knowledge) : nullptr;
  if (!target) return reason::kUnknownDatastream;
  return sta::addObservation(observation, *target, message, context, seen);
}

/// One row of a data array: phenomenonTime or resultTime and result by the columns' names.
const char* readRow(const simdjson::dom::array& row, const std::vector<std::string_view>& columns,
                    const DatastreamRegistry::Target& target, const RawMessage& message,
                    const DecodeContext& context, model::Observations& seen) {
  base::UtcNs time = message.received;
  std::optional<model::Value> value;
  size_t column = 0;
  for (const json::element cell : row) {
    if (column >= columns.size()) break;
    const std::string_view name = columns[column++];
    if (name == "phenomenonTime") {
      const auto text = json::text(cell);
      time = text ? json::instantOrEnd(*text).value_or(0) : 0;
    } else if (name == "result") {
      value = json::scalar(cell);
    }
  }
  if (time == 0) return reason::kTime;
  if (!value) return reason::kMissingField;
  model::PropertyObservation& seenNow = seen.properties.emplace_back();
  seenNow.entity = target.entity;
  seenNow.kind = target.kind;
  seenNow.property = target.property;
  seenNow.unit = target.unit;
  seenNow.eventTime = time;
  seenNow.value = *std::move(value);
  seenNow.provenance = context.provenance;
  return nullptr;
}

/// {"Datastream":{...},"components":[...],"dataArray":[[...]]} (OGC 18-088 section 12.2).
void readDataArray(const json::object& block, const simdjson::dom::array& rows, const sta::Topic& topic,
                   const RawMessage& message, const DecodeContext& context, model::Observations& seen,
                   sta::Refusals& refusals) {
  const auto id = datastreamOf(topic, block);
  const auto* target = id ? context.datastreams.find(topic.server, *id, message.knowledge) : nullptr;
  simdjson::dom::array components;
  if (!target) return refusals.note(reason::kUnknownDatastream);
  if (block.at_key("components").get(components)) return refusals.note(reason::kMissingField);
  std::vector<std::string_view> columns;
  for (const json::element name : components) columns.push_back(json::text(name).value_or(""));
  for (const json::element item : rows) {
    simdjson::dom::array row;
    refusals.note(item.get(row) ? reason::kWrongType : readRow(row, columns, *target, message, context, seen));
  }
}

}  // namespace

Decoded decodeSensorThings(const RawMessage& message, const DecodeContext& context) {
  const auto topic = sta::parseTopic(message.topic);
  if (!topic) return base::Error{reason::kTopic};
  const auto entities = sta::entitiesOf(message.bytes);
  if (!entities) return base::Error{entities.error()};
  model::Observations seen;
  sta::Refusals refusals;
  for (const json::object& entity : *entities) {
    simdjson::dom::array rows;
    if (!entity.at_key("dataArray").get(rows)) {
      readDataArray(entity, rows, *topic, message, context, seen, refusals);
    } else {
      refusals.note(readOne(entity, *topic, message, context, seen));
    }
  }
  return refusals.settle(std::move(seen));
}

}  // namespace feeds
