// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/sumo_session.h"

#include <unordered_map>

#include "engine/base/clock.h"
#include "twin/traffic/child_process.h"
#include "twin/traffic/sumo_arguments.h"
#include "twin/traffic/vehicle_pose.h"

#ifdef ALPHACITY_HAS_SUMO
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wextra"
#include <libsumo/libtraci.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <thread>

namespace traffic {
namespace {

using libtraci::Route;
using libtraci::Simulation;
using libtraci::TrafficLight;
using libtraci::Vehicle;

const std::vector<int> kVehicleVariables{libsumo::VAR_POSITION, libsumo::VAR_ANGLE,   libsumo::VAR_SPEED,
                                         libsumo::VAR_LANE_ID,  libsumo::VAR_SIGNALS, libsumo::VAR_DISTANCE};
const std::vector<int> kSimulationVariables{libsumo::VAR_DEPARTED_VEHICLES_IDS,
                                            libsumo::VAR_ARRIVED_VEHICLES_IDS,
                                            libsumo::VAR_TELEPORT_STARTING_VEHICLES_NUMBER};

/// A port that was free a moment ago; SUMO wants a number. Loopback only.
int freePort() {
  const int s = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  int port = -1;
  if (s >= 0 && ::bind(s, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
      ::getsockname(s, reinterpret_cast<sockaddr*>(&address), &size) == 0)
    port = ntohs(address.sin_port);
  if (s >= 0) ::close(s);
  return port;
}

std::string firstError(const std::filesystem::path& log) {
  std::ifstream in(log);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("Error:")) return line;
  return "no message";
}

template <typename T>
const T* get(const libsumo::TraCIResults& results, int variable) {
  const auto found = results.find(variable);
  return found == results.end() ? nullptr : dynamic_cast<const T*>(found->second.get());
}

std::vector<std::string> arguments(const SumoSessionOptions& o, int port) {
  char begin[32];
  std::snprintf(begin, sizeof begin, "%.0f", o.beginSecond);
  std::vector<std::string> all = sumoArguments(o.netFile, o.folder, o.seed);
  for (const std::string& more : {std::string("--begin"), std::string(begin), std::string("--remote-port"),
                                  std::to_string(port), std::string("--num-clients"), std::string("1")})
    all.push_back(more);
  return all;
}

}  // namespace

struct SumoSession::State {
  struct Known {
    std::string kind;
    std::string line;
    bool subscribed = false;
  };
  SumoSessionOptions options;
  ChildProcess process;
  bool connected = false;
  std::unordered_map<std::string, Known> known;  ///< sent off and not yet arrived
  std::set<std::string> routes;
  std::vector<std::string> controllers;
  uint64_t departed = 0, refused = 0, teleports = 0;

  bool send(const RoadGraph& graph, const Departure& departure);
  void take(const libsumo::TraCIResults& simulation);
  void read(const RoadGraph& graph, TrafficStep& out);
};

SumoSession::SumoSession(SumoSessionOptions options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
}
SumoSession::~SumoSession() {
  close();
}
bool SumoSession::built() {
  return true;
}
uint64_t SumoSession::departed() const {
  return state_->departed;
}
uint64_t SumoSession::refused() const {
  return state_->refused;
}
uint64_t SumoSession::teleports() const {
  return state_->teleports;
}

std::string SumoSession::open(double timeoutSeconds, const std::atomic<bool>& stopping,
                              std::atomic<int>& pid) {
  State& s = *state_;
  const int port = freePort();
  if (port <= 0) return "no free loopback port";
  const auto log = s.options.folder / "sumo.log";
  auto started = ChildProcess::start(arguments(s.options, port), log);
  if (!started) return started.error();
  s.process = std::move(*started);
  pid = s.process.pid();
  const base::MonoNs deadline =
      base::SystemClock::monoNow() + static_cast<base::MonoNs>(timeoutSeconds * 1e9);
  while (!s.connected) {
    if (stopping) return "stopped";
    if (!s.process.running()) return "SUMO did not start: " + firstError(log);
    if (base::SystemClock::monoNow() > deadline) return "SUMO did not answer within ten seconds";
    try {
      // No retries inside libtraci: it would sleep for whole seconds and write to stdout.
      Simulation::init(port, 0, "127.0.0.1", s.options.label);
      s.connected = true;
    } catch (const std::exception&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  try {
    Simulation::subscribe(kSimulationVariables);
    s.controllers = TrafficLight::getIDList();
    for (const std::string& id : s.controllers)
      TrafficLight::subscribe(id, {libsumo::TL_RED_YELLOW_GREEN_STATE});
  } catch (const std::exception& failed) {
    return std::string("SUMO refused the subscriptions: ") + failed.what();
  }
  return {};
}

bool SumoSession::State::send(const RoadGraph& graph, const Departure& departure) {
  if (known.contains(departure.id)) return false;
  try {
    if (!departure.line && routes.insert(departure.route).second) {
      std::vector<std::string> edges;
      for (const int edge : departure.edges) edges.push_back(graph.edges()[static_cast<size_t>(edge)].id);
      Route::add(departure.route, edges);
    }
    Vehicle::add(departure.id, departure.route, departure.kind, "now", departure.lane, departure.position,
                 departure.speed, "current", departure.arrival);
  } catch (const libsumo::TraCIException&) {
    ++refused;
    return false;
  }
  known[departure.id] = {departure.kind, departure.line ? departure.line->id : std::string(), false};
  return true;
}

void SumoSession::State::take(const libsumo::TraCIResults& simulation) {
  if (const auto* left = get<libsumo::TraCIStringList>(simulation, libsumo::VAR_ARRIVED_VEHICLES_IDS))
    for (const std::string& id : left->value) known.erase(id);
  if (const auto* count = get<libsumo::TraCIInt>(simulation, libsumo::VAR_TELEPORT_STARTING_VEHICLES_NUMBER))
    teleports += static_cast<uint64_t>(std::max(0, count->value));
  const auto* set = get<libsumo::TraCIStringList>(simulation, libsumo::VAR_DEPARTED_VEHICLES_IDS);
  if (!set) return;
  departed += set->value.size();
  for (const std::string& id : set->value) {
    try {
      Vehicle::subscribe(id, kVehicleVariables);
      if (const auto found = known.find(id); found != known.end()) found->second.subscribed = true;
    } catch (const libsumo::TraCIException&) {  // arrived within its first second
    }
  }
}

void SumoSession::State::read(const RoadGraph& graph, TrafficStep& out) {
  out.vehicles.clear();
  out.controllers.clear();
  for (const auto& [id, results] : Vehicle::getAllSubscriptionResults()) {
    const auto* position = get<libsumo::TraCIPosition>(results, libsumo::VAR_POSITION);
    const auto* angle = get<libsumo::TraCIDouble>(results, libsumo::VAR_ANGLE);
    const auto* speed = get<libsumo::TraCIDouble>(results, libsumo::VAR_SPEED);
    const auto* lane = get<libsumo::TraCIString>(results, libsumo::VAR_LANE_ID);
    const auto* signals = get<libsumo::TraCIInt>(results, libsumo::VAR_SIGNALS);
    const auto* distance = get<libsumo::TraCIDouble>(results, libsumo::VAR_DISTANCE);
    const auto known_ = known.find(id);
    // A vehicle that is being teleported has no lane and no position.
    if (!position || !angle || !speed || !lane || lane->value.empty() || position->x < -1e9 ||
        known_ == known.end())
      continue;
    VehicleState v;
    v.id = id;
    v.kind = known_->second.kind;
    v.line = known_->second.line;
    v.speed = std::max(0.0, speed->value);
    v.signals = signals ? static_cast<uint32_t>(signals->value) : 0;
    v.odometer = distance ? std::max(0.0, distance->value) : 0;
    v.lane = lane->value;
    placeVehicle(graph, {position->x, position->y}, angle->value * 3.14159265358979323846 / 180,
                 vehicleLength(v.kind), v);
    out.vehicles.push_back(std::move(v));
  }
  std::sort(out.vehicles.begin(), out.vehicles.end(),
            [](const VehicleState& a, const VehicleState& b) { return a.id < b.id; });
  const auto& lights = TrafficLight::getAllSubscriptionResults();
  for (const std::string& id : controllers) {
    const auto found = lights.find(id);
    if (found == lights.end()) continue;
    if (const auto* state = get<libsumo::TraCIString>(found->second, libsumo::TL_RED_YELLOW_GREEN_STATE))
      out.controllers.push_back({id, state->value});
  }
}

std::string SumoSession::step(const RoadGraph& graph, const SumoDemand& demand, int64_t second, bool read,
                              TrafficStep& out) {
  State& s = *state_;
  try {
    for (const Departure& shuttle : demand.shuttles())
      if (!s.known.contains(shuttle.id)) s.send(graph, shuttle);
    for (const Departure& departure : demand.departures(second)) s.send(graph, departure);
    Simulation::step();
    s.take(Simulation::getSubscriptionResults());
    if (read) s.read(graph, out);
  } catch (const std::exception& failed) {
    // The connection breaks a moment before the process can be reaped.
    for (int i = 0; i < 20 && s.process.running(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return s.process.running() ? std::string("SUMO: ") + failed.what() : std::string("SUMO died");
  } catch (...) {
    return "SUMO failed without saying why";
  }
  return {};
}

std::string SumoSession::save(const std::filesystem::path& file) {
  try {
    Simulation::saveState(file.string());
  } catch (const std::exception& failed) {
    return std::string("SUMO does not save its state: ") + failed.what();
  }
  return {};
}

void SumoSession::close() {
  State& s = *state_;
  if (s.connected) {
    try {
      if (s.process.running()) Simulation::close();
    } catch (...) {  // it is gone already, which is what we want
    }
    s.connected = false;
  }
  s.process.finish(0.5);
}

}  // namespace traffic

#else  // a build without libtraci

namespace traffic {
struct SumoSession::State {};
SumoSession::SumoSession(SumoSessionOptions) {}
SumoSession::~SumoSession() = default;
bool SumoSession::built() {
  return false;
}
std::string SumoSession::open(double, const std::atomic<bool>&, std::atomic<int>&) {
  return "built without SUMO";
}
std::string SumoSession::step(const RoadGraph&, const SumoDemand&, int64_t, bool, TrafficStep&) {
  return "built without SUMO";
}
std::string SumoSession::save(const std::filesystem::path&) {
  return "built without SUMO";
}
void SumoSession::close() {}
uint64_t SumoSession::departed() const {
  return 0;
}
uint64_t SumoSession::refused() const {
  return 0;
}
uint64_t SumoSession::teleports() const {
  return 0;
}
}  // namespace traffic

#endif
