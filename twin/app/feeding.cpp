// SPDX-License-Identifier: Apache-2.0
#include "twin/app/feeding.h"

#include <chrono>

#include "engine/base/log.h"
#include "twin/app/capsule.h"
#include "twin/app/described_feeds.h"
#include "twin/app/view_ground.h"
#include "twin/feeds/event_spill.h"
#include "twin/feeds/feed_options.h"

namespace app {
namespace {

feeds::DatastreamRegistry registryOf(const World& world) {
  feeds::DatastreamRegistry registry;
  std::unordered_map<std::string_view, std::string_view> kinds;
  for (const model::EntityInfo& entity : world.city().entities) kinds.emplace(entity.id, entity.kind);
  for (const auto& [number, target] : world.city().datastreams) {
    const auto kind = kinds.find(target.first);
    registry.add(number, {target.first, target.second, kind == kinds.end() ? std::string() : std::string(kind->second), {}});
  }
  return registry;
}

}  // namespace

base::Result<std::pair<base::UtcNs, base::UtcNs>> spanOfRecording(const std::filesystem::path& file) {
  auto player = record::Player::create({.path = file, .restamp = false, .followsClock = true});
  if (!player) return base::Error{player.error()};
  return std::pair{(*player)->summary().first, (*player)->summary().last};
}

base::Result<std::unique_ptr<Feeding>> Feeding::create(const Options& options, const World& world,
                                                       std::function<base::UtcNs()> fixedNow) {
  auto feeding = std::unique_ptr<Feeding>(new Feeding);
  feeding->world_ = &world;
  feeding->fixed_ = static_cast<bool>(fixedNow);
  // A live twin keeps its last minutes in memory, for an incident capsule.
  const bool keeps = !feeding->fixed_ && options.replay.empty() && !options.ingest;
  if (!options.record.empty() || keeps) {
    feeding->capsuleSpan_ = keeps ? static_cast<int64_t>(options.capsuleMinutes * 60e9) : 0;
    auto recorder = record::Recorder::create({.path = options.record, .memorySeconds = keeps ? options.capsuleMinutes * 60 : 0});
    if (!recorder) return base::Error{recorder.error()};
    feeding->recorder_ = std::move(*recorder);
  }
  auto words = feeds::Vocabulary::load(world.assets / "feeds" / "vocabulary.toml");
  if (!words) return base::Error{words.error()};
  auto vocabulary = std::make_shared<const feeds::Vocabulary>(std::move(*words));
  auto described = gatherFeeds(options, world.city().data.folder, feeding->fixed_);
  if (!described) return base::Error{described.error()};
  feeding->mappings_ = described->mappings;
  const feeds::FeedSurroundings around{.cityOrigin = world.city().data.frame.origin(),
                                       .zone = world.city().data.zone,
                                       .samples = described->samples,
                                       .ledger = std::make_shared<feeds::CallLedger>(feeds::callLedgerFile()),
                                       .fixedNow = fixedNow};
  feeding->ingest_ = std::make_unique<feeds::Ingest>(feeds::IngestOptions{.frame = world.city().data.frame,
                                                                          .datastreams = registryOf(world),
                                                                          .mappings = described->mappings,
                                                                          .catalogue = world.catalogue,
                                                                          .vocabulary = std::move(vocabulary),
                                                                          .spillFolder = feeding->fixed_ ? std::filesystem::path() : feeds::stateFolder(),
                                                                          .runInline = feeding->fixed_,
                                                                          .utcNow = fixedNow});
  if (feeding->recorder_) feeding->ingest_->setTap(feeding->recorder_.get());
  feeding->ingest_->define(world.city().entities);
  feeding->simOptions_ = {.matchDay = options.matchDay, .useSumo = !options.noSumo && !feeding->fixed_, .now = std::move(fixedNow)};

  if (!options.replay.empty()) {
    if (auto added = feeding->addReplay(options.replay); !added) return base::Error{added.error()};
    return feeding;
  }
  std::vector<std::string> urls = options.feeds;
  // A city without a pack has no simulators: it shows what it has.
  if (urls.empty() && options.feedFiles.empty() && !world.city().data.folder.empty()) urls.emplace_back("sim:");
  if (const auto folder = feeds::stateFolder(); !feeding->fixed_ && !folder.empty() && feeds::hasAbandonedSpill(folder))
    feeding->ingest_->add({.name = "spill", .standard = "events of an earlier run", .endpoint = folder.string()}, feeds::makeSpillTransport(folder));
  for (const std::string& url : urls)
    if (auto added = feeding->addSource(url, options, world); !added) return base::Error{added.error()};
  for (const feeds::FeedDescription& feed : described->feeds) {
    auto opened = feeds::openFeed(feed, *described->mappings, around);
    if (!opened) return base::Error{opened.error()};
    feeding->ingest_->add(std::move(opened->source), std::move(opened->transport));
  }
  return feeding;
}

base::Status Feeding::addSource(const std::string& text, const Options&, const World&) {
  const auto url = feeds::parseFeedUrl(text);
  if (!url) return base::Error{"--feed " + text + ": " + url.error()};
  switch (url->kind) {
    case feeds::FeedUrl::Kind::Sim: {
      auto transport = std::make_unique<feeds::InprocessTransport>();
      simTransport_ = transport.get();
      ingest_->add({.name = "sim", .standard = "SensorThings 1.1, GTFS-RT 2.0, JSON", .endpoint = "sim:",
                    .expectedPeriod = 1, .provenance = model::Provenance::Simulated}, std::move(transport));
      makeSimulators(simOptions_.matchDay);
      break;
    }
    case feeds::FeedUrl::Kind::Mqtt: {
      auto mqtt = feeds::mqttOptions(*url);
      if (!mqtt) return base::Error{mqtt.error()};
      ingest_->add(feeds::describeSource(*url), feeds::makeMqttTransport(std::move(*mqtt)));
      break;
    }
    case feeds::FeedUrl::Kind::State: {
      auto mqtt = feeds::mqttOptions(*url);
      if (!mqtt) return base::Error{mqtt.error()};
      auto transport = std::make_unique<feeds::StateTransport>(*std::move(mqtt));
      stateTransports_.push_back(transport.get());
      ingest_->add(feeds::describeSource(*url), std::move(transport));
      break;
    }
    case feeds::FeedUrl::Kind::Http: {
      auto http = feeds::httpOptions(*url);
      if (!http) return base::Error{http.error()};
      ingest_->add(feeds::describeSource(*url), feeds::makeHttpTransport(std::move(*http)));
      break;
    }
    case feeds::FeedUrl::Kind::HttpIn:
      ingest_->add(feeds::describeSource(*url), feeds::makeHttpInTransport(feeds::httpInOptions(*url)));
      break;
    case feeds::FeedUrl::Kind::Sample: break;  // described feeds
    case feeds::FeedUrl::Kind::File: {
      if (!url->mapping.empty()) break;
      auto player = record::Player::create({.path = url->path, .loop = true, .restamp = true});
      if (!player) return base::Error{player.error()};
      ingest_->add({.name = std::filesystem::path(url->path).filename().string(), .standard = "recording", .endpoint = url->text}, std::move(*player));
      break;
    }
  }
  return base::okStatus();
}

base::Status Feeding::addReplay(const std::filesystem::path& file) {
  auto player = record::Player::create({.path = file, .restamp = false, .followsClock = true});
  if (!player) return base::Error{player.error()};
  player_ = player->get();
  span_ = {player_->summary().first, player_->summary().last};
  ingest_->add({.name = file.filename().string(), .standard = "recording", .endpoint = "file:" + file.string()}, std::move(*player));
  return base::okStatus();
}

void Feeding::makeSimulators(bool matchDay) {
  traffic::SimOptions options = simOptions_;
  options.matchDay = matchDay;
  feeds::InprocessTransport* transport = simTransport_;
  simulators_ = std::make_unique<traffic::Simulators>(
      world_->city().data, std::move(options),
      [transport](std::string_view topic, std::string_view bytes, base::UtcNs sent) { transport->publish(topic, bytes, sent); });
}

Feeding::~Feeding() { stop(); }

void Feeding::start() {
  if (recorder_) recorder_->setState([ingest = ingest_.get()] { return ingest->state(); });
  ingest_->start();
  if (simulators_ && !fixed_) simulators_->start();
}

void Feeding::stop() {
  if (restarting_.valid()) restarting_.get();
  if (simulators_ && !fixed_) simulators_->stop();
  ingest_->stop();
  if (recorder_) recorder_->setState({});
}

void Feeding::seekTo(base::UtcNs utc) {
  if (player_) player_->seek(utc);
}

void Feeding::see(const scene::View& view) {
  if (stateTransports_.empty()) return;
  const feeds::GroundBox ground = groundSeen(view);
  for (feeds::StateTransport* transport : stateTransports_) transport->see(ground);
}

void Feeding::toggleCapsule(const std::filesystem::path& file, base::UtcNs now, const std::string& note) {
  if (!recorder_ || capsuleSpan_ == 0) {
    base::logWarning("an incident capsule can be written of a live run only");
  } else if (std::exchange(capsuleEnd_, 0) != 0) {
    recorder_->endExport();
  } else if (recorder_->startExport(std::filesystem::absolute(file), now - capsuleSpan_, kCapsuleNote, note)) {
    capsuleEnd_ = now + capsuleSpan_;
    base::logInfo("incident capsule " + std::filesystem::absolute(file).string());
  }
}

std::string Feeding::replayNote(std::string_view name) const {
  return player_ ? player_->note(name) : std::string();
}

void Feeding::advanceTo(base::UtcNs utc) {
  if (capsuleEnd_ != 0 && utc >= capsuleEnd_) {
    capsuleEnd_ = 0;
    recorder_->endExport();
  }
  if (fixed_ && simulators_) simulators_->advanceTo(utc);
  if (player_) player_->follow(utc);
  if (restarting_.valid() && restarting_.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
    restarting_.get();
    makeSimulators(matchDay_);
    simulators_->start();
  }
}

std::string Feeding::notice() const {
  if (recorder_)
    if (const record::RecorderStatus status = recorder_->status(); !status.error.empty() || !status.exportError.empty())
      return status.error.empty() ? status.exportError : status.error;
  if (simulators_)
    for (const traffic::Simulators::Line& line : simulators_->status())
      if (!line.good) return line.text;
  return {};
}

void Feeding::setMatchDay(bool on) {
  if (!simTransport_ || fixed_ || restarting_.valid()) return;
  matchDay_ = on;
  // SUMO needs a moment to end; no frame waits for it. advanceTo() starts the new day after that.
  restarting_ = std::async(std::launch::async, [old = std::move(simulators_)] { old->stop(); });
}

}  // namespace app
