// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/sumo_link.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

#include "engine/base/log.h"
#include "twin/traffic/sumo_session.h"

namespace traffic {
namespace {

namespace fs = std::filesystem;

constexpr double kConnectSeconds = 10;
constexpr double kLongestWait = 30;

std::string two(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.0f", value);
  return text;
}

bool writeInput(const fs::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  return static_cast<bool>(out.flush());
}

}  // namespace

SumoLink::SumoLink(const SumoNetwork& network, const SumoDemand& demand,
                   const std::vector<SignalProgram>& programs, SumoLinkOptions options, OnStep onStep)
    : network_(network),
      demand_(demand),
      programs_(programs),
      options_(std::move(options)),
      onStep_(std::move(onStep)) {}

SumoLink::~SumoLink() {
  stop();
}

bool SumoLink::available(std::string& why) {
  if (!SumoSession::built()) {
    why = "this build has no SUMO (ALPHACITY_SUMO=OFF): the recorded day is shown";
    return false;
  }
  for (const char* program : {"sumo", "netconvert"})
    if (findProgram(program).empty()) {
      why = std::string(program) + " is not installed (apt-get install sumo): the recorded day is shown";
      return false;
    }
  return true;
}

void SumoLink::start() {
  if (thread_.joinable()) return;
  stopping_ = false;
  thread_ = std::thread([this] { run(); });
}

void SumoLink::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);  // or a wait that has just looked would miss it
    stopping_ = true;
  }
  wake_.notify_all();
  // A SUMO that hangs would keep the thread in a read: give it a second, then cut the connection.
  for (int i = 0; i < 100 && status().state != SumoLinkStatus::State::Stopped; ++i) ::usleep(10'000);
  if (const int pid = pid_; pid > 0 && status().state != SumoLinkStatus::State::Stopped) ::kill(pid, SIGKILL);
  thread_.join();
}

SumoLinkStatus SumoLink::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void SumoLink::say(SumoLinkStatus::State state, std::string text) {
  const std::lock_guard lock(mutex_);
  status_.state = state;
  status_.text = std::move(text);
}

bool SumoLink::sleepFor(double seconds) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return stopping_.load(); });
  return !stopping_;
}

void SumoLink::run() {
  // libtraci writes to its socket without MSG_NOSIGNAL: a SUMO that died must not end the program.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  double wait = 1;
  while (!stopping_) {
    const uint64_t before = status().steps;
    runOnce();
    pid_ = -1;
    if (stopping_) break;
    if (status().steps > before + 30) wait = 1;
    const std::string why = status().text;
    base::logWarning("SUMO ended (" + why + "); starting it again in " + two(wait) + " s");
    say(SumoLinkStatus::State::Waiting, why);
    if (!sleepFor(wait)) break;
    wait = std::min(kLongestWait, wait * 2);
  }
  say(SumoLinkStatus::State::Stopped, "stopped");
}

void SumoLink::offerState(SumoSession& session, const fs::path& folder, int64_t second, int64_t dayStart) {
  if (!options_.sink) return;
  const fs::path file = options_.sink->wanted(second);
  if (file.empty()) return;
  const base::MonoNs begun = base::SystemClock::monoNow();
  SavedState saved{.file = file, .folder = folder, .second = second, .dayStart = dayStart, .error = {}};
  saved.error = session.save(file);
  saved.seconds = static_cast<double>(base::SystemClock::monoNow() - begun) * 1e-9;
  options_.sink->saved(saved);
}

bool SumoLink::runOnce() {
  say(SumoLinkStatus::State::Starting, "starting SUMO");
  const base::UtcNs shown = options_.now();
  const int64_t begin = shown / base::kNsPerSecond - static_cast<int64_t>(options_.warmupSeconds);
  const int64_t dayStart = begin - ((begin + options_.zone.offsetMinutes * 60) % 86400);
  // One folder per program: two twins on one machine must not overwrite each other's inputs.
  const fs::path folder = network_.folder / ("run-" + std::to_string(::getpid()));
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  struct Clean {
    fs::path folder;
    ~Clean() {
      std::error_code none;
      fs::remove_all(folder, none);
    }
  } clean{folder};
  if (!writeInput(folder / "demand.add.xml", demand_.additionalXml()) ||
      !writeInput(folder / "signals.add.xml", signalProgramsXml(programs_))) {
    say(SumoLinkStatus::State::Waiting, "cannot write " + folder.string());
    return false;
  }
  SumoSession session({.netFile = network_.netFile,
                       .folder = folder,
                       .beginSecond = static_cast<double>(begin - dayStart),
                       .seed = options_.seed,
                       .label = "alphacity" + std::to_string(++sessions_)});
  std::string error = session.open(kConnectSeconds, stopping_, pid_);
  if (error.empty()) {
    {
      const std::lock_guard lock(mutex_);
      ++status_.starts;
      status_.pid = pid_;
    }
    say(SumoLinkStatus::State::Warming, "filling the roads");
    TrafficStep step;
    for (int64_t second = begin; !stopping_ && error.empty(); ++second) {
      const int64_t target = options_.now() / base::kNsPerSecond;
      const bool warm = second >= begin + static_cast<int64_t>(options_.warmupSeconds) - 2;
      if (warm && second > target) {
        const base::UtcNs due = second * base::kNsPerSecond;
        while (!stopping_ && options_.now() < due)
          sleepFor(std::min(0.05, std::max(0.002, static_cast<double>(due - options_.now()) * 1e-9)));
        if (stopping_) break;
      }
      if (target - second > static_cast<int64_t>(options_.warmupSeconds + options_.longestLag) ||
          target + 30 < second) {
        error = "the shown time has jumped";
        break;
      }
      const bool publish = warm && second % options_.publishEvery == 0;
      error = session.step(network_.graph, demand_, second, publish, step);
      if (!error.empty() || !publish) continue;
      step.time = second * base::kNsPerSecond;
      step.simSecond = static_cast<double>(second - dayStart);
      onStep_(step);
      offerState(session, folder, second, dayStart);
      const std::lock_guard lock(mutex_);
      ++status_.steps;
      status_.vehicles = step.vehicles.size();
      status_.departed = session.departed();
      status_.refused = session.refused();
      status_.teleports = session.teleports();
      status_.state = SumoLinkStatus::State::Running;
      status_.text = std::to_string(step.vehicles.size()) + " vehicles";
    }
  }
  session.close();
  say(status().state, error.empty() ? "stopped" : error);
  return error.empty();
}

}  // namespace traffic
