// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/forecast_run.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <numbers>
#include <set>
#include <sstream>

#include "engine/base/hash.h"
#include "twin/traffic/child_process.h"
#include "twin/traffic/fcd_reader.h"
#include "twin/traffic/sumo_arguments.h"
#include "twin/traffic/vehicle_pose.h"

namespace traffic {
namespace {

namespace fs = std::filesystem;

/// Turns the second SUMO's output into a forecast.
class Gatherer {
 public:
  Gatherer(const SavedState& state, const RoadGraph& graph, const LinkMatcher& matcher,
           const TransitModel& transit, const SumoDemand& timetable, size_t mostPoses)
      : state_(state), graph_(graph), transit_(transit), meter_(matcher), mostPoses_(mostPoses) {
    for (const TransitLine& line : timetable.buses()) lineOf_[line.id.substr(4)] = line.id;
    forecast_.made = state.second * base::kNsPerSecond;
  }

  void step(double simSecond) {
    endStep();
    second_ = state_.dayStart + std::llround(simSecond);
  }

  void vehicle(const FcdVehicle& v) {
    if (second_ <= state_.second) return;
    VehicleState pose;
    pose.id = v.id;
    pose.kind = v.type;
    pose.lane = v.lane;
    pose.speed = std::max(0.0, v.speed);
    pose.line = lineNameOf(pose.id, pose.kind);
    placeVehicle(graph_, v.front, v.angle * std::numbers::pi / 180, vehicleLength(pose.kind), pose);
    seen_.push_back({base::hashBytes(pose.id), pose.position, pose.heading, pose.speed});
    keep(pose);
    if (!pose.line.empty()) arrive(pose);
  }

  Forecast take() {
    endStep();
    forecast_.minutes = meter_.takeWhole();
    forecast_.until = std::max(forecast_.made, second_ * base::kNsPerSecond);
    for (auto& [id, mover] : movers_) forecast_.movers.push_back(std::move(mover));
    return std::move(forecast_);
  }
  int64_t second() const { return second_; }

 private:
  void endStep() {
    if (second_ > state_.second) meter_.sample(second_, seen_);
    seen_.clear();
  }

  /// "bus-609_0-31" drives line "bus_609_0".
  std::string lineNameOf(const std::string& id, const std::string& kind) const {
    if (kind == "shuttle") return "shuttle";
    if (kind != "bus" || !id.starts_with("bus-")) return {};
    const auto line = lineOf_.find(id.substr(4, id.rfind('-') - 4));
    return line == lineOf_.end() ? std::string() : line->second;
  }

  void keep(const VehicleState& v) {
    if (poses_ >= mostPoses_) {
      forecast_.truncated = true;
      return;
    }
    const auto [at, added] = movers_.try_emplace(v.id);
    ForecastMover& mover = at->second;
    if (added) {
      mover.id = v.id;
      mover.kind = v.kind;
      mover.line = v.line;
      mover.first = second_;
    }
    const auto turns = static_cast<int64_t>(std::llround(v.heading / std::numbers::pi * 32768));
    const ForecastPose pose{
        .x = static_cast<float>(v.position.x),
        .y = static_cast<float>(v.position.y),
        .z = v.elevated ? static_cast<int16_t>(std::lround(std::clamp(v.z * 10, -32000.0, 32000.0)))
                        : ForecastPose::kOnGround,
        .heading = static_cast<int16_t>(static_cast<uint16_t>(turns & 0xffff)),
        .speed = static_cast<uint16_t>(std::lround(std::min(v.speed * 100, 65535.0)))};
    // SUMO moves a stuck vehicle out of the world for a while: it is held where it was.
    while (mover.first + static_cast<int64_t>(mover.poses.size()) < second_ && !mover.poses.empty()) {
      mover.poses.push_back(mover.poses.back());
      ++poses_;
    }
    mover.poses.push_back(pose);
    ++poses_;
  }

  void arrive(const VehicleState& v) {
    const base::UtcNs time = second_ * base::kNsPerSecond;
    const auto report = transit_.report(v, time);
    std::string& last = lastStop_[v.id];
    if (!report || !report->atStop) return;
    if (last == report->next->name) return;
    const bool known = !last.empty() || second_ > state_.second + 1;
    last = report->next->name;
    // Who stands at a stop when the forecast begins has arrived before.
    if (known) forecast_.arrivals.push_back({v.id, last, time});
  }

  const SavedState& state_;
  const RoadGraph& graph_;
  const TransitModel& transit_;
  LinkMeter meter_;
  size_t mostPoses_;
  Forecast forecast_;
  int64_t second_ = 0;
  size_t poses_ = 0;
  std::vector<SeenVehicle> seen_;
  std::map<std::string, ForecastMover> movers_;
  std::map<std::string, std::string> lastStop_, lineOf_;
};

std::string lastError(const fs::path& log) {
  std::ifstream in(log);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("Error:")) return line;
  return "no message";
}

/// Reads the pipe until the forecast is whole. Empty, or why it is not.
std::string readPipe(int pipe, ChildProcess& sumo, FcdReader& reader, const Gatherer& gathered,
                     int64_t lastSecond, double patience, const std::atomic<bool>& stopping) {
  const base::MonoNs deadline = base::SystemClock::monoNow() + static_cast<base::MonoNs>(patience * 1e9);
  std::vector<char> buffer(256 * 1024);
  for (bool over = false;;) {
    if (stopping) return "stopped";
    if (base::SystemClock::monoNow() > deadline) return "the second SUMO is too slow for this machine";
    pollfd waiting{pipe, POLLIN, 0};
    ::poll(&waiting, 1, 50);
    const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
    if (count > 0) {
      if (!reader.feed(buffer.data(), static_cast<size_t>(count)))
        return "unreadable output: " + reader.error();
      over = false;
      continue;
    }
    // Nothing to read: at the beginning SUMO has not opened the pipe yet, at the end it has closed it.
    if (over) return gathered.second() >= lastSecond ? std::string() : "the second SUMO died";
    over = !sumo.running();  // what it wrote last is still to be read
  }
}

/// Catalogue name of the vehicle with this id, as SumoDemand names them.
std::string kindOfId(std::string_view id) {
  const std::string_view first = id.substr(0, id.find('-'));
  return first == "tx" ? std::string("taxi") : std::string(first);
}

/// Empty, or why the state cannot be completed.
std::string completeState(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) return "cannot read " + file.string();
  in.close();
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << withTypes(text.str());
  return out.flush() ? std::string() : "cannot write " + file.string();
}

}  // namespace

std::string withTypes(const std::string& stateXml) {
  constexpr std::string_view kTag = "<vehicle id=\"";
  std::string out;
  out.reserve(stateXml.size() + stateXml.size() / 20);
  size_t done = 0;
  for (size_t at = stateXml.find(kTag); at != std::string::npos; at = stateXml.find(kTag, done)) {
    const size_t id = at + kTag.size(), quote = stateXml.find('"', id), end = stateXml.find('>', id);
    if (quote == std::string::npos || end == std::string::npos) break;
    out.append(stateXml, done, quote + 1 - done);
    const std::string_view element = std::string_view(stateXml).substr(quote, end - quote);
    if (element.find(" type=\"") == std::string_view::npos)
      out += " type=\"" + kindOfId(std::string_view(stateXml).substr(id, quote - id)) + "\"";
    done = quote + 1;
  }
  return out.append(stateXml, done, std::string::npos);
}

std::string forecastRoutes(const RoadGraph& graph, const ForecastDemand& demand, int64_t from, int64_t to,
                           int64_t dayStart) {
  std::string out = "<routes>\n";
  std::set<std::string> used;
  for (int64_t second = from + 1; second <= to; ++second) {
    const std::string depart = "\" depart=\"" + std::to_string(second - dayStart);
    const auto write = [&](const Departure& d, const std::string& id, const std::string& route) {
      if (!used.insert(id).second) return;
      out += "<vehicle id=\"" + id + "\" type=\"" + d.kind + depart + "\" departPos=\"" + d.position +
             "\" departLane=\"" + d.lane + "\" departSpeed=\"" + d.speed + "\" arrivalPos=\"" + d.arrival +
             route;
    };
    for (const Departure& d : demand.timetable.departures(second))
      if (d.line) write(d, d.id, "\" route=\"" + d.route + "\"/>\n");
    for (const Departure& d : demand.trips.departures(second)) {
      if (d.line) continue;
      std::string edges;
      for (const int e : d.edges)
        edges += (edges.empty() ? "" : " ") + graph.edges()[static_cast<size_t>(e)].id;
      write(d, d.id + "~", "\"><route edges=\"" + edges + "\"/></vehicle>\n");
    }
  }
  return out + "</routes>\n";
}

base::Result<Forecast> runForecast(const SavedState& state, const RoadGraph& graph,
                                   const LinkMatcher& matcher, const TransitModel& transit,
                                   const ForecastDemand& demand, const ForecastOptions& options,
                                   const std::atomic<bool>& stopping, std::atomic<int>& pid) {
  const base::MonoNs begun = base::SystemClock::monoNow();
  const fs::path routes = state.folder / "ahead.rou.xml", pipeFile = state.folder / "ahead.pipe",
                 log = state.folder / "ahead.log";
  const int64_t last = state.second + options.seconds;
  {
    std::ofstream out(routes, std::ios::binary | std::ios::trunc);
    out << forecastRoutes(graph, demand, state.second, last, state.dayStart);
    if (!out.flush()) return base::Error{"cannot write " + routes.string()};
  }
  if (const std::string why = completeState(state.file); !why.empty()) return base::Error{why};
  ::unlink(pipeFile.c_str());
  if (::mkfifo(pipeFile.c_str(), 0600) != 0) return base::Error{"cannot make " + pipeFile.string()};
  const int pipe = ::open(pipeFile.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (pipe < 0) return base::Error{"cannot open " + pipeFile.string()};
  std::vector<std::string> arguments = sumoArguments(options.netFile, state.folder, options.seed);
  for (const std::string& more :
       {std::string("--route-files"), routes.string(), std::string("--load-state"), state.file.string(),
        std::string("--fcd-output"), pipeFile.string(), std::string("--fcd-output.attributes"),
        std::string("x,y,angle,speed,type,lane"), std::string("--end"),
        std::to_string(last - state.dayStart + 1)})
    arguments.push_back(more);
  auto sumo = ChildProcess::start(arguments, log);
  if (!sumo) {
    ::close(pipe);
    return base::Error{sumo.error()};
  }
  pid = sumo->pid();
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(sumo->pid()), options.niceness);
  Gatherer gathered(state, graph, matcher, transit, demand.timetable, options.mostPoses);
  FcdReader reader([&](double second) { gathered.step(second); },
                   [&](const FcdVehicle& v) { gathered.vehicle(v); });
  std::string why = readPipe(pipe, *sumo, reader, gathered, last, options.patienceSeconds, stopping);
  pid = -1;
  ::close(pipe);
  sumo->kill();
  ::unlink(pipeFile.c_str());
  if (!why.empty()) {
    const std::string said = lastError(log);
    return base::Error{said == "no message" ? why : why + ": " + said};
  }
  Forecast forecast = gathered.take();
  forecast.computeSeconds = static_cast<double>(base::SystemClock::monoNow() - begun) * 1e-9;
  return forecast;
}

}  // namespace traffic
