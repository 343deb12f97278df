// SPDX-License-Identifier: Apache-2.0
#include "twin/app/ingest_node.h"

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include <nlohmann/json.hpp>

#include "engine/base/log.h"
#include "twin/app/feeding.h"
#include "twin/app/node_record.h"
#include "twin/app/run_stats.h"
#include "twin/app/service_notify.h"
#include "twin/feeds/feed_options.h"
#include "twin/feeds/state_publisher.h"

namespace app {
namespace {

constexpr int64_t kReportEvery = base::kNsPerSecond;

volatile std::sig_atomic_t gStop = 0;

/// By SourceId; asked for only when a message came from one that is not known yet.
void learnSources(const Feeding& feeding, const model::ChangeBatch& changes, std::vector<feeds::Source>& sources) {
  const auto isNew = [&](model::SourceId id) { return id != model::kNoSource && id >= sources.size(); };
  bool unknown = sources.empty();
  for (const model::EntityRow& row : changes.rows) {
    unknown |= row.entity.moving && isNew(row.entity.latest.source);
    for (const model::PropertyRow& property : row.entity.properties) unknown |= isNew(property.source);
  }
  for (const model::Event& event : changes.events) unknown |= isNew(event.source);
  if (!unknown) return;
  sources.clear();
  for (feeds::SourceStats& source : feeding.stats().sources) sources.push_back(std::move(source.source));
}

base::Status writeStats(const Options& options, const Feeding& feeding, const NodeRecord& record, const feeds::StatePublisher* publisher) {
  nlohmann::json json = feedsJson(feeding.stats());
  json["resident_bytes"] = residentBytes();
  json["state_hash"] = std::to_string(feeding.stateHash());
  record.addTo(json);
  if (publisher) {
    const feeds::PublisherStats s = publisher->stats();
    json["published"] = {{"frames", s.frames}, {"bytes", s.bytes},     {"dropped", s.dropped}, {"events", s.events},
                         {"asked", s.asked},   {"tiles", s.tiles},     {"things", s.things},
                         {"unacknowledged_events", s.unacknowledgedEvents}};
  }
  std::ofstream out(options.stats, std::ios::trunc);
  out << json.dump(1) << '\n';
  out.close();
  if (!out) return base::Error{"cannot write the statistics " + options.stats.string() + ": check the folder and the space on the disk"};
  return base::okStatus();
}

base::Result<std::unique_ptr<feeds::StatePublisher>> openPublisher(const Options& options, base::UtcNs now) {
  auto url = feeds::parseFeedUrl("state:" + options.publish);
  if (!url) return base::Error{"--publish " + options.publish + ": write mqtt://host:1883/prefix (" + url.error() + ")"};
  auto mqtt = feeds::mqttOptions(*url);
  if (!mqtt) return base::Error{mqtt.error()};
  return std::make_unique<feeds::StatePublisher>(
      *std::move(mqtt), feeds::FramerOptions{.epoch = static_cast<uint64_t>(now)});
}

}  // namespace

int runIngest(const Options& options) {
  const auto fail = [](const std::string& text) {
    base::logError(text);
    return kExitInput;
  };
  const auto stop = [](int) { gStop = 1; };
  std::signal(SIGINT, stop);
  std::signal(SIGTERM, stop);
  auto world = loadWorld(options);
  if (!world) return fail(world.error());
  auto record = NodeRecord::create(options, **world);
  if (!record) return fail(record.error());
  auto feeding = Feeding::create(options, **world, {});
  if (!feeding) return fail(feeding.error());
  (*record)->listenTo(**feeding);
  std::unique_ptr<feeds::StatePublisher> publisher;
  if (!options.publish.empty()) {
    auto opened = openPublisher(options, base::SystemClock::utcNow());
    if (!opened) return fail(opened.error());
    publisher = *std::move(opened);
  }
  (*feeding)->start();
  notifyService("READY=1");
  base::logInfo("ingest is running" + (publisher ? ", publishing to " + options.publish : std::string()));

  const auto begun = std::chrono::steady_clock::now();
  const auto every = std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(1 / options.publishRate));
  std::vector<feeds::Source> sources;
  base::MonoNs reported = 0;
  for (auto next = begun; gStop == 0; next = std::max(next + every, std::chrono::steady_clock::now())) {
    if (options.seconds > 0 && std::chrono::steady_clock::now() - begun >= std::chrono::duration<double>(options.seconds)) break;
    const base::UtcNs now = base::SystemClock::utcNow();
    (*feeding)->advanceTo(now);
    // Events that no broker takes stay in the store's queue; the feeds are held back when that is full.
    if (!publisher || publisher->keepsUp()) {
      const model::ChangeBatch changes = (*feeding)->take();
      learnSources(**feeding, changes, sources);
      if (publisher) publisher->publish(changes, sources, now);
    }
    if (const base::MonoNs mono = base::SystemClock::monoNow(); mono - reported >= kReportEvery) {
      (*record)->report((*feeding)->stats());
      reported = mono;
    }
    const std::string line = (*record)->line();
    notifyService("WATCHDOG=1" + (line.empty() ? line : "\nSTATUS=" + line));
    std::this_thread::sleep_until(next + every);
  }
  notifyService("STOPPING=1");
  (*feeding)->stop();
  (*record)->stop();
  int code = kExitOk;
  if (!options.stats.empty())
    if (auto written = writeStats(options, **feeding, **record, publisher.get()); !written) code = fail(written.error());
  return code;
}

}  // namespace app
