// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/fuzz/harness.h"
#include "twin/feeds/keyframe.h"
#include "twin/feeds/state_frame.h"
#include "twin/record/log_format.h"

namespace fuzz {
namespace {

constexpr base::UtcNs kNow = 1'795'338'000 * base::kNsPerSecond;

void write(const std::filesystem::path& folder, const char* harness, const char* name, const std::string& bytes) {
  std::filesystem::create_directories(folder / harness);
  std::ofstream(folder / harness / name, std::ios::binary) << bytes;
}

model::Entity shuttle() {
  model::EntityInfo info;
  info.id = "s-1";
  info.kind = "shuttle";
  info.name = {"셔틀", "Shuttle"};
  info.attributes = {{"seats", 12.0}, {"depot", std::string("a")}};
  info.described = kNow;
  model::Geometry course;
  course.parts = {{{0, 0, 0}, {10, 5, 0}}};
  info.geometry = std::make_shared<const model::Geometry>(course);
  model::Entity entity;
  entity.info = std::make_shared<const model::EntityInfo>(info);
  entity.properties = {{.name = "passengers", .value = 7.0, .unit = "", .eventTime = kNow, .received = kNow, .source = 0}};
  entity.moving = true;
  entity.latest = entity.previous = {.position = {1, 2, 3}, .heading = 1, .speed = 4, .eventTime = kNow, .received = kNow, .source = 0};
  return entity;
}

model::Event warning() {
  model::Event event;
  event.what = {.id = "e1", .type = "incident", .entity = "s-1", .position = glm::dvec3(1, 2, 3), .eventTime = kNow, .details = {{"a", "b"}}};
  event.source = 0;
  return event;
}

}  // namespace

void writeSeeds(const char* folder) {
  feeds::Keyframe keyframe;
  keyframe.sources = {{.source = {.name = "sim", .standard = "mixed", .endpoint = "sim:"}, .settled = 9}};
  keyframe.entities = {shuttle()};
  keyframe.events = {warning()};
  keyframe.lessons = {{0, "v1.1/Things", R"({"value":[]})"}};
  feeds::Sequencer sequencer(60);
  model::Observations seen;
  seen.poses = {{.entity = "s-1", .kind = "shuttle", .eventTime = kNow}};
  sequencer.filter(0, seen);
  feeds::ByteWriter memory(keyframe.memory);
  sequencer.save(memory);
  write(folder, "keyframe", "shuttle", feeds::encodeKeyframe(keyframe));

  std::string block;
  record::appendSource(block, 0, keyframe.sources[0].source);
  feeds::RawMessage message;
  message.topic = "telemetry/shuttle/s-1";
  message.bytes = "{}";
  message.received = kNow;
  record::appendMessage(block, 0, message);
  record::appendLost(block, 0, 3);
  record::appendNote(block, "capsule", "note");
  write(folder, "log", "records", block);
  write(folder, "log", "block", record::sealBlock(block, 4, kNow, kNow));
  write(folder, "log", "keyframe", record::sealKeyframe({{0}, keyframe}, true, 0, kNow));

  feeds::SectionWriter section(kNow);
  const model::Entity entity = shuttle();
  section.thing(*entity.info);
  section.description(*entity.info);
  section.property(entity.properties[0]);
  section.pose(entity.latest);
  section.event(warning());
  section.departure("s-2", kNow);
  const std::string bytes = section.take();
  write(folder, "state", "section", bytes);
  feeds::StateFrame frame{.key = true, .epoch = 1, .seq = 2, .time = kNow, .here = {"s-1"}, .moved = {{"s-3", "1_2"}}, .gone = {"s-2"}, .sections = {{true, keyframe.sources[0].source, bytes}}};
  write(folder, "mqtt", "stream", std::string("\x30\x07\0\1at{}\n\x32\x06\0\1b\0\7x\xd0\0", 19));
  write(folder, "state", "frame", feeds::encodeStateFrame(frame));
}

}  // namespace fuzz
