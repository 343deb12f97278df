// SPDX-License-Identifier: Apache-2.0
// SAE J2735 BasicSafetyMessage (MSG_BSM) and PersonalSafetyMessage (MSG_PSM).
#include <algorithm>

#include "twin/feeds/decode_reason.h"
#include "twin/feeds/emitter.h"
#include "twin/feeds/j2735_parts.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/v2x_units.h"

namespace feeds::j2735 {
namespace {

/// Physical numbers of the ODE: a plain range check stands in for the "unavailable" of the wire.
std::optional<double> within(std::optional<double> value, double low, double high) {
  return value && *value >= low && *value <= high ? value : std::nullopt;
}

/// A raw integer of the wire scaled, or nothing outside low..high.
std::optional<double> raw(const DocNode* node, int64_t low, int64_t high, double unit) {
  const auto number = integerOf(node);
  if (!number || *number < low || *number > high) return std::nullopt;
  return static_cast<double>(*number) * unit;
}

/// DE_TemporaryID: four octets as hex.
bool validTemporaryId(std::string_view id) {
  return id.size() >= 2 && id.size() <= 16 && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
         });
}

/// DE_VehicleType (FHWA's HPMS classes) of part II, where the sender gives one.
std::string_view vehicleKind(const DocNode& body) {
  const DocNode* type = body.find("hpmstype");
  const std::string folded = type ? foldName(type->value()) : std::string();
  if (folded == "moto") return "motorcycle";
  if (folded == "bus") return "bus";
  return folded.starts_with("axle") ? "truck" : "car";
}

struct Motion {
  std::optional<core::GeoPoint> place;
  std::optional<double> speed, heading;  ///< m/s; degrees from true north
};

/// The pose; a place that the city's projection cannot hold leaves a thing without one.
void emitPose(const Motion& motion, Reader& reader, Emitter& emit) {
  const auto position = motion.place ? cityPosition(*motion.place, reader.context.frame) : std::nullopt;
  if (!position) {
    reader.flags.emplace_back(reason::kNoPlace);
    return;
  }
  model::PoseObservation& pose = emit.pose(*position);
  pose.speed = motion.speed.value_or(0);
  pose.heading = gridHeading(motion.heading.value_or(0), reader.context.frame);
}

void emitBrakes(const DocNode* brakes, Emitter& emit) {
  const DocNode* wheels = brakes ? brakes->child("wheelbrakes") : nullptr;
  if (!wheels || bit(wheels, 0, "unavailable")) return;  // DE_BrakeAppliedStatus, bit 0
  emit.value("brake", bit(wheels, 1, "leftfront") || bit(wheels, 2, "leftrear") ||
                          bit(wheels, 3, "rightfront") || bit(wheels, 4, "rightrear"));
}

}  // namespace

const char* readBsm(Reader& reader) {
  const DocNode& body = *reader.message.body;
  const DocNode* core = body.child("coredata");
  if (!core) return reason::kMissingField;
  const std::string_view id = core->valueAt("id");
  if (id.empty()) return reason::kMissingField;
  if (!validTemporaryId(id)) return reason::kWrongType;
  // ODE JSON puts the place into an object of its own and converts every unit; XER keeps the wire's.
  const DocNode* physical = core->child("position");
  const auto time = v2x::secondOfMinute(integerOf(core->child("secmark")), reader.message.reference)
                        .value_or(reader.message.reference);
  Emitter emit(reader.seen,
               {"bsm-" + std::string(id), std::string(vehicleKind(body)), time, reader.context.provenance});
  Motion motion;
  motion.place = v2x::position(physical ? *physical : *core);
  const DocNode *speed = core->child("speed"), *heading = core->child("heading");
  motion.speed = physical ? within(numberOf(speed), 0, 163.8) : v2x::speed(integerOf(speed));
  motion.heading = physical ? within(numberOf(heading), 0, 359.9999) : v2x::heading(integerOf(heading));
  emitPose(motion, reader, emit);

  emitBrakes(core->child("brakes"), emit);
  if (const DocNode* set = core->child("accelset")) {
    // DE_Acceleration 0.01 m/s2, 2001 unavailable; DE_YawRate 0.01 degrees/s.
    emit.number("acceleration", physical ? within(numberOf(set->child("accellong")), -20, 20)
                                         : raw(set->child("long"), -2000, 2000, 0.01));
    emit.number("yaw_rate", physical ? within(numberOf(set->child("accelyaw")), -327.67, 327.67)
                                     : raw(set->child("yaw"), -32767, 32767, 0.01));
  }
  if (const DocNode* size = core->child("size")) {  // DF_VehicleSize: centimetres, 0 unavailable
    emit.number("length", raw(size->child("length"), 1, 4095, 0.01));
    emit.number("width", raw(size->child("width"), 1, 1023, 0.01));
  }
  const std::string gear = foldName(core->valueAt("transmission"));
  if (!gear.empty() && gear != "unavailable") emit.text("transmission", gear);
  return nullptr;
}

const char* readPsm(Reader& reader) {
  const DocNode& body = *reader.message.body;
  const std::string_view id = body.valueAt("id");
  const DocNode* position = body.child("position");
  if (id.empty() || !position) return reason::kMissingField;
  if (!validTemporaryId(id)) return reason::kWrongType;
  // DE_PersonalDeviceUserType
  const std::string type = foldName(body.valueAt("basictype"));
  const std::string kind = type == "apedalcyclist" ? "bicycle" : type == "ananimal" ? "animal" : "person";
  const auto time = v2x::secondOfMinute(integerOf(body.child("secmark")), reader.message.reference)
                        .value_or(reader.message.reference);
  Emitter emit(reader.seen, {"psm-" + std::string(id), kind, time, reader.context.provenance});
  // Speed and heading stay in the units of the wire even where the ODE has converted the place.
  emitPose({v2x::position(*position), v2x::speed(integerOf(body.child("speed"))),
            v2x::heading(integerOf(body.child("heading")))},
           reader, emit);
  emit.text("user_type", type);
  return nullptr;
}

}  // namespace feeds::j2735
