// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_etsi.h"

#include <array>

#include "twin/feeds/area_shape.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/emitter.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/v2x_units.h"

namespace feeds {
namespace {

/// Kinds by StationType (TS 102 894-2 A.78), 0..15.
constexpr std::array<std::string_view, 16> kStations{
    "v2x_station", "person", "bicycle", "motorcycle", "motorcycle",  "car",         "bus",         "van",
    "truck",       "truck",  "emergency", "train",    "v2x_station", "v2x_station", "v2x_station", "rsu"};

struct Cause {
  int code;
  const char* ko;
  const char* en;
};
// CauseCodeType (TS 102 894-2 A.10).
constexpr Cause kCauses[] = {{1, "교통 상황", "Traffic condition"},
                             {2, "교통사고", "Accident"},
                             {3, "도로 공사", "Roadworks"},
                             {5, "통행 불가", "Impassability"},
                             {6, "미끄러운 노면", "Adverse weather: adhesion"},
                             {7, "수막현상", "Aquaplaning"},
                             {9, "위험한 노면", "Hazardous location: surface condition"},
                             {10, "도로 장애물", "Hazardous location: obstacle on the road"},
                             {11, "도로 위 동물", "Hazardous location: animal on the road"},
                             {12, "도로 위 사람", "Human presence on the road"},
                             {14, "역주행", "Wrong way driving"},
                             {15, "구조 작업", "Rescue and recovery work in progress"},
                             {17, "강풍·극한 기상", "Adverse weather: extreme weather"},
                             {18, "가시거리 저하", "Adverse weather: visibility"},
                             {19, "강수", "Adverse weather: precipitation"},
                             {26, "저속 차량", "Slow vehicle"},
                             {27, "정체 끝", "Dangerous end of queue"},
                             {91, "차량 고장", "Vehicle breakdown"},
                             {92, "사고 후 상황", "Post crash"},
                             {93, "응급 의료 상황", "Human problem"},
                             {94, "정지 차량", "Stationary vehicle"},
                             {95, "긴급차량 접근", "Emergency vehicle approaching"},
                             {96, "위험한 굽은 길", "Hazardous location: dangerous curve"},
                             {97, "충돌 위험", "Collision risk"},
                             {98, "신호 위반", "Signal violation"},
                             {99, "위험 상황", "Dangerous situation"}};

core::BilingualText causeText(int64_t code) {
  for (const Cause& cause : kCauses)
    if (cause.code == code) return {cause.ko, cause.en};
  const std::string number = std::to_string(code);
  return {"원인 코드 " + number, "Cause code " + number};
}

/// RelevanceDistance / StdLength3b, 0..6 as metres; "over 10 km" has no radius.
std::optional<double> awarenessRadius(const DocNode* node) {
  constexpr double kMetres[] = {50, 100, 200, 500, 1000, 5000, 10000};
  constexpr std::string_view kNames[] = {"lessthan50m",   "lessthan100m", "lessthan200m", "lessthan500m",
                                         "lessthan1000m", "lessthan5km",  "lessthan10km"};
  if (!node) return std::nullopt;
  const auto index = integerOf(node);
  for (size_t i = 0; i < std::size(kMetres); ++i)
    if (index == static_cast<int64_t>(i) || foldName(node->value()) == kNames[i]) return kMetres[i];
  return std::nullopt;
}

/// A number in the unit of the wire when it is whole, in SI when it has a fraction.
std::optional<double> measure(const DocNode* holder, std::string_view inner,
                              std::optional<double> (*fromRaw)(std::optional<int64_t>)) {
  if (!holder) return std::nullopt;
  const DocNode* value = holder->children.empty() ? holder : holder->child(inner);
  if (const auto raw = integerOf(value)) return fromRaw(raw);
  return numberOf(value);
}

std::optional<base::UtcNs> itsTime(const DocNode* node) {
  if (const auto raw = integerOf(node); raw && *raw > 100'000'000'000) return v2x::timestampIts(raw);
  const auto seconds = numberOf(node);
  if (!seconds || !(*seconds > 0 && *seconds < 7'258'118'400.0)) return std::nullopt;
  return static_cast<base::UtcNs>(*seconds * 1000) * base::kNsPerMs;
}

const DocNode& orRoot(const DocNode* found, const DocNode& root) {
  return found ? *found : root;
}

const char* readCam(const DocNode& root, const RawMessage& message, const DecodeContext& context, Decoded& out) {
  const auto station = integerOf(root.find("stationid"));
  if (!station || *station < 0 || *station > 4'294'967'295) return reason::kMissingField;
  const DocNode& basic = orRoot(root.find("basiccontainer"), root);
  const DocNode& high = orRoot(root.find("basicvehiclecontainerhighfrequency"), root);
  const auto place = v2x::position(orRoot(basic.find("referenceposition"), basic));
  const auto type = integerOf(basic.find("stationtype")).value_or(0);
  const std::string_view kind = type >= 0 && type <= 15 ? kStations[static_cast<size_t>(type)] : kStations[0];
  const auto time = v2x::generationDelta(integerOf(root.find("generationdeltatime")), message.received);
  Emitter emit(*out, {"its-" + std::to_string(*station), std::string(kind), time.value_or(message.received),
                      context.provenance});
  const auto position = place ? cityPosition(*place, context.frame) : std::nullopt;
  if (!position) out.warnings.emplace_back(reason::kNoPlace);
  if (type == 15) {
    model::DescriptionObservation& about = emit.describe();
    about.position = position;
    about.attributes.emplace_back("station", static_cast<double>(*station));
    return nullptr;
  }
  const auto speed = measure(high.find("speed"), "speedvalue", v2x::etsiSpeed);
  const auto heading = measure(high.find("heading"), "headingvalue", v2x::etsiHeading);
  if (speed && (*speed < 0 || *speed > 200)) return reason::kNumber;
  if (heading && (*heading < 0 || *heading > 360)) return reason::kNumber;
  if (position) {
    model::PoseObservation& pose = emit.pose(*position);
    pose.speed = speed.value_or(0);
    pose.heading = gridHeading(heading.value_or(0), context.frame);
  }
  emit.value("station_type", static_cast<double>(type));
  return nullptr;
}

const char* readDenm(const DocNode& root, const DecodeContext& context, Decoded& out) {
  const DocNode* management = root.find("management");
  const DocNode* action = management ? management->child("actionid") : nullptr;
  if (!action) return reason::kMissingField;
  const DocNode* origin = action->child("originatingstationid");
  const auto station = integerOf(origin ? origin : action->child("stationid"));
  const auto sequence = integerOf(action->child("sequencenumber"));
  if (!station || !sequence) return reason::kMissingField;
  const auto detected = itsTime(management->child("detectiontime"));
  if (!detected) return reason::kTime;
  const base::UtcNs updated = itsTime(management->child("referencetime")).value_or(*detected);
  const std::string entity = "denm-" + std::to_string(*station) + '-' + std::to_string(*sequence);
  Emitter emit(*out, {entity, "hazard_warning", updated, context.provenance});
  if (const DocNode* termination = management->child("termination")) {
    emit.depart();
    model::EventObservation& end = emit.event(entity + "/end", "etsi.denm_end");
    addDetail(end, "termination", termination->value());
    return nullptr;
  }
  const auto code = integerOf(root.find("causecode"));
  if (!code || *code < 0 || *code > 255) return reason::kMissingField;
  const auto validity = integerOf(management->child("validityduration")).value_or(600);  // default of the standard
  if (validity < 0 || validity > 86'400) return reason::kNumber;

  const DocNode* where = management->child("eventposition");
  const auto place = where ? v2x::position(*where) : std::nullopt;
  model::DescriptionObservation& about = emit.describe();
  about.name = causeText(*code);
  about.position = place ? cityPosition(*place, context.frame) : std::nullopt;
  if (!about.position) out.warnings.emplace_back(reason::kNoPlace);
  const DocNode* distance = management->child("awarenessdistance");
  const auto radius = awarenessRadius(distance ? distance : management->child("relevancedistance"));
  if (about.position && radius)
    about.geometry = makeGeometry(model::Geometry::Shape::Area, {circleRing(*about.position, *radius)});
  about.expires = *detected + validity * base::kNsPerSecond;
  about.attributes.emplace_back("cause", static_cast<double>(*code));
  addAttribute(about, "subcause", numberOf(root.find("subcausecode")));
  addAttribute(about, "quality", numberOf(root.find("informationquality")));

  model::EventObservation& event = emit.event(entity + '/' + std::to_string(updated / base::kNsPerMs), "etsi.denm");
  event.position = about.position;
  event.severity = *code >= 90 || *code == 2 || *code == 14 ? 2 : 1;
  event.details = {{"ko", about.name.ko}, {"en", about.name.en}, {"cause", std::to_string(*code)}};
  return nullptr;
}

}  // namespace

Decoded decodeEtsi(const RawMessage& message, const DecodeContext& context) {
  const auto document = parseDocument(message.bytes, Names::Folded);
  if (!document) return base::Error{document.error()};
  Decoded out{model::Observations{}};
  const char* why = document->find("management")            ? readDenm(*document, context, out)
                    : document->find("generationdeltatime") ? readCam(*document, message, context, out)
                                                            : reason::kNotSupported;
  if (why) return base::Error{why};
  return out;
}

}  // namespace feeds
