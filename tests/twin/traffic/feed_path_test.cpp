// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdio>

#include "twin/feeds/ingest.h"
#include "twin/feeds/transport_inprocess.h"
#include "twin/traffic/simulators.h"

// What the simulators say is understood by the feed path: nothing refused, nothing out of range.
namespace {

namespace fs = std::filesystem;

feeds::DatastreamRegistry registryOf(const city::CityData& city) {
  feeds::DatastreamRegistry registry;
  for (const city::Feature& device : city.devices)
    for (const auto& [property, number] : device.numbersByName)
      registry.add(static_cast<int64_t>(number),
                   {.entity = device.id, .property = property, .kind = device.text("kind"), .unit = {}});
  return registry;
}

TEST(FeedPath, UnderstandsAllThatTheSimulatorsSay) {
  const fs::path root(ALPHACITY_SOURCE_DIR);
  if (!fs::exists(root / "assets/traffic/alpha_day.rec")) GTEST_SKIP() << "no recorded day";
  auto city = city::readCity(root / "assets/city/alpha");
  ASSERT_TRUE(city) << city.error();
  auto catalogue = core::Catalogue::load(root / "assets/styles");
  ASSERT_TRUE(catalogue) << catalogue.error();
  base::UtcNs now = 1'795'131'000LL * base::kNsPerSecond;  // 20 November 2026, 08:30 in Korea
  feeds::Ingest ingest({.frame = city->frame,
                        .datastreams = registryOf(*city),
                        .catalogue = std::make_shared<core::Catalogue>(std::move(*catalogue)),
                        .runInline = true,
                        .utcNow = [&] { return now; }});
  auto transport = std::make_unique<feeds::InprocessTransport>();
  feeds::InprocessTransport* sim = transport.get();
  ingest.add(
      {.name = "sim", .standard = "mixed", .endpoint = "sim:", .provenance = model::Provenance::Simulated},
      std::move(transport));
  ingest.start();
  traffic::Simulators simulators(*city, {.useSumo = false},
                                 [&](std::string_view topic, std::string_view bytes, base::UtcNs sent) {
                                   sim->publish(topic, bytes, sent);
                                 });
  size_t movers = 0, shuttles = 0, moving = 0;
  for (int second = 0; second < 10; ++second, now += base::kNsPerSecond) simulators.advanceTo(now);
  const model::ChangeBatch state = ingest.keyframe();
  for (const model::EntityRow& row : state.rows) {
    if (!row.entity.moving) continue;
    ++movers;
    shuttles += row.entity.info->kind == "shuttle";
    moving += glm::length(row.entity.latest.position - row.entity.previous.position) > 0.5;
  }
  const feeds::FeedStats stats = ingest.stats();
  const feeds::SourceStats& source = stats.sources.front();
  for (const auto& [reason, count] : source.rejected)
    ADD_FAILURE() << count << " refused: " << reason << " " << source.lastRejectedTopic;
  for (const auto& [reason, count] : source.flagged) ADD_FAILURE() << count << " flagged: " << reason;
  EXPECT_TRUE(source.balanced());
  EXPECT_EQ(shuttles, 2u);
  EXPECT_GE(movers, 300u);
  EXPECT_LE(movers, 800u);
  EXPECT_GT(moving, movers / 3);
  std::printf("%llu messages, %zu entities, %zu vehicles of which %zu move\n",
              static_cast<unsigned long long>(source.messages), stats.entities, movers, moving);
  ingest.stop();
}

}  // namespace
