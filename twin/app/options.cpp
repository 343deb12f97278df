// SPDX-License-Identifier: Apache-2.0
#include "twin/app/options.h"

#include <cstdio>

#include <CLI/CLI.hpp>

#include "twin/core/time.h"
#include "twin/feeds/feed_url.h"
#include "twin/history/history.h"

#ifndef ALPHACITY_VERSION
#define ALPHACITY_VERSION "0.1.0"
#endif

namespace app {
namespace {

bool parseSize(const std::string& text, uint32_t& width, uint32_t& height) {
  char rest = 0;
  if (std::sscanf(text.c_str(), "%ux%u%c", &width, &height, &rest) != 2) return false;
  return width >= 16 && height >= 16 && width <= 16384 && height <= 16384;
}

struct Texts {
  std::string mode = "planner", language = "ko", size, time;
};

/// What brings messages; the same for the twin and for `ingest`.
void declareFeeds(CLI::App& cli, Options& o) {
  cli.add_option("--city", o.city, "City pack folder or OSM extract (.osm, .osm.gz, .osm.pbf); default Alpha City");
  cli.add_option("--feed", o.feeds, "Live source, repeatable: sim:  mqtt://host:1883[,host2:1883]/topic-filter  "
                                    "state:mqtt://host:1883/prefix  file:day.log  file:data.csv#mapping=map.toml  gtfs:feed.zip  sample:  "
                                    "https://...#format=ngsi  http-in://127.0.0.1:8090/notify#format=ngsi");
  cli.add_option("--feeds", o.feedFiles, "File of [[feed]] tables, repeatable: keys, quotas, mappings (assets/feeds/example.toml)");
  cli.add_option("--history", o.history, "Keep the past in FILE.sqlite or postgresql://user@host/db, or none; default for live windows ~/.local/state/alphacity/history.sqlite");
  cli.add_option("--history-rules", o.historyRules, "How long what is kept (TOML, see twin/history/retention.h)");
  cli.add_option("--alarms", o.alarms, "Alarm rules (TOML) instead of the pack's alarms.toml");
  cli.add_option("--record", o.record, "Write all received messages to a file");
  cli.add_option("--seconds", o.seconds, "Run live for so many seconds, then end in order")->check(CLI::Range(0.0, 1e9));
  cli.add_option("--stats", o.stats, "Write timings and counters to a JSON file at the end");
  cli.add_option("--look-ahead", o.lookAhead, "Show the traffic expected so many minutes ahead, as ghosts (1-15)")->check(CLI::Range(1.0, 15.0));
  cli.add_flag("--match-day", o.matchDay, "Simulate a match at Lions Park this evening");
  cli.add_flag("--no-sumo", o.noSumo, "Play the recorded day instead of running SUMO");
  cli.add_flag("--verbose", o.verbose, "More lines on stderr");
}

void declareIngest(CLI::App& cli, Options& o) {
  declareFeeds(cli, o);
  cli.add_option("--publish", o.publish, "Send the state by tile to a broker, or to whichever of several stands: "
                                         "mqtt://host:1883[,host2:1883]/prefix");
  cli.add_option("--state-dir", o.stateDir, "Watch the alarms, and keep their states in this folder");
  cli.add_option("--rate", o.publishRate, "State frames per second")->check(CLI::Range(1.0, 10.0))->capture_default_str();
}

void declare(CLI::App& cli, Options& o, Texts& t) {
  declareFeeds(cli, o);
  cli.add_option("--mode", t.mode, "planner, control or exhibition")->check(CLI::IsMember({"planner", "control", "exhibition"}));
  cli.add_option("--lang", t.language, "Language of the panels")->check(CLI::IsMember({"ko", "en"}));
  cli.add_option("--quality", o.quality, "Shading")->check(CLI::IsMember({"low", "medium", "high", "auto"}));
  cli.add_option("--state-dir", o.stateDir, "Folder of what a restart must remember (audit log of the alarms); default ~/.local/state/alphacity");
  cli.add_option("--verify-audit", o.verifyAudit, "Check the hash chain of an audit log and end");
  cli.add_option("--replay", o.replay, "Play such a file, or an incident capsule, instead of live sources");
  cli.add_option("--capsule-minutes", o.capsuleMinutes, "Minutes before (and at most after) that Ctrl+I writes to an incident capsule")
      ->check(CLI::Range(0.1, 60.0))->capture_default_str();
  cli.add_option("--speed", o.speed, "Speed of the replay, or of the simulation")->check(CLI::Range(0.1, 1000.0));
  cli.add_flag("--headless", o.headless, "No window: draw off screen");
  cli.add_option("--size", t.size, "Size of the picture, WIDTHxHEIGHT");
  cli.add_option("--time", t.time, "Fixed clock, ISO 8601 with zone: the same picture every time");
  cli.add_option("--view", o.view, "Named view to start from (see --list views)");
  cli.add_option("--frames", o.frames, "Headless: number of frames to draw");
  cli.add_option("--out", o.out, "Headless: PNG of the last frame");
  cli.add_option("--live-pictures", o.livePictures, "Headless, live: a folder that gets a fresh PNG of each view in turn");
  cli.add_option("--list", o.list, "Print what there is and end")->check(CLI::IsMember({"views", "layers", "entities", "feeds"}));
  cli.add_flag("--json", o.json, "With --list: as JSON");
  cli.add_option("--weather", o.weather, "Show this weather instead of the station's")->check(CLI::IsMember({"clear", "cloudy", "rain"}));
  cli.add_option("--select", o.select, "Entity to select at start");
  cli.add_option("--follow", o.follow, "Mover that the camera follows");
  cli.add_option("--ui-scale", o.uiScale, "Size of the panels, 1 = 100 %")->check(CLI::Range(0.5, 4.0));
  cli.add_flag("--no-ui", o.noUi, "No panels in the picture");
  cli.add_flag("--no-labels", o.noLabels, "No names in the picture");
  cli.add_flag("--bench-limit", o.benchLimit, "Headless: measure also the same geometry drawn once in one colour (see --stats)");
  cli.add_flag("--validation", o.validation, "Vulkan validation layers, with synchronization");
  cli.set_version_flag("--version", "alphacity " ALPHACITY_VERSION);
}

/// The first thing wrong beyond what the parser checks by itself; empty when all is well.
std::string interpret(Options& o, const Texts& t) {
  o.mode = t.mode == "control" ? panels::Mode::Control : t.mode == "exhibition" ? panels::Mode::Exhibition : panels::Mode::Planner;
  o.language = t.language == "en" ? core::Language::English : core::Language::Korean;
  o.sizeGiven = !t.size.empty();
  if (o.sizeGiven && !parseSize(t.size, o.width, o.height)) return "--size " + t.size + ": write WIDTHxHEIGHT, 16x16 to 16384x16384, as in 1920x1080";
  if (!t.time.empty()) {
    const auto parsed = core::parseIso8601(t.time);
    if (!parsed) return "--time " + t.time + ": " + parsed.error();
    o.time = *parsed;
  }
  if (!o.history.empty() && o.history != "none")
    if (const auto fit = history::checkWhere(o.history); !fit) return fit.error();
  if (!o.publish.empty())
    if (const auto url = feeds::parseFeedUrl("state:" + o.publish); !url) return "--publish " + o.publish + ": " + url.error();
  for (const std::string& feed : o.feeds)
    if (const auto url = feeds::parseFeedUrl(feed); !url) return "--feed " + feed + ": " + url.error();
  if (!o.out.empty() && !o.headless) return "--out needs --headless";
  if (!o.livePictures.empty() && (!o.headless || o.time)) return "--live-pictures needs --headless and a live clock (no --time)";
  if (o.frames > 0 && !o.headless) return "--frames needs --headless";
  if (!o.replay.empty() && !o.feeds.empty()) return "--replay and --feed exclude each other: a replay takes the place of every live source";
  if (o.frames > 1000000) return "--frames: at most 1000000";
  return {};
}

}  // namespace

ParsedOptions parseOptions(int argc, char** argv) {
  ParsedOptions result;
  Options& o = result.options;
  Texts texts;
  CLI::App cli{"Alpha City Twin: a live 3D twin of Suseong Alpha City, Daegu, or of any city's open data."};
  declare(cli, o, texts);
  CLI::App* ingest = cli.add_subcommand("ingest", "Merge feeds and publish the state, without window or graphics device; displays follow with "
                                                  "--feed state:mqtt://...");
  declareIngest(*ingest, o);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::Success& wanted) {
    cli.exit(wanted);
    result.exitCode = kExitOk;
    return result;
  } catch (const CLI::Error& wrong) {
    std::fprintf(stderr, "alphacity: %s (see --help)\n", wrong.what());
    result.exitCode = kExitUsage;
    return result;
  }
  o.ingest = ingest->parsed();
  if (const std::string wrong = interpret(o, texts); !wrong.empty()) {
    std::fprintf(stderr, "alphacity: %s (see --help)\n", wrong.c_str());
    result.exitCode = kExitUsage;
  }
  return result;
}

}  // namespace app
