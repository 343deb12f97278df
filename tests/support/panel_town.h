// SPDX-License-Identifier: Apache-2.0
// A town of a few things that report in every way panels must show: good, stale, silent, bad, moving.
// Header only: a test that includes it links twin_panels.
#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <tuple>

#include "twin/model/entity_store.h"
#include "twin/panels/panels.h"

namespace support {

/// 2026-11-22T18:00:00+09:00
constexpr base::UtcNs kTownTime = 1795338000LL * base::kNsPerSecond;

/// Owns everything that PanelInput points at.
struct PanelTown {
  core::Catalogue catalogue;
  binding::Palette palette;
  scene::Scene scene;
  std::unique_ptr<city::City> city;
  model::EntityStore store;
  model::Mirror mirror;
  std::unique_ptr<binding::Binding> binding;
  plan::LayerStack plan;
  plan::Resolver resolver;
  feeds::FeedStats feeds;

  static std::unique_ptr<PanelTown> make(const std::string& sourceFolder) {
    auto town = std::make_unique<PanelTown>();
    auto catalogue = core::Catalogue::load(sourceFolder + "/assets/styles");
    auto palette = binding::Palette::load(sourceFolder + "/assets/styles/palette.toml");
    auto frame = core::CityFrame::create("EPSG:5187", 171991.6, 359947.5);
    if (!catalogue || !palette || !frame) return nullptr;
    town->catalogue = *catalogue;
    town->palette = *palette;
    town->city = std::make_unique<city::City>(city::CityData(*frame));
    town->fillCity();
    town->fillStore();
    town->fillFeeds();
    town->mirror.apply(town->store.takeChanges());
    town->binding = std::make_unique<binding::Binding>(binding::BindContext{*town->city, town->scene, town->catalogue, town->palette});
    const model::ChangeBatch nothing;
    town->binding->bind(town->resolver.resolve(town->mirror, nothing, town->plan), kTownTime);
    return town;
  }

  panels::PanelInput input() const {
    panels::PanelInput in;
    in.shown = in.wall = kTownTime;
    in.mirror = &mirror;
    in.city = city.get();
    in.catalogue = &catalogue;
    in.palette = &palette;
    in.binding = binding.get();
    in.scene = &scene;
    in.feeds = &feeds;
    in.plan = &plan;
    in.view.width = 1920;
    in.view.height = 1080;
    in.system = {.frameMs = 16.6, .framesPerSecond = 60, .cpuMs = 1.2, .residentBytes = 312'000'000, .device = "test device"};
    return in;
  }

  /// An hour of history: a gap, events of every severity, a curve of one air station, a bookmark.
  panels::PastInput past() const {
    panels::PastInput past;
    auto overview = std::make_shared<history::Overview>();
    overview->asked = {kTownTime - 3600 * base::kNsPerSecond, kTownTime};
    overview->recorded = {kTownTime - 3000 * base::kNsPerSecond, kTownTime};
    overview->gaps.push_back({kTownTime - 1500 * base::kNsPerSecond, kTownTime - 1200 * base::kNsPerSecond, 0, "not running"});
    overview->gaps.push_back({kTownTime - 700 * base::kNsPerSecond, kTownTime - 690 * base::kNsPerSecond, 12, "disk full"});
    for (int i = 0; i < 12; ++i) {
      history::StoredEvent event;
      event.what.id = "e" + std::to_string(i);
      event.what.type = "adas.FCW";
      event.what.eventTime = kTownTime - i * 230 * base::kNsPerSecond;
      event.what.severity = i % 4;
      overview->events.push_back(std::move(event));
    }
    overview->entity = "dev_air_station_0001";
    auto& curve = overview->curves.emplace_back();
    curve.property = "pm25";
    for (int i = 0; i < 240; ++i)
      if (i < 100 || i > 120) curve.points.push_back({overview->asked.first + i * 15 * base::kNsPerSecond, 20 + 9 * std::sin(i * 0.1), 22 + 9 * std::sin(i * 0.1)});
    past.overview = std::move(overview);
    past.bookmarks.push_back({"사고 직전", kTownTime - 1900 * base::kNsPerSecond});
    past.status.state = history::HistoryStatus::State::Writing;
    past.status.diskBytes = 1'234'567'890;
    return past;
  }

  panels::PropertyHistory curve(const std::string& property, double low, double high) const {
    panels::PropertyHistory history{property, {}};
    for (int i = 0; i < 120; ++i)
      history.samples.emplace_back(kTownTime - (120 - i) * 5 * base::kNsPerSecond, low + (high - low) * (0.5 + 0.5 * std::sin(i * 0.17) * std::cos(i * 0.05)));
    return history;
  }

 private:
  void fillCity() {
    city::CityData& d = city->data;
    d.id = "town";
    d.name = {"수성알파시티", "Suseong Alpha City"};
    d.about = {"대구 수성구의 스마트시티 실증단지입니다.", "Daegu's smart-city test bed in Suseong-gu."};
    const std::pair<const char*, core::BilingualText> views[] = {{"overview", {"전경", "Overview"}}, {"loop", {"셔틀 순환로", "Shuttle loop"}},
        {"station", {"수성알파시티역", "Suseong Alpha City Station"}}, {"lionspark", {"라이온즈파크", "Lions Park"}},
        {"stadium", {"대구스타디움", "Daegu Stadium"}}, {"techhub", {"SW·ICT 혁신거점", "SW and ICT hub"}}, {"street", {"알파시티1로 거리", "Alphacity 1-ro street"}}};
    int order = 0;
    for (const auto& [id, name] : views) {
      city::NamedView view;
      view.id = id;
      view.name = name;
      view.order = order++;
      d.views.push_back(view);
    }
    d.sources.push_back({"reconstruction", "Alpha City Twin reconstruction", "CC-BY-4.0", "", {"공개된 사실로 다시 그린 것입니다.", "Drawn from public facts."}});
    d.sources.push_back({"simulation", "Simulated equipment and services", "CC-BY-4.0", "", {"장치의 수와 위치는 추정입니다(모의).", "Numbers and places are estimates (simulated)."}});
  }

  void define(std::string id, std::string kind, core::BilingualText name, model::Provenance origin, std::vector<std::pair<std::string, model::Value>> facts) {
    model::EntityInfo info;
    info.id = std::move(id);
    info.kind = std::move(kind);
    info.name = std::move(name);
    info.origin = origin;
    info.source = origin == model::Provenance::Simulated ? "simulation" : "reconstruction";
    info.attributes = std::move(facts);
    info.fromPack = true;
    city->entities.push_back(info);
    store.define(std::move(info));
  }

  static model::PropertyObservation value(const char* entity, const char* property, model::Value v, double secondsAgo, bool bad = false) {
    model::PropertyObservation o;
    o.entity = entity;
    o.property = property;
    o.value = std::move(v);
    o.eventTime = kTownTime - static_cast<base::UtcNs>(secondsAgo * 1e9);
    o.provenance = model::Provenance::Simulated;
    o.bad = bad;
    return o;
  }

  void fillStore() {
    using model::Provenance;
    define("b_0100", "building", {"SW융합테크비즈센터", "SW Techbiz Center"}, Provenance::Reconstructed,
           {{"use", std::string("office")}, {"height", 41.5}, {"storeys", 10.0}, {"basements", 2.0}, {"lot", std::string("lot_0021")}, {"material", std::string("glass")}});
    define("dev_air_station_0001", "air_station", {}, Provenance::Simulated, {{"height", 3.5}, {"service_ko", std::string("확장 센서 (모의)")}, {"service_en", std::string("Extension sensor (simulated)")}});
    define("dev_weather_station_0001", "weather_station", {}, Provenance::Simulated, {});
    define("dev_street_light_0042", "street_light", {}, Provenance::Simulated, {{"watt", 100.0}});
    define("dev_waste_bin_0007", "waste_bin", {}, Provenance::Simulated, {{"litres", 100.0}});
    model::Observations o;
    o.properties = {value("dev_air_station_0001", "pm10", 48.0, 12), value("dev_air_station_0001", "pm25", 31.0, 12), value("dev_air_station_0001", "o3", 0.031, 170),
                    value("dev_air_station_0001", "no2", 4.2, 12, true), value("dev_air_station_0001", "temperature", 8.4, 12), value("dev_air_station_0001", "humidity", 61.0, 900),
                    value("dev_weather_station_0001", "temperature", 8.2, 20), value("dev_weather_station_0001", "cloud", 40.0, 20), value("dev_weather_station_0001", "rain", 0.0, 20),
                    value("dev_street_light_0042", "power_state", true, 400), value("dev_street_light_0042", "dimming", 80.0, 400), value("dev_waste_bin_0007", "fill", 92.0, 700)};
    model::PoseObservation pose;
    pose.entity = "shuttle-1";
    pose.kind = "shuttle";
    pose.position = {120, 40, 0};
    pose.heading = 1.2;
    pose.speed = 7.4;
    pose.eventTime = kTownTime - 600 * base::kNsPerMs;
    pose.provenance = Provenance::Simulated;
    o.poses = {pose};
    for (auto& [property, v] : std::vector<std::pair<const char*, model::Value>>{{"passengers", 7.0}, {"capacity", 15.0}, {"occupancy", 47.0}, {"mode", std::string("auto")},
                                                                                {"battery", 82.0}, {"next_stop", std::string("대구스마트시티센터")}, {"eta", 74.0}})
      o.properties.push_back(value("shuttle-1", property, v, 0.6));
    const std::tuple<const char*, int, const char*> happened[] = {{"adas.HMW", 1, "tx-0417"}, {"adas.PCW", 3, "tx-0102"}, {"takeover", 1, "shuttle-1"}, {"incident", 2, ""}, {"adas.SLI", 0, "tx-0331"}};
    int n = 0;
    for (const auto& [type, severity, entity] : happened) {
      model::EventObservation event;
      event.id = "e" + std::to_string(n);
      event.type = type;
      event.severity = severity;
      event.entity = entity;
      event.position = glm::dvec3(10.0 * n, 20, 0);
      event.eventTime = kTownTime - (60 - n * 11) * base::kNsPerSecond;
      event.details = {{"speedKmh", "31"}, {"light", "dusk"}};
      event.provenance = Provenance::Simulated;
      o.events.push_back(event);
      ++n;
    }
    store.apply(o, 0, kTownTime);
  }

  void fillFeeds() {
    feeds::SourceStats sim;
    sim.source = {.name = "sim", .standard = "SensorThings 1.1, GTFS-RT 2.0, JSON", .endpoint = "sim:", .provenance = model::Provenance::Simulated};
    sim.link.state = feeds::LinkState::Connected;
    sim.messages = 128'402;
    sim.applied = 127'900;
    sim.conflated = 321;
    sim.late = 12;
    sim.duplicate = 156;
    sim.queued = 3;
    sim.rejected = {{"json", 7}, {"position", 3}};
    sim.bytes = 41'337'000;
    sim.ratePerSecond = 612;
    sim.lagP50 = 0.038;
    sim.lagP95 = 0.121;
    sim.lastReceived = kTownTime - 200 * base::kNsPerMs;
    sim.lastTopic = "telemetry/taxi/tx-0417";
    sim.lastMessage = R"({"t":1795338000250,"lon":128.69012,"lat":35.83651,"z":76.2,"h":271.5,"v":4.1,"pitch":-1.2,"p":{"brake":true,"blinker":"left","lane":"r_alpha1_03_1"}})";
    sim.lastRejectedTopic = "fleet/tx-0001/event";
    feeds::SourceStats broker;
    broker.source = {.name = "broker", .standard = "GTFS-Realtime 2.0", .endpoint = "mqtt://127.0.0.1:1883/bus/#", .expectedPeriod = 5};
    broker.link.state = feeds::LinkState::Waiting;
    broker.link.lastError = "mqtt://127.0.0.1:1883: connection refused; trying again in 8 s";
    broker.gaps = 2;
    broker.lastGap = "the connection was lost";
    broker.messages = broker.applied = 4'210;
    broker.lastReceived = kTownTime - 95 * base::kNsPerSecond;
    feeds.sources = {sim, broker};
  }
};

}  // namespace support
