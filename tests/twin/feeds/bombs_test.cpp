// SPDX-License-Identifier: Apache-2.0
// What is made to exhaust a reader: every decoder refuses it in under a second of processor time and 256 MB. Bodies
// that inflate or never end are tested at the transport (poll_test, http_in_test), archives in gtfs_test.
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "tests/support/sanitized.h"
#include "tests/twin/feeds/payload.h"

namespace {

using namespace feeds_test;

double cpuSeconds() { return static_cast<double>(base::SystemClock::threadNow()) * 1e-9; }

/// Of this process, KiB: `field` of /proc/self/status.
long memoryKiB(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(field + ":")) return std::strtol(line.c_str() + field.size() + 1, nullptr, 10);
  return -1;
}

/// Forgets the peak so far (proc(5), clear_refs).
void forgetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

std::string repeated(const std::string& piece, size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() + piece.size() <= bytes) text += piece;
  return text;
}

/// A topic for every row of the decoder table.
std::set<std::string> topics() {
  std::set<std::string> all;
  for (const feeds::DecoderRow& row : feeds::decoderTable()) {
    std::string topic;
    for (const char c : row.topic) topic += c == '+' || c == '#' ? '1' : c;
    EXPECT_EQ(feeds::findDecoder(topic), &row) << topic;
    all.insert(topic);
  }
  // Decoders that read the call from the topic.
  all.insert({"gbfs/s/vehicle_status", "mds/p/vehicles_status", "sensorthings/s/Things", "kr/its/trafficInfo", "kr/kma/getVilageFcst", "kr/ev/getChargerInfo",
              "kr/air/getMsrstnList", "kr/bis/getPos02"});
  return all;
}

/// The text at the decoder's own limit, so that its size alone does not save it.
void expectRefused(const std::string& topic, const std::string& what, const std::string& bytes) {
  forgetPeak();
  const long before = memoryKiB("VmRSS");
  const double begun = cpuSeconds();
  const feeds::Decoded decoded = decodeOn(topic, bytes);
  const double seconds = cpuSeconds() - begun;
  const long grown = memoryKiB("VmHWM") - before;
  EXPECT_FALSE(decoded.ok()) << topic << " takes " << what;
  EXPECT_LT(seconds, 1.0) << topic << " " << what;
  EXPECT_LT(grown, 256 * 1024) << topic << " " << what;
}

TEST(Bombs, EveryDecoderRefusesDepthQuicklyAndInLittleMemory) {
  if (test_support::kSanitized) GTEST_SKIP() << "time and memory are those of the plain build";
  const std::string entities = R"(<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><alert>&c;</alert>)";
  for (const std::string& topic : topics()) {
    const size_t limit = feeds::findDecoder(topic)->maxBytes;
    expectRefused(topic, "brackets", repeated("[", limit));
    expectRefused(topic, "objects", repeated("{\"a\":", limit));
    expectRefused(topic, "elements", repeated("<a>", limit));
    expectRefused(topic, "zeros", std::string(limit, '\0'));
    expectRefused(topic, "entities", entities);
  }
}

TEST(Bombs, OversizedMessagesAreRefusedUnread) {
  if (test_support::kSanitized) GTEST_SKIP() << "time and memory are those of the plain build";
  Feed feed;
  const std::string brackets(100u << 20, '[');
  for (const std::string& topic : topics()) {
    forgetPeak();
    const long before = memoryKiB("VmRSS");
    const double begun = cpuSeconds();
    feed.transport->publish(topic, brackets, kNow);
    EXPECT_LT(cpuSeconds() - begun, 1.0) << topic;
    EXPECT_LT(memoryKiB("VmHWM") - before, 256 * 1024) << topic;
  }
  const feeds::SourceStats stats = feed.stats();
  EXPECT_EQ(stats.rejected.at("too_large"), topics().size());
  EXPECT_TRUE(stats.balanced());
}

}  // namespace
