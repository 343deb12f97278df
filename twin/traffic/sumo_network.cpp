// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/sumo_network.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "engine/base/hash.h"
#include "engine/base/log.h"
#include "twin/traffic/child_process.h"
#include "twin/traffic/lane_turns.h"
#include "twin/traffic/stop_offsets.h"

namespace traffic {
namespace {

namespace fs = std::filesystem;

/// Raise when the way of writing networks changes, so that old cache entries are not taken.
constexpr std::string_view kWriterVersion = "alphacity-net-8";
constexpr double kNetconvertSeconds = 60;

int priorityOf(std::string_view roadClass) {
  if (roadClass == "expressway") return 13;
  if (roadClass == "arterial") return 11;
  if (roadClass == "collector") return 9;
  if (roadClass == "local") return 7;
  if (roadClass == "ramp") return 6;
  return 5;
}

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

std::string shapeText(const Polyline& line) {
  std::string out;
  for (const glm::dvec3& p : line) out += (out.empty() ? "" : " ") + number(p.x) + "," + number(p.y);
  return out;
}

std::string edgeText(const city::Feature& road, bool forward) {
  const int lanes = static_cast<int>(road.number(forward ? "lanes_forward" : "lanes_backward"));
  if (lanes <= 0) return {};
  Polyline line = road.rings.front();
  if (!forward) line = reversed(line);
  line = offsetRight(line, innerEdgeOffset(road, forward));
  std::string out = "  <edge id=\"" + std::string(forward ? "" : "-") + escape(road.id) + "\"";
  out += " from=\"" + escape(road.text(forward ? "from" : "to")) + "\" to=\"" +
         escape(road.text(forward ? "to" : "from")) + "\"";
  out +=
      " numLanes=\"" + std::to_string(lanes) + "\" speed=\"" + number(road.number("speed", 50) / 3.6) + "\"";
  out += " width=\"" + number(road.number("lane_width", 3.25)) + "\" spreadType=\"right\"";
  out += " priority=\"" + std::to_string(priorityOf(road.text("class"))) + "\"";
  out += " disallow=\"pedestrian tram rail_urban rail rail_electric rail_fast ship\"";
  out += " shape=\"" + shapeText(line) + "\"/>\n";
  return out;
}

/// What of the stop lines decides the network.
std::string marksText(const std::vector<StopMark>& marks) {
  std::string out;
  for (const StopMark& mark : marks)
    out += mark.edge + " " + number(mark.middle.x) + "," + number(mark.middle.y) + "\n";
  return out;
}

bool drivable(const city::Feature& road) {
  return road.type == city::GeometryType::Line && !road.rings.empty() && road.rings.front().size() >= 2 &&
         !road.text("from").empty() && !road.text("to").empty();
}

bool writeText(const fs::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  return static_cast<bool>(out.flush());
}

std::vector<std::string> netconvertArguments(const fs::path& program, const fs::path& folder) {
  return {program.string(),
          "--node-files",
          (folder / "network.nod.xml").string(),
          "--edge-files",
          (folder / "network.edg.xml").string(),
          "--connection-files",
          (folder / "network.con.xml").string(),
          "--output-file",
          (folder / "network.net.xml").string(),
          "--offset.disable-normalization",
          "true",
          "--no-turnarounds.except-deadend",
          "true",
          "--junctions.corner-detail",
          "5",
          "--junctions.internal-link-detail",
          "8",
          "--tls.yellow.time",
          "3",
          "--precision",
          "2",
          "--xml-validation",
          "never"};
}

base::Status makeNetwork(const PlainNetwork& plain, const std::vector<StopMark>& marks,
                         const fs::path& folder) {
  const fs::path netconvert = findProgram("netconvert");
  if (netconvert.empty()) return base::Error{"netconvert is not installed: apt-get install sumo"};
  if (!writeText(folder / "network.nod.xml", plain.nodes) ||
      !writeText(folder / "network.edg.xml", plain.edges) ||
      !writeText(folder / "network.con.xml", plain.connections))
    return base::Error{"cannot write " + folder.string() + ": is the disk full?"};
  auto run = runProgram(netconvertArguments(netconvert, folder), kNetconvertSeconds);
  if (!run) return base::Error{run.error()};
  writeText(folder / "netconvert.log", run->output);
  if (run->exitCode != 0)
    return base::Error{"netconvert failed (" + std::to_string(run->exitCode) +
                       "): " + run->output.substr(0, run->output.find('\n'))};
  return writeStopOffsets(folder / "network.net.xml", marks);
}

}  // namespace

fs::path defaultCacheFolder() {
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache && *cache == '/')
    return fs::path(cache) / "alphacity";
  if (const char* home = std::getenv("HOME"); home && *home == '/')
    return fs::path(home) / ".cache" / "alphacity";
  return fs::temp_directory_path() / ("alphacity-" + std::to_string(::getuid()));
}

double innerEdgeOffset(const city::Feature& road, bool forward) {
  const double laneWidth = road.number("lane_width", 3.25);
  const double ahead = road.number("lanes_forward"), back = road.number("lanes_backward");
  const double median = ahead > 0 && back > 0 ? road.number("median") : 0;
  const double half = ((ahead + back) * laneWidth + median) / 2;
  return half - (forward ? ahead : back) * laneWidth;
}

void joinRoads(const city::CityData& city, RoadGraph& graph) {
  std::map<std::string_view, const city::Feature*> byId;
  for (const city::Feature& road : city.roads) byId[road.id] = &road;
  for (Edge& edge : graph.edges()) {
    const auto found = byId.find(edge.road);
    if (found == byId.end()) continue;
    const city::Feature& road = *found->second;
    const double width =
        road.number(edge.forward ? "lanes_forward" : "lanes_backward") * road.number("lane_width", 3.25);
    const Polyline along = edge.forward ? road.rings.front() : reversed(road.rings.front());
    edge.line = offsetRight(along, innerEdgeOffset(road, edge.forward) + width / 2);
    edge.elevated = road.hasElevation && road.text("structure", "ground") != "ground";
  }
}

PlainNetwork plainNetwork(const city::CityData& city) {
  PlainNetwork plain;
  plain.nodes = "<nodes>\n";
  std::map<std::string, bool> signalled;
  for (const city::Feature& node : city.nodes) {
    if (node.rings.empty() || node.rings.front().empty()) continue;
    const glm::dvec3 p = node.rings.front().front();
    const std::string controller = node.text("signal", node.id);
    const bool signal = node.text("kind") == "signal";
    signalled[node.id] = signal;
    plain.nodes +=
        "  <node id=\"" + escape(node.id) + "\" x=\"" + number(p.x) + "\" y=\"" + number(p.y) + "\" type=\"" +
        (signal ? "traffic_light\" tl=\"" + escape(controller.empty() ? node.id : controller) : "priority") +
        "\"/>\n";
  }
  plain.nodes += "</nodes>\n";
  plain.edges = "<edges>\n";
  std::vector<const city::Feature*> roads;
  for (const city::Feature& road : city.roads) {
    if (!drivable(road)) continue;
    plain.edges += edgeText(road, true) + edgeText(road, false);
    roads.push_back(&road);
  }
  plain.edges += "</edges>\n";
  plain.connections = connectionsXml(roads, signalled);
  return plain;
}

base::Result<SumoNetwork> buildSumoNetwork(const city::CityData& city, const fs::path& cacheFolder) {
  if (city.roads.empty()) return base::Error{"the city has no roads: nothing can drive"};
  const PlainNetwork plain = plainNetwork(city);
  const std::vector<StopMark> marks = stopMarks(city);
  uint64_t key = base::hashBytes(kWriterVersion);
  for (const std::string& part : {plain.nodes, plain.edges, plain.connections, marksText(marks)})
    key = base::hashBytes(part, key);
  char name[24];
  std::snprintf(name, sizeof name, "net-%016llx", static_cast<unsigned long long>(key));
  SumoNetwork network;
  network.folder = cacheFolder / name;
  network.netFile = network.folder / "network.net.xml";
  std::error_code ignored;
  network.fromCache = fs::exists(network.netFile, ignored);
  if (!network.fromCache) {
    // Made aside and moved into place, so that a second program or a crash never sees half of it.
    const fs::path aside = cacheFolder / (std::string(name) + "." + std::to_string(::getpid()));
    std::error_code failed;
    fs::create_directories(aside, failed);
    if (failed) return base::Error{"cannot create " + aside.string() + ": " + failed.message()};
    base::Status made = makeNetwork(plain, marks, aside);
    if (made) fs::rename(aside, network.folder, ignored);
    fs::remove_all(aside, ignored);
    if (!made) return base::Error{made.error()};
  }
  auto graph = RoadGraph::load(network.netFile);
  if (!graph) {
    fs::remove_all(network.folder, ignored);
    return base::Error{graph.error()};
  }
  network.graph = std::move(*graph);
  joinRoads(city, network.graph);
  return network;
}

}  // namespace traffic
