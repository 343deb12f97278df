// SPDX-License-Identifier: Apache-2.0
// The Smart Data Models' examples in every encoding, and what the standard says beyond them.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/decode_ngsi.h"

namespace {

using namespace feeds_test;
using Json = nlohmann::json;
const std::filesystem::path kModels = ALPHACITY_SOURCE_DIR "/../shared/data/ngsi_ld_models";

feeds::Decoded decode(const std::string& text, const std::string& topic = "ngsi/broker") {
  static const feeds::DatastreamRegistry registry;
  feeds::RawMessage message;
  message.topic = topic;
  message.bytes = text;
  message.received = kNow;
  return feeds::decodeNgsi(message, {.frame = alphaFrame(), .datastreams = registry, .vocabulary = &vocabulary()});
}

std::string written(const model::Value& value) {
  if (const auto* n = std::get_if<double>(&value)) return "n" + std::to_string(*n);
  if (const auto* b = std::get_if<bool>(&value)) return *b ? "true" : "false";
  if (const auto* s = std::get_if<std::string>(&value)) return "s" + *s;
  return "null";
}

/// What an entity was said to be, without times and units (simplified forms have none).
std::map<std::string, std::string> summary(const model::Observations& seen) {
  std::map<std::string, std::string> all;
  for (const auto& p : seen.properties) all[p.entity + "|" + p.property] = p.kind + "|" + written(p.value);
  for (const auto& p : seen.poses) all[p.entity + "|pose"] = p.kind + "|" + std::to_string(p.position.x) + "," + std::to_string(p.position.y);
  for (const auto& d : seen.descriptions) {
    std::string text = d.kind + "|" + d.name.ko;
    if (d.position) text += "|" + std::to_string(d.position->x) + "," + std::to_string(d.position->y);
    if (d.geometry) text += "|" + std::to_string(d.geometry->parts.size());
    all[d.entity + "|is"] = text;
  }
  return all;
}

const std::map<std::string, std::string> kMembers = {
    {"Property", "value"}, {"GeoProperty", "value"}, {"Relationship", "object"}, {"LanguageProperty", "languageMap"},
    {"VocabProperty", "vocab"}, {"JsonProperty", "json"}, {"ListProperty", "valueList"}, {"ListRelationship", "objectList"}};

/// Clause 4.5.4: each attribute by its value alone; an independent implementation for comparison.
Json simplified(const Json& entity) {
  Json out;
  for (const auto& [key, value] : entity.items()) {
    const bool attribute = value.is_object() && value.contains("type") && value["type"].is_string();
    if (key == "id" || key == "type" || key == "@context" || !attribute) {
      out[key] = value;
    } else if (const auto kind = kMembers.find(value["type"]); kind != kMembers.end() && value.contains(kind->second)) {
      const Json& inner = value[kind->second];
      out[key] = kind->first == "LanguageProperty" ? Json{{"languageMap", inner}} : inner;
    } else {
      out[key] = value.contains("value") ? value["value"] : value;
    }
  }
  return out;
}

/// Without what simplified forms cannot say: sub-properties and metadata.
Json bare(const Json& entity) {
  Json out = entity;
  for (auto& [key, value] : out.items()) {
    if (key == "id" || !value.is_object() || !value.contains("type") || !value["type"].is_string()) continue;
    const auto kind = kMembers.find(value["type"]);
    const std::string member = kind != kMembers.end() ? kind->second : "value";
    if (value.contains(member)) value = Json{{"type", value["type"]}, {member, value[member]}};
  }
  return out;
}

/// Clause 4.5.2.3: the type is left away.
Json concise(const Json& entity) {
  Json out = entity;
  for (auto& [key, value] : out.items())
    if (key != "id" && key != "type" && value.is_object() && value.contains("type") && value["type"].is_string() &&
        kMembers.contains(value["type"]))
      value.erase("type");
  return out;
}

std::string readAll(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::filesystem::path> types() {
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::exists(kModels)) return found;
  for (const auto& model : std::filesystem::directory_iterator(kModels)) {
    if (!model.is_directory()) continue;
    for (const auto& type : std::filesystem::directory_iterator(model)) found.push_back(type.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(NgsiModels, EveryTypeInEveryEncodingSaysTheSame) {
  const auto all = types();
  if (all.empty()) GTEST_SKIP() << kModels << " is not there";
  EXPECT_EQ(all.size(), 23u);
  for (const auto& folder : all) {
    for (const char* name : {"example-normalized.jsonld", "example-normalized.json"}) {
      const Json entity = Json::parse(readAll(folder / "examples" / name));
      const auto normal = decode(entity.dump());
      ASSERT_TRUE(normal.ok()) << folder << " " << normal.error();
      const auto expected = summary(*normal);
      EXPECT_GT(expected.size(), 4u) << folder;
      EXPECT_EQ(summary(*decode(simplified(entity).dump())), summary(*decode(bare(entity).dump()))) << folder << " simplified";
      if (std::string_view(name).ends_with("ld")) {
        EXPECT_EQ(summary(*decode(concise(entity).dump())), expected) << folder << " concise";
      }
      // Wrappers change nothing.
      const Json list = Json::array({entity});
      EXPECT_EQ(summary(*decode(list.dump())), expected);
      EXPECT_EQ(summary(*decode(Json{{"id", "urn:n:1"}, {"type", "Notification"}, {"subscriptionId", "urn:s"}, {"notifiedAt", "2026-11-22T09:00:00Z"}, {"data", list}}.dump())), expected);
      EXPECT_EQ(summary(*decode(Json{{"subscriptionId", "5a"}, {"data", list}}.dump())), expected);
      EXPECT_EQ(summary(*decode(Json{{"metadata", {{"Content-Type", "application/json"}}}, {"body", {{"type", "Notification"}, {"notifiedAt", "2026-11-22T09:00:00Z"}, {"data", list}}}}.dump())), expected);
    }
  }
}

TEST(NgsiModels, EveryTypeIsBoundToAKindOfTheCatalogue) {
  const auto all = types();
  if (all.empty()) GTEST_SKIP() << kModels << " is not there";
  for (const auto& folder : all) {
    const auto* type = vocabulary().type(folder.filename().string());
    ASSERT_NE(type, nullptr) << folder;
    EXPECT_TRUE(catalogue()->kinds().contains(type->kind)) << folder << " " << type->kind;
    for (const char* name : {"example.json", "example.jsonld", "example-geojsonfeature.json"}) {
      const auto path = folder / "examples" / name;
      if (!std::filesystem::exists(path)) continue;
      const auto decoded = decode(readAll(path));
      ASSERT_TRUE(decoded.ok()) << path << " " << decoded.error();
      ASSERT_EQ(decoded->descriptions.size(), 1u) << path;
      EXPECT_TRUE(catalogue()->kinds().contains(decoded->descriptions[0].kind)) << path << " " << decoded->descriptions[0].kind;
      EXPECT_GE(decoded->properties.size(), 3u) << path;
    }
  }
}

const model::PropertyObservation* find(const feeds::Decoded& decoded, std::string_view property) {
  for (const auto& p : decoded->properties)
    if (p.property == property) return &p;
  return nullptr;
}

TEST(Ngsi, AnUnknownTypeAppearsWithAllItHas) {
  const auto decoded = decode(R"({"id":"urn:ngsi-ld:Beehive:7","type":"Beehive",
    "weight":{"type":"Property","value":41.5,"unitCode":"KGM","observedAt":"2026-11-22T08:00:00Z"},
    "queen":{"type":"Property","value":{"age":2,"marked":true,"colour":{"name":"blue"}}},
    "frames":{"type":"Property","value":[1,2,3]},
    "location":{"type":"GeoProperty","value":{"type":"Polygon","coordinates":[[[128.69,35.83],[128.70,35.83],[128.70,35.84],[128.69,35.83]]]}}})");
  ASSERT_TRUE(decoded.ok()) << decoded.error();
  EXPECT_EQ(decoded->descriptions[0].kind, "Beehive");
  ASSERT_NE(decoded->descriptions[0].geometry, nullptr);
  EXPECT_EQ(decoded->descriptions[0].geometry->parts[0].size(), 3u);
  const auto* weight = find(decoded, "weight");
  ASSERT_NE(weight, nullptr);
  EXPECT_EQ(weight->unit, "KGM");
  EXPECT_EQ(weight->eventTime, *core::parseIso8601("2026-11-22T08:00:00Z"));
  EXPECT_NE(find(decoded, "queen.colour.name"), nullptr);
  EXPECT_EQ(std::get<std::string>(find(decoded, "frames")->value), "1, 2, 3");
  EXPECT_EQ(find(decoded, "queen.age")->eventTime, kNow);
}

TEST(Ngsi, MultiAttributesLanguagesVocabJsonAndDeletes) {
  const auto decoded = decode(R"({"id":"urn:ngsi-ld:Vehicle:1","type":"Vehicle",
    "name":{"type":"LanguageProperty","languageMap":{"ko":"순찰차","en":"Patrol"}},
    "speed":[{"type":"Property","value":55,"datasetId":"urn:ngsi-ld:Property:wheel"},{"type":"Property","value":54,"source":{"type":"Property","value":"gps"}}],
    "colour":{"type":"LanguageProperty","languageMap":{"ko":"빨강","en":"red"}},
    "category":{"type":"VocabProperty","vocab":"commercial"},
    "extra":{"type":"JsonProperty","json":{"a":[{"b":1}]}},
    "parked":{"type":"Relationship","object":"urn:ngsi-ld:Parking:1"},
    "plate":"urn:ngsi-ld:null","old":null,
    "location":{"type":"GeoProperty","value":{"type":"Point","coordinates":[128.69,35.83]},"observedAt":"2026-11-22T08:00:00Z"},
    "bearing":90})");
  ASSERT_TRUE(decoded.ok()) << decoded.error();
  EXPECT_EQ(decoded->descriptions[0].name.ko, "순찰차");
  EXPECT_EQ(decoded->descriptions[0].name.en, "Patrol");
  EXPECT_EQ(std::get<double>(find(decoded, "speed")->value), 54);
  EXPECT_EQ(std::get<double>(find(decoded, "speed@wheel")->value), 55);
  EXPECT_EQ(std::get<std::string>(find(decoded, "speed.source")->value), "gps");
  EXPECT_EQ(std::get<std::string>(find(decoded, "colour.en")->value), "red");
  EXPECT_EQ(std::get<std::string>(find(decoded, "category")->value), "commercial");
  EXPECT_EQ(std::get<double>(find(decoded, "extra.a.0.b")->value), 1);
  EXPECT_EQ(std::get<std::string>(find(decoded, "parked")->value), "urn:ngsi-ld:Parking:1");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(find(decoded, "plate")->value));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(find(decoded, "old")->value));
  ASSERT_EQ(decoded->poses.size(), 1u);
  EXPECT_NEAR(decoded->poses[0].speed, 15, 1e-9);
  EXPECT_EQ(decoded->poses[0].eventTime, *core::parseIso8601("2026-11-22T08:00:00Z"));
  // Simplified multi-attribute, clause 4.5.5.
  const auto simple = decode(R"({"id":"a","type":"X","speed":{"dataset":{"@none":54,"urn:ngsi-ld:Property:wheel":55}}})");
  EXPECT_EQ(std::get<double>(find(simple, "speed@wheel")->value), 55);
  EXPECT_EQ(std::get<double>(find(simple, "speed")->value), 54);
  const auto gone = decode(R"({"id":"a","type":"X","deletedAt":"2026-11-22T08:30:00Z"})");
  ASSERT_EQ(gone->departures.size(), 1u);
  EXPECT_TRUE(gone->descriptions.empty());
}

TEST(Ngsi, TimesAreTheClosestThatIsSaid) {
  const auto time = [](const std::string& members) {
    const auto decoded = decode(R"({"id":"a","type":"X","v":)" + members + "}");
    return find(decoded, "v")->eventTime;
  };
  EXPECT_EQ(time(R"({"type":"Number","value":1,"metadata":{"TimeInstant":{"type":"DateTime","value":"2026-11-22T07:00:00.00Z"}}})"), *core::parseIso8601("2026-11-22T07:00:00Z"));
  EXPECT_EQ(time(R"(1,"dateObserved":"2026-11-22T06:00:00/2026-11-22T07:30:00")"), *core::parseIso8601("2026-11-22T07:30:00Z"));
  EXPECT_EQ(time(R"(1,"TimeInstant":{"type":"DateTime","value":"2026-11-22T07:00:00+09:00"})"), *core::parseIso8601("2026-11-21T22:00:00Z"));
  EXPECT_EQ(time(R"(1,"dateObserved":"nonsense")"), kNow);
}

TEST(Ngsi, RefusalsHaveReasons) {
  EXPECT_EQ(decode("[").error(), "json");
  EXPECT_EQ(decode("7").error(), "wrong_type");
  EXPECT_EQ(decode(R"({"type":"X"})").error(), "missing_field");
  EXPECT_EQ(decode(R"({"id":"a"})").error(), "missing_field");
  EXPECT_EQ(decode(R"([1])").error(), "wrong_type");
  const auto part = decode(R"([{"id":"a","type":"X"},{"id":"b"}])");
  ASSERT_TRUE(part.ok());
  EXPECT_EQ(part->descriptions.size(), 1u);
  EXPECT_EQ(part.warnings, std::vector<std::string>{"missing_field"});
  EXPECT_TRUE(decode("[]").ok());
}

TEST(NgsiIngest, UnitsAreConvertedAndKept) {
  feeds::IngestOptions options = inlineOptions();
  options.vocabulary = {std::shared_ptr<void>(), &vocabulary()};
  Feed feed(std::move(options));
  feed.transport->publish("ngsi/b", R"({"id":"s","type":"AirQualityObserved","relativeHumidity":0.54,"temperature":
     {"type":"Property","value":50,"unitCode":"FAH"},"no2":{"type":"Property","value":69,"unitCode":"GQ"}})", kNow);
  const model::ChangeBatch batch = feed.ingest.keyframe();
  const auto row = std::find_if(batch.rows.begin(), batch.rows.end(), [](const auto& r) { return r.entity.info->id == "s"; });
  ASSERT_NE(row, batch.rows.end());
  EXPECT_NEAR(std::get<double>(row->entity.property("humidity")->value), 54, 1e-9);
  EXPECT_NEAR(std::get<double>(row->entity.property("temperature")->value), 10, 1e-9);
  EXPECT_EQ(row->entity.property("no2")->unit, "µg/m³");
  EXPECT_FALSE(row->entity.property("no2")->bad);  // the range is in ppm and says nothing of µg/m³
}

/// Whatever value an attribute has, normalized, concise and simplified say it alike.
RC_GTEST_PROP(Ngsi, EncodingsAgree, ()) {
  const auto key = "a" + std::to_string(*rc::gen::inRange(0, 1000));
  Json value;
  switch (*rc::gen::inRange(0, 5)) {
    case 0: value = *rc::gen::inRange(-1000000, 1000000) / 64.0; break;
    case 1: value = *rc::gen::arbitrary<bool>(); break;
    case 2: value = "t" + std::to_string(*rc::gen::arbitrary<uint32_t>()); break;
    case 3: value = Json::array({*rc::gen::inRange(0, 9), *rc::gen::inRange(0, 9)}); break;
    default: value = Json{{"x", *rc::gen::inRange(0, 9)}, {"y", Json{{"z", "q"}}}};
  }
  const Json entity{{"id", "urn:x"}, {"type", "Thing"}, {key, {{"type", "Property"}, {"value", value}}}};
  const auto expected = summary(*decode(entity.dump()));
  RC_ASSERT(expected.size() >= 2u);
  RC_ASSERT(summary(*decode(simplified(entity).dump())) == expected);
  RC_ASSERT(summary(*decode(concise(entity).dump())) == expected);
}

}  // namespace
