// SPDX-License-Identifier: Apache-2.0
#include "twin/record/log_format.h"

#include <gtest/gtest.h>

#include "engine/base/hash.h"

namespace {

std::string someBlock(std::string* rawOut = nullptr) {
  std::string raw;
  record::appendSource(raw, 3,
                       {.name = "수성",
                        .standard = "mixed",
                        .endpoint = "sim:",
                        .expectedPeriod = 2.5,
                        .provenance = model::Provenance::Simulated});
  feeds::RawMessage m;
  m.seq = 77;
  m.received = 123456789;
  m.shift = -5;
  m.topic = "telemetry/car/1";
  m.bytes = std::string("{\0}", 3);
  record::appendMessage(raw, 3, m);
  record::appendLost(raw, 3, 42);
  if (rawOut) *rawOut = raw;
  return record::sealBlock(raw, 3, 1, 9);
}

TEST(LogFormat, ReadsBackWhatItWrote) {
  const std::string block = someBlock();
  const auto header = record::parseBlockHeader(block);
  ASSERT_TRUE(header.ok());
  EXPECT_EQ(header->records, 3u);
  EXPECT_EQ(header->first, 1);
  EXPECT_EQ(header->last, 9);
  const auto records = record::openBlock(*header, std::string_view(block).substr(record::kBlockHeaderBytes));
  ASSERT_TRUE(records.ok()) << records.error();
  ASSERT_EQ(records->size(), 3u);
  const auto& source = std::get<record::SourceRecord>((*records)[0]);
  EXPECT_EQ(source.number, 3);
  EXPECT_EQ(source.source.name, "수성");
  EXPECT_EQ(source.source.expectedPeriod, 2.5);
  EXPECT_EQ(source.source.provenance, model::Provenance::Simulated);
  const auto& message = std::get<record::MessageRecord>((*records)[1]).message;
  EXPECT_EQ(message.seq, 77u);
  EXPECT_EQ(message.received, 123456789);
  EXPECT_EQ(message.shift, -5);
  EXPECT_EQ(message.topic, "telemetry/car/1");
  EXPECT_EQ(message.bytes, std::string("{\0}", 3));
  EXPECT_EQ(std::get<record::LostRecord>((*records)[2]).count, 42u);
}

TEST(LogFormat, NamesForeignFilesAndVersions) {
  EXPECT_TRUE(record::checkFileHeader(record::fileHeader()).ok());
  EXPECT_NE(record::checkFileHeader("PK\3\4 something else").error().find("no"), std::string::npos);
  std::string newer = record::fileHeader();
  newer[8] = 4;
  EXPECT_NE(record::checkFileHeader(newer).error().find("version 4"), std::string::npos);
}

/// Three times "42 messages of source 7 were lost", as versions 1 and 2 wrote it.
TEST(LogFormat, ReadsBlocksThatWereCompressedWithZlib) {
  const std::string_view block(
      "\x42\x4c\x4b\x31\x17\x00\x00\x00\x2d\x00\x00\x00\x03\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00"
      "\x06\x00\x00\x00\x00\x00\x00\x00\xdd\x9f\x45\xd8\x60\x68\x05\xaf\x78\x01\xe3\x66\x60\x60\x60\x66"
      "\x67\xd0\x02\x52\x20\xc0\x0d\xc4\xb8\xb9\x00\x12\x54\x00\xbe", 63);
  const auto header = record::parseBlockHeader(block);
  ASSERT_TRUE(header.ok()) << header.error();
  const auto records = record::openBlock(*header, block.substr(record::kBlockHeaderBytes));
  ASSERT_TRUE(records.ok()) << records.error();
  ASSERT_EQ(records->size(), 3u);
  EXPECT_EQ(std::get<record::LostRecord>((*records)[2]).source, 7);
  EXPECT_EQ(std::get<record::LostRecord>((*records)[2]).count, 42u);
}

TEST(LogFormat, EveryFlippedByteIsNoticed) {
  const std::string good = someBlock();
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x20);
    const auto header = record::parseBlockHeader(bad);
    if (!header) continue;
    EXPECT_FALSE(record::openBlock(*header, std::string_view(bad).substr(record::kBlockHeaderBytes)).ok())
        << i;
  }
}

TEST(LogFormat, MutatedRecordsNeverCrash) {
  std::string raw;
  (void)someBlock(&raw);
  base::Random random(11);
  for (int round = 0; round < 20000; ++round) {
    std::string bad = raw;
    for (int k = 0; k < 3; ++k) bad[random.next() % bad.size()] = static_cast<char>(random.next());
    if (random.uniform() < 0.3) bad.resize(random.next() % bad.size());
    const std::string block = record::sealBlock(bad, 3, 1, 9);
    const auto header = record::parseBlockHeader(block);
    ASSERT_TRUE(header.ok());
    (void)record::openBlock(*header, std::string_view(block).substr(record::kBlockHeaderBytes));
  }
}

TEST(LogFormat, KeyframesReadBackAndDamageIsNoticed) {
  record::KeyframeRecord record;
  record.numbers = {4};
  record.state.sources.push_back({{.name = "수성"}, 12});
  auto info = std::make_shared<model::EntityInfo>();
  info->id = "bin-1";
  info->kind = "bin";
  info->attributes = {{"capacity", 240.0}};
  info->described = 5;
  model::Entity entity;
  entity.info = info;
  entity.properties.push_back({.name = "fill", .value = 12.3456, .unit = "%", .eventTime = 7, .received = 9, .source = 0});
  record.state.entities.push_back(entity);
  record.state.events.push_back({{.id = "e", .type = "incident", .details = {{"a", "b"}}}, 3, 0, 0});
  const std::string block = record::sealKeyframe(record, false, 77, 99);
  const auto header = record::parseBlockHeader(block);
  ASSERT_TRUE(header.ok());
  EXPECT_TRUE(header->keyframe);
  EXPECT_FALSE(header->startsRun);
  EXPECT_EQ(header->back, 77u);
  EXPECT_EQ(header->last, 99);
  EXPECT_TRUE(record::parseBlockHeader(record::asStartOfRun(block))->startsRun);
  const auto opened = record::openBlock(*header, std::string_view(block).substr(record::kBlockHeaderBytes));
  ASSERT_TRUE(opened.ok()) << opened.error();
  const auto& read = std::get<record::KeyframeRecord>(opened->front());
  EXPECT_EQ(read.numbers, record.numbers);
  EXPECT_EQ(read.state.sources[0].source.name, "수성");
  EXPECT_EQ(read.state.sources[0].settled, 12u);
  EXPECT_EQ(read.state.entities[0].info->id, "bin-1");
  EXPECT_EQ(read.state.entities[0].info->attributes, info->attributes);
  EXPECT_EQ(read.state.entities[0].properties[0].value, model::Value(12.3456));
  EXPECT_EQ(read.state.events[0].what.details[0].second, "b");
  // The inside, behind the checks: every cut and many a mutation is refused or harmless.
  const std::string inside = feeds::encodeKeyframe(record.state);
  for (size_t i = 0; i < inside.size(); ++i) EXPECT_FALSE(feeds::decodeKeyframe(inside.substr(0, i)).ok());
  base::Random random(4);
  for (int round = 0; round < 20000; ++round) {
    std::string bad = inside;
    for (int k = 0; k < 3; ++k) bad[random.next() % bad.size()] = static_cast<char>(random.next());
    (void)feeds::decodeKeyframe(bad);
  }
}

}  // namespace
