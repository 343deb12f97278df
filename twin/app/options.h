// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "twin/core/catalogue.h"
#include "twin/panels/panel_input.h"

namespace app {

constexpr int kExitOk = 0;
constexpr int kExitUsage = 2;
constexpr int kExitInput = 3;
constexpr int kExitDevice = 4;
constexpr int kExitDeviceLost = 75;  ///< EX_TEMPFAIL: start me again

/// The command line, checked. `--help` describes each.
struct Options {
  std::filesystem::path city;             ///< empty: Alpha City
  std::vector<std::string> feeds;         ///< empty: sim:
  std::vector<std::filesystem::path> feedFiles;  ///< --feeds
  panels::Mode mode = panels::Mode::Planner;
  core::Language language = core::Language::Korean;
  std::string quality = "auto";
  std::string history;                    ///< file, postgresql:// URL or "none"; empty: the user's own, when live in a window
  std::filesystem::path historyRules;     ///< TOML of how long what is kept
  std::filesystem::path alarms;           ///< rules; empty: the pack's
  std::filesystem::path stateDir;         ///< what a restart must remember; empty: the user's
  std::filesystem::path verifyAudit;      ///< only check this audit log
  std::filesystem::path record;
  std::filesystem::path replay;
  double capsuleMinutes = 5;              ///< an incident capsule holds so much before and at most so much after
  bool ingest = false;                    ///< the subcommand: no window, no graphics device
  std::string publish;                    ///< ingest: mqtt://host:1883/prefix
  double publishRate = 5;                 ///< ingest: state frames per second
  double speed = 1;
  bool headless = false;
  uint32_t width = 1920, height = 1080;
  bool sizeGiven = false;
  std::optional<base::UtcNs> time;        ///< a fixed clock
  std::string view;
  uint32_t frames = 0;                    ///< headless: pictures to draw; 0: one (or as --seconds says)
  std::filesystem::path out;
  double seconds = 0;
  std::filesystem::path livePictures;     ///< headless: a folder that gets a fresh picture of each view in turn
  std::string list;                       ///< views, layers, entities, feeds
  bool json = false;
  std::filesystem::path stats;
  std::string weather;                    ///< clear, cloudy, rain: overrides the station
  std::string select;                     ///< entity id that is selected at start
  std::string follow;                     ///< entity id that the camera follows
  bool noUi = false;                      ///< picture only
  bool noLabels = false;
  bool matchDay = false;
  double lookAhead = 0;                 ///< minutes; 0: off at the start
  bool noSumo = false;
  double uiScale = 0;                     ///< 0: from the display
  bool benchLimit = false;                ///< headless: also draw the same geometry in one constant colour, as the measure
  bool verbose = false;
  bool validation = false;
};

/// Parses argv. When the program should end (help, version, wrong usage) `exitCode` is set and the text
/// was written already.
struct ParsedOptions {
  Options options;
  std::optional<int> exitCode;
};
ParsedOptions parseOptions(int argc, char** argv);

}  // namespace app
