// SPDX-License-Identifier: Apache-2.0
//
// Alpha City's own rules over the simulated city: few alarms, and none of the grave ones by mistake.
// ALPHACITY_ALARM_HOURS sets how long (24 measures a whole day), ALPHACITY_ALARM_TRAFFIC=1 drives the
// recorded traffic, too.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "twin/app/alarming.h"
#include "twin/core/time.h"
#include "twin/feeds/ingest.h"
#include "twin/feeds/transport_inprocess.h"
#include "twin/traffic/device_sim.h"
#include "twin/traffic/simulators.h"

namespace {

constexpr int64_t kS = base::kNsPerSecond;

double numberFrom(const char* name, double fallback) {
  const char* text = std::getenv(name);
  return text ? std::atof(text) : fallback;
}

TEST(AlarmDay, AlphaCityHasFewAlarms) {
  const double hours = numberFrom("ALPHACITY_ALARM_HOURS", 1);
  const bool traffic = numberFrom("ALPHACITY_ALARM_TRAFFIC", 0) > 0;
  const base::UtcNs start = *core::parseIso8601("2026-11-24T00:00:00+09:00") + static_cast<int64_t>(numberFrom("ALPHACITY_ALARM_FROM", 8) * 3600e9);
  app::Options options;
  options.city = std::string(ALPHACITY_SOURCE_DIR) + "/assets/city/alpha";
  auto world = app::loadWorld(options);
  ASSERT_TRUE(world) << world.error();
  const auto clock = app::ShowClock::fixed(start, kS);
  auto alarming = app::Alarming::create(options, **world, *clock);
  ASSERT_TRUE(alarming && *alarming) << (alarming ? "no rules" : alarming.error());

  base::UtcNs now = start;
  feeds::DatastreamRegistry registry;
  std::map<std::string, std::string> kinds;
  for (const model::EntityInfo& info : (*world)->city().entities) kinds[info.id] = info.kind;
  for (const auto& [number, target] : (*world)->city().datastreams) registry.add(number, {target.first, target.second, kinds[target.first], {}});
  feeds::Ingest ingest({.frame = (*world)->city().data.frame, .datastreams = std::move(registry), .catalogue = (*world)->catalogue, .runInline = true, .utcNow = [&] { return now; }});
  auto transport = std::make_unique<feeds::InprocessTransport>();
  feeds::InprocessTransport* wire = transport.get();
  ingest.add({.name = "sim", .expectedPeriod = 1, .provenance = model::Provenance::Simulated}, std::move(transport));
  ingest.define((*world)->city().entities);
  ingest.addChangeTap((*alarming)->tap());
  ingest.start();

  std::map<std::string, int> announced;
  std::map<std::string, uint64_t> known;
  const auto publish = [&](std::string_view topic, std::string_view bytes, base::UtcNs sent) { wire->publish(topic, bytes, sent); };
  traffic::Simulators simulators((*world)->city().data, {.useSumo = false, .now = [&] { return now; }}, publish);
  const traffic::DeviceSim devices((*world)->city().data, 1, false);
  if (!traffic)
    for (const traffic::WireMessage& message : devices.latest(start)) publish(message.topic, message.bytes, message.time);
  constexpr int64_t kStride = 10 * kS;
  for (; now < start + static_cast<int64_t>(hours * 3600e9); now += kStride) {
    if (traffic) simulators.advanceTo(now);
    else
      for (const traffic::WireMessage& message : devices.reports(now - kStride, now)) publish(message.topic, message.bytes, message.time);
    (*alarming)->advanceTo(now);
    ingest.take();
    for (const alarms::AlarmRow& row : (*alarming)->view()->rows) {
      uint64_t& count = known[row.alarm.key()];
      if (row.alarm.condition.announcements > count && row.wantsAttention) {
        ++announced[row.alarm.rule];
        if (row.priority <= alarms::Priority::High) std::printf("[  alarm   ] %s %s\n", core::formatIso8601(row.alarm.condition.activeTime).c_str(), row.alarm.key().c_str());
        // A diligent operator: what is acknowledged and over is forgotten.
        (*alarming)->request({.action = alarms::DeskAction::Acknowledge, .keys = {row.alarm.key()}});
      }
      count = row.alarm.condition.announcements;
    }
  }
  const auto view = (*alarming)->view();
  for (const auto& [rule, count] : announced) std::printf("[  alarm   ] %-20s %d\n", rule.c_str(), count);
  const auto& f = view->figures;
  std::printf("[  alarm   ] %.1f h: %d announcements, %.0f a day; critical/high/medium/low %d/%d/%d/%d; most in ten minutes %d; flood %.2f %%\n", f.knownHours, f.lastDay, f.perDay,
              f.byPriority[0], f.byPriority[1], f.byPriority[2], f.byPriority[3], f.peakTenMinutes, f.floodShare * 100);
  EXPECT_GT(view->rules->rules.size(), 15u);
  EXPECT_EQ(announced["signal_conflict"], 0);
  EXPECT_EQ(announced["feed_gone"], 0);
  EXPECT_EQ(announced["shuttle_off_route"], 0);
  EXPECT_LE(f.lastDay, static_cast<int>(144 * std::max(1.0, hours) / 24 + 30)) << "and those that stood at the start";
}

}  // namespace
