// SPDX-License-Identifier: Apache-2.0
// SAE J2735 TravelerInformation (MSG_TIM): warnings and signs for a stretch of road or an area.
#include "twin/feeds/area_shape.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/emitter.h"
#include "twin/feeds/itis_codes.h"
#include "twin/feeds/j2735_parts.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/v2x_path.h"
#include "twin/feeds/v2x_units.h"

namespace feeds::j2735 {
namespace {

constexpr size_t kMaxFrames = 8, kMaxRegions = 16, kMaxItems = 100;
constexpr int64_t kForever = 32'000;  // DE_MinutesDuration

constexpr std::string_view kContents[] = {"advisory", "workzone", "genericsign", "speedlimit", "exitservice"};

struct Content {
  std::string_view kind;
  core::BilingualText text;
  std::string codes;
};

void append(core::BilingualText& to, const core::BilingualText& part) {
  to.ko += (to.ko.empty() ? "" : ", ") + part.ko;
  to.en += (to.en.empty() ? "" : ", ") + part.en;
}

/// The phrases of a frame: ITIS codes and free text, in their order.
Content contentOf(const DocNode& frame) {
  Content content;
  const DocNode* choice = frame.child("content");
  if (!choice) return content;
  for (const std::string_view kind : kContents) {
    const DocNode* list = choice->child(kind);
    if (!list) continue;
    content.kind = kind;
    const auto items = list->elements();
    for (size_t i = 0; i < std::min(items.size(), kMaxItems); ++i) {
      const DocNode* item = items[i]->child("item");
      if (!item) item = items[i];
      if (const auto code = integerOf(item->child("itis"))) {
        append(content.text, itisText(*code));
        content.codes += (content.codes.empty() ? "" : ", ") + std::to_string(*code);
      } else if (const DocNode* text = item->child("text"); text && !text->text.empty()) {
        append(content.text, {text->text, text->text});
      }
    }
  }
  return content;
}

/// DF_Circle: metres; 0 when the unit or radius cannot be read.
double radiusOf(const DocNode& circle) {
  const auto radius = integerOf(circle.child("radius"));  // DE_Radius_B12
  if (!radius || *radius <= 0 || *radius > 4095) return 0;
  constexpr std::pair<std::string_view, double> kUnits[] = {
      {"centimeter", 0.01}, {"cm25", 0.025},  {"decimeter", 0.1}, {"meter", 1},
      {"kilometer", 1000},  {"foot", 0.3048}, {"yard", 0.9144},   {"mile", 1609.344}};
  const std::string unit = foldName(circle.valueAt("units"));
  for (const auto& [name, metres] : kUnits)
    if (unit == name) return static_cast<double>(*radius) * metres;
  return 0;
}

/// Place and shape of DF_GeographicalPath.
void shapeRegion(const DocNode& region, const core::CityFrame& frame, model::DescriptionObservation& about) {
  const DocNode* anchorNode = region.child("anchor");
  const auto anchor = anchorNode ? v2x::position(*anchorNode) : std::nullopt;
  if (anchor) about.position = cityPosition(*anchor, frame);
  const DocNode* description = region.child("description");
  if (!description) return;
  if (const DocNode* path = description->child("path"); path && anchor) {
    const int zoom = static_cast<int>(integerOf(path->child("scale")).value_or(0));
    const DocNode* nodes = path->at("offset/xy/nodes");
    if (!nodes) nodes = path->at("offset/ll/nodes");
    auto course = nodes ? v2x::nodePath(*nodes, *anchor, zoom, frame) : std::nullopt;
    if (!course) return;
    const bool closed = region.valueAt("closedpath") == "true";
    // The anchor starts an open path; around an area it is only a point of reference.
    if (!closed && about.position) course->insert(course->begin(), *about.position);
    about.geometry = makeGeometry(closed ? model::Geometry::Shape::Area : model::Geometry::Shape::Lines,
                                  {std::move(*course)});
  }
  const DocNode* circle = description->at("geometry/circle");
  const DocNode* centre = circle ? circle->child("center") : nullptr;
  const auto middle = centre ? v2x::position(*centre) : std::nullopt;
  const auto place = middle ? cityPosition(*middle, frame) : std::nullopt;
  if (place && radiusOf(*circle) > 0) {
    about.position = place;
    about.geometry = makeGeometry(model::Geometry::Shape::Area, {circleRing(*place, radiusOf(*circle))});
  }
}

struct Frame {
  const DocNode& node;
  std::string entity;
  std::string eventId;
  base::UtcNs issued = 0, expires = 0;
  bool pending = false;
};

void readFrame(const Frame& frame, Reader& reader) {
  const Content content = contentOf(frame.node);
  const DocNode* list = frame.node.child("regions");
  const auto regions = list ? list->elements() : std::vector<const DocNode*>();
  std::optional<glm::dvec3> place;
  for (size_t i = 0; i < std::min(regions.size(), kMaxRegions); ++i) {
    const std::string entity = i == 0 ? frame.entity : frame.entity + '-' + std::to_string(i);
    Emitter emit(reader.seen, {entity, "traveller_message", frame.issued, reader.context.provenance});
    model::DescriptionObservation& about = emit.describe();
    about.name = content.text;
    about.expires = frame.expires;
    shapeRegion(*regions[i], reader.context.frame, about);
    if (!about.position && !about.geometry) reader.flags.emplace_back(reason::kNoPlace);
    if (!place) place = about.position;
    addAttribute(about, "content", content.kind);
    addAttribute(about, "itis", content.codes);
    addAttribute(about, "region", regions[i]->valueAt("name"));
    addAttribute(about, "priority", numberOf(frame.node.child("priority")));
    addAttribute(about, "sign", frame.node.valueAt("msgid/roadsignid/mutcdcode"));
    if (frame.pending) addAttribute(about, "validity", "planned");
  }
  Emitter emit(reader.seen, {frame.entity, "traveller_message", frame.issued, reader.context.provenance});
  model::EventObservation& event = emit.event(frame.eventId, "j2735.tim");
  event.position = place;
  const int64_t priority = integerOf(frame.node.child("priority")).value_or(0);  // DE_SignPrority, 0..7
  event.severity = priority >= 6 ? 2 : priority >= 4 ? 1 : 0;
  event.details = {{"ko", content.text.ko}, {"en", content.text.en}};
  addDetail(event, "itis", content.codes);
}

}  // namespace

const char* readTim(Reader& reader) {
  const DocNode& body = *reader.message.body;
  const DocNode* list = body.child("dataframes");
  if (!list) return reason::kMissingField;
  const auto frames = list->elements();
  if (frames.empty()) return reason::kMissingField;
  if (frames.size() > kMaxFrames) return reason::kTooLarge;
  const auto stamp = v2x::minuteOfYear(integerOf(body.child("timestamp")), {}, reader.message.reference);
  const base::UtcNs issued = stamp.value_or(reader.message.reference);
  std::string packet(body.valueAt("packetid"));
  if (packet.empty() || !validId(packet) || packet.size() > 32) packet = std::string(body.valueAt("msgcnt"));
  if (packet.empty() || !validId(packet)) return reason::kMissingField;
  const std::string count(body.valueAt("msgcnt"));
  for (size_t i = 0; i < frames.size(); ++i) {
    const std::string entity = "tim-" + packet + (i == 0 ? "" : "-f" + std::to_string(i));
    Frame frame{*frames[i], entity, entity + '/' + count.substr(0, 8), issued, 0, false};
    const auto year = integerOf(frames[i]->child("startyear")), minute = integerOf(frames[i]->child("starttime"));
    auto start = year && minute ? v2x::minuteOf(*year, *minute) : v2x::minuteOfYear(minute, {}, issued);
    if (!start) start = timeOf(frames[i]->child("startdatetime"));
    const auto duration = integerOf(frames[i]->child("durationtime"));
    if (!duration && !frames[i]->child("durationtime")) return reason::kMissingField;
    if (!duration || *duration < 0 || *duration > kForever || !start) return reason::kTime;
    if (*duration < kForever) frame.expires = *start + *duration * 60 * base::kNsPerSecond;
    frame.pending = *start > issued;
    readFrame(frame, reader);
  }
  return nullptr;
}

}  // namespace feeds::j2735
