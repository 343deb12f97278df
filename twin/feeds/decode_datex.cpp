// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_datex.h"

#include <charconv>

#include "twin/core/time.h"
#include "twin/feeds/area_shape.h"
#include "twin/feeds/datex_parts.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/emitter.h"
#include "twin/feeds/json_in.h"

namespace feeds {
namespace datex {
namespace {

constexpr size_t kMaxRecords = 10'000, kMaxPoints = 20'000, kMaxText = 2000;

std::string_view local(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// The first line, without what does not fit a label.
std::string firstLine(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  while (text.ends_with('\r') || text.ends_with(' ')) text.remove_suffix(1);
  return std::string(text);
}

int severityOf(std::string_view severity) {  // SeverityEnum
  if (severity == "highest") return 3;
  if (severity == "high") return 2;
  return severity == "medium" ? 1 : 0;
}

/// gml:posList: latitude and longitude of each corner (EPSG:4326 order).
std::optional<std::vector<glm::dvec3>> posList(std::string_view text, const core::CityFrame& frame) {
  std::vector<double> numbers;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end && numbers.size() < 2 * kMaxPoints) {
    if (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r') {
      ++at;
      continue;
    }
    double number;
    const auto [stop, error] = std::from_chars(at, end, number);
    if (error != std::errc()) return std::nullopt;
    numbers.push_back(number);
    at = stop;
  }
  std::vector<core::GeoPoint> points;
  for (size_t i = 0; i + 1 < numbers.size(); i += 2) points.push_back({numbers[i + 1], numbers[i], 0});
  return cityPath(points, frame);
}

void collectPoints(const DocNode& node, std::vector<core::GeoPoint>& points) {
  const auto latitude = numberOf(node.child("latitude")), longitude = numberOf(node.child("longitude"));
  if (latitude && longitude && points.size() < kMaxPoints) points.push_back({*longitude, *latitude, 0});
  for (const DocNode& child : node.children) collectPoints(child, points);
}

/// Place and shape of a location: GML areas and lines, else the coordinates of its points.
void readLocation(const DocNode& location, const core::CityFrame& frame, Record& record) {
  std::vector<std::vector<glm::dvec3>> rings, lines;
  for (const DocNode* polygon : location.all("gmlPolygon"))
    for (const DocNode* list : polygon->all("posList"))
      if (auto ring = posList(list->text, frame)) rings.push_back(std::move(*ring));
  for (const DocNode* line : location.all("gmlLineString"))
    for (const DocNode* list : line->all("posList"))
      if (auto path = posList(list->text, frame)) lines.push_back(std::move(*path));
  record.geometry = rings.empty() ? makeGeometry(model::Geometry::Shape::Lines, std::move(lines))
                                  : makeGeometry(model::Geometry::Shape::Area, std::move(rings));
  std::vector<core::GeoPoint> points;
  collectPoints(location, points);
  auto path = cityPath(points, frame);
  if (path && !path->empty()) record.place = path->front();
  const std::string_view type = local(location.valueAt("@type"));
  const bool linear = type.find("Linear") != std::string_view::npos || location.child("openlrLinear");
  if (!record.geometry && linear && path) record.geometry = makeGeometry(model::Geometry::Shape::Lines, {*path});
  if (record.geometry && !record.place) record.place = middleOf(*record.geometry);
}

void readComments(const DocNode& holder, Record& record) {
  Texts titles, texts;
  for (const DocNode* comment : holder.all("generalPublicComment")) {
    for (const DocNode* value : comment->all("value")) {
      titles.add(value->valueAt("@lang"), firstLine(value->text));
      texts.add(value->valueAt("@lang"), value->text);
    }
    if (!titles.both().en.empty()) break;
  }
  record.title = titles.both();
  record.description = texts.both().en;
}

void readRecord(const DocNode& node, const DocNode& situation, const DecodeContext& context, Record& record) {
  record.id = node.valueAt("@id");
  record.situation = situation.valueAt("@id");
  record.version = node.valueAt("@version");
  record.type = local(node.valueAt("@type"));
  record.severity = node.valueAt("severity");
  if (record.severity.empty()) record.severity = situation.valueAt("overallSeverity");
  record.versionTime = timeOf(node.child("situationRecordVersionTime"))
                           .value_or(timeOf(node.child("situationRecordCreationTime")).value_or(0));
  if (const DocNode* validity = node.child("validity")) {
    record.start = timeOf(validity->at("validityTimeSpecification/overallStartTime")).value_or(0);
    record.end = timeOf(validity->at("validityTimeSpecification/overallEndTime")).value_or(0);
    record.attributes.emplace_back("validity", std::string(validity->valueAt("validityStatus")));
  }
  if (const DocNode* life = node.at("management/lifeCycleManagement"))
    record.over = life->valueAt("cancel") == "true" || life->valueAt("end") == "true";
  readComments(node, record);
  if (record.title.en.empty()) readComments(situation, record);
  // What exactly: accidentType, roadMaintenanceType, obstructionType ...
  for (const DocNode& child : node.children)
    if (child.name.ends_with("Type") && !child.text.empty() && child.name[0] != '@')
      record.attributes.emplace_back("detail", child.text);
  for (const char* name : {"groupOfLocations", "locationReference"}) {
    const DocNode* location = node.child(name);
    if (!location) continue;
    readLocation(*location, context.frame, record);
    if (const DocNode* code = location->find("specificLocation"))
      record.attributes.emplace_back("alert_c", code->text);
  }
}

/// Counts the records that were read; `refused` keeps the last reason.
size_t readSituations(const DocNode& root, const DecodeContext& context, Decoded& out, const char*& refused) {
  size_t read = 0, seen = 0;
  for (const DocNode* situation : root.all("situation")) {
    for (const DocNode* node : situation->all("situationRecord")) {
      if (++seen > kMaxRecords) return refused = reason::kTooLarge, read;
      Record record;
      readRecord(*node, *situation, context, record);
      if (const char* why = emitRecord(std::move(record), context, out)) {
        refused = why;
        out.warnings.emplace_back(why);
      } else {
        ++read;
      }
    }
  }
  return read;
}

}  // namespace

void Texts::add(std::string_view language, std::string_view text) {
  std::string& to = language.starts_with("ko") ? ko : language.starts_with("en") ? en : other;
  if (to.empty()) to = text;
}

core::BilingualText Texts::both() const {
  const std::string& english = !en.empty() ? en : !other.empty() ? other : ko;
  return {ko.empty() ? english : ko, english};
}

const char* emitRecord(Record record, const DecodeContext& context, Decoded& out) {
  if (record.id.empty()) return reason::kMissingField;
  if (!validId(record.id) || record.id.size() > 100) return reason::kWrongType;
  if (record.versionTime <= 0) return reason::kTime;
  Emitter emit(*out, {"datex-" + record.id, "traffic_event", record.versionTime, context.provenance});
  model::EventObservation& event =
      emit.event("datex/" + record.id + '/' + record.version.substr(0, 16), "datex." + record.type.substr(0, 80));
  event.position = record.place;
  event.severity = severityOf(record.severity);
  addDetail(event, "ko", record.title.ko);
  addDetail(event, "en", record.title.en);
  addDetail(event, "description", std::string_view(record.description).substr(0, kMaxText));
  addDetail(event, "severity", record.severity);
  addDetail(event, "situation", record.situation);
  if (record.over || (record.end != 0 && record.end <= record.versionTime)) {
    addDetail(event, "state", "over");
    emit.depart();
    return nullptr;
  }
  model::DescriptionObservation& about = emit.describe();
  about.name = record.title;
  if (about.name.en.empty()) about.name = {record.type, record.type};
  about.position = record.place;
  about.geometry = std::move(record.geometry);
  about.expires = record.end;
  if (!about.position && !about.geometry) out.warnings.emplace_back(reason::kNoPlace);
  addAttribute(about, "type", record.type);
  addAttribute(about, "severity", record.severity);
  addAttribute(about, "situation", record.situation);
  if (record.start > 0) addAttribute(about, "start", core::formatIso8601(record.start));
  if (record.end > 0) addAttribute(about, "end", core::formatIso8601(record.end));
  for (auto& attribute : record.attributes) {
    const auto* text = std::get_if<std::string>(&attribute.second);
    if (!text || !text->empty()) about.attributes.push_back(std::move(attribute));
  }
  return nullptr;
}

}  // namespace datex

Decoded decodeDatex(const RawMessage& message, const DecodeContext& context) {
  const auto document = parseDocument(message.bytes);
  if (!document) return base::Error{document.error()};
  Decoded out{model::Observations{}};
  const char* refused = reason::kNotSupported;
  if (datex::readSituations(*document, context, out, refused) > 0) return out;
  if (const DocNode* ims = document->name == "imsMessage" ? &*document : document->find("imsMessage")) {
    // An IMS message carries its DATEX II or JSON as text, one per format.
    for (const DocNode* content : ims->all("content")) {
      const auto inner = parseDocument(content->text);
      if (!inner) return base::Error{inner.error()};
      if (datex::readSituations(*inner, context, out, refused) > 0) return out;
      if (!(refused = datex::readIms(*inner, context, out))) return out;
    }
    return base::Error{refused};
  }
  if (document->name.empty()) refused = datex::readIms(*document, context, out);  // JSON
  if (refused) return base::Error{refused};
  return out;
}

}  // namespace feeds
