// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/sumo_demand.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace traffic {
namespace {

constexpr int kShuttleLoops = 90;    ///< about 30 hours; a shuttle that has ended sets off again
constexpr double kSameRoad = 12;     ///< through traffic prefers to stay on its road this much
constexpr double kMatchReach = 380;  ///< metres around the ballpark in which visitors park

uint64_t keyOf(uint64_t seed, int64_t second, uint64_t salt) {
  return base::mix(seed ^ base::mix(static_cast<uint64_t>(second)) ^
                   base::mix(salt * 0x9e3779b97f4a7c15ULL + 17));
}

glm::dvec2 centreOf(const city::Feature& feature) {
  glm::dvec2 sum{0};
  if (feature.rings.empty() || feature.rings.front().empty()) return sum;
  for (const glm::dvec3& p : feature.rings.front()) sum += glm::dvec2(p.x, p.y);
  return sum / static_cast<double>(feature.rings.front().size());
}

double areaOf(const city::Feature& feature) {
  if (feature.rings.empty()) return 0;
  const auto& ring = feature.rings.front();
  double area = 0;
  for (size_t i = 0; i < ring.size(); ++i) {
    const glm::dvec3 &a = ring[i], &b = ring[(i + 1) % ring.size()];
    area += (a.x * b.y - b.x * a.y) / 2;
  }
  return std::abs(area);
}

bool isWork(std::string_view use) {
  return use == "office" || use == "research" || use == "mall" || use == "shop" || use == "school" ||
         use == "public" || use == "hospital" || use == "hotel" || use == "culture" || use == "plant";
}

/// Arrivals from 150 minutes before to 30 after the start, most of them 90 to 20 minutes before.
double arrivalsPerSecond(double minutes) {
  if (minutes < -150 || minutes > 30) return 0;
  const double peak = -55, spread = minutes < peak ? 45.0 : 32.0;
  return std::exp(-0.5 * std::pow((minutes - peak) / spread, 2)) / (60 * 0.5 * (45 + 32) * 2.5066);
}

/// 70 % leave within 45 minutes of the end.
double exitsPerSecond(double minutes) {
  if (minutes < 0 || minutes > 180) return 0;
  const double rate = -std::log(0.3) / 45;
  return rate * std::exp(-rate * minutes) / 60;
}

}  // namespace

SumoDemand::SumoDemand(const city::CityData& city, const RoadGraph& graph, DemandTable table, uint64_t seed,
                       bool matchDay)
    : graph_(graph), table_(std::move(table)), zone_(city.zone), seed_(seed), matchDay_(matchDay) {
  findEnds(city);
  findPlaces(city);
  shuttle_ = shuttleLoop(city, graph, warnings_);
  buses_ = busLines(city, graph, table_.busHeadwaySeconds, warnings_);
}

void SumoDemand::findEnds(const city::CityData& city) {
  std::map<std::string, const city::Feature*> roads;
  for (const city::Feature& road : city.roads) roads[road.id] = &road;
  std::set<std::string> ends;
  for (const city::Feature& node : city.nodes)
    if (node.text("kind") == "end") ends.insert(node.id);
  for (size_t i = 0; i < graph_.edges().size(); ++i) {
    const Edge& edge = graph_.edges()[i];
    const auto road = roads.find(edge.road);
    if (road == roads.end()) continue;
    const std::string name = road->second->nameKo;
    const DemandTable::Gate gate = table_.gate(edge.road, name, road->second->text("class"));
    const glm::dvec3 start = edge.lanes.front().shape.front(), stop = edge.lanes.front().shape.back();
    if (ends.contains(edge.from) && gate.in > 0)
      entries_.push_back({static_cast<int>(i), gate.in, name, {start.x, start.y}});
    if (ends.contains(edge.to) && gate.out > 0)
      exits_.push_back({static_cast<int>(i), gate.out, name, {stop.x, stop.y}});
  }
}

void SumoDemand::findPlaces(const city::CityData& city) {
  std::map<std::string, std::string> classes;
  for (const city::Feature& road : city.roads) classes[road.id] = road.text("class");
  std::vector<Place> byEdge(graph_.edges().size());
  std::vector<int> usable;
  for (size_t i = 0; i < graph_.edges().size(); ++i) {
    const std::string& roadClass = classes[graph_.edges()[i].road];
    byEdge[i].edge = static_cast<int>(i);
    if ((roadClass == "local" || roadClass == "service" || roadClass == "collector") &&
        graph_.edges()[i].length > 30)
      usable.push_back(static_cast<int>(i));
  }
  const auto nearest = [&](glm::dvec2 p) {
    int best = -1;
    double reach = 250;
    for (const int i : usable) {
      const double d = project(graph_.edges()[static_cast<size_t>(i)].lanes.front().shape, p).distance;
      if (d < reach) reach = d, best = i;
    }
    return best;
  };
  glm::dvec2 ballpark{1e9};
  for (const city::Feature& building : city.buildings) {
    const std::string use = building.text("use");
    const glm::dvec2 centre = centreOf(building);
    if (building.text("landmark") == "lions_park") ballpark = centre;
    const double floor = areaOf(building) * std::max(1.0, building.number("storeys", 2));
    const int edge = nearest(centre);
    if (edge < 0) continue;
    Place& place = byEdge[static_cast<size_t>(edge)];
    if (isWork(use)) place.work += std::min(floor, 60000.0);
    if (use == "apartment" || use == "detached")
      place.home += std::max(1.0, building.number("households", floor / 110));
  }
  for (const int i : usable) {
    Place& place = byEdge[static_cast<size_t>(i)];
    if (city.buildings.empty()) place.work = place.home = graph_.edges()[static_cast<size_t>(i)].length;
    const glm::dvec3 middle = pointAt(graph_.edges()[static_cast<size_t>(i)].lanes.front().shape,
                                      graph_.edges()[static_cast<size_t>(i)].length / 2);
    if (glm::length(glm::dvec2(middle.x, middle.y) - ballpark) < kMatchReach)
      place.match = graph_.edges()[static_cast<size_t>(i)].length;
    if (place.work + place.home + place.match > 0) places_.push_back(place);
  }
}

int SumoDemand::pickExit(const Entry& from, double u) const {
  const auto weight = [&](const Entry& exit) {
    const double apart = glm::length(exit.position - from.position);
    if (apart < 60) return 0.0;
    return exit.perDay * (exit.road == from.road ? kSameRoad : 1.0) * std::min(1.0, apart / 900);
  };
  double sum = 0;
  for (const Entry& exit : exits_) sum += weight(exit);
  double left = u * sum;
  for (const Entry& exit : exits_) {
    left -= weight(exit);
    if (left < 0) return exit.edge;
  }
  return -1;
}

int SumoDemand::pickEntry(double u) const {
  double sum = 0;
  for (const Entry& entry : entries_) sum += entry.perDay;
  double left = u * sum;
  for (const Entry& entry : entries_) {
    left -= entry.perDay;
    if (left < 0) return entry.edge;
  }
  return -1;
}

int SumoDemand::pickPlace(double Place::*weight, double u) const {
  double sum = 0;
  for (const Place& place : places_) sum += place.*weight;
  double left = u * sum;
  for (const Place& place : places_) {
    left -= place.*weight;
    if (left < 0) return place.edge;
  }
  return -1;
}

const std::vector<int>& SumoDemand::route(int from, int to) const {
  const auto [found, added] = routes_.try_emplace({from, to});
  if (added) found->second = graph_.route(from, to);
  return found->second;
}

std::string SumoDemand::kindOf(double u, double hour) const {
  // Of about 450 vehicles by day; by night taxis are a larger share of the few that drive.
  const double taxis =
      table_.fittedTaxis / 450 *
      std::clamp(shareAt(table_.taxiPickups, hour) / std::max(1e-6, shareAt(table_.roads, hour)), 0.8, 5.0);
  for (const auto& [kind, share] : {std::pair<const char*, double>{"truck", table_.trucks},
                                    {"van", table_.vans},
                                    {"motorcycle", table_.motorcycles},
                                    {"taxi", taxis}}) {
    if (u < share) return kind;
    u -= share;
  }
  return "car";
}

bool SumoDemand::addTrip(int64_t second, int from, int to, Trip trip, uint64_t key, double hour,
                         std::vector<Departure>& out) const {
  if (from < 0 || to < 0 || from == to) return false;
  const std::vector<int>& edges = route(from, to);
  if (edges.size() < 2) return false;
  Departure departure;
  departure.kind = kindOf(base::unit(key ^ 0x51ULL), hour);
  char id[48];
  const long long daySecond = static_cast<long long>((second + zone_.offsetMinutes * 60LL) % 86400);
  if (departure.kind == "taxi")
    std::snprintf(id, sizeof id, "tx-%04d", 1 + static_cast<int>(base::unit(key ^ 0x77ULL) * 500));
  else
    std::snprintf(id, sizeof id, "%s-%05lld%02zu", departure.kind.c_str(), daySecond, out.size() % 100);
  departure.id = id;
  departure.edges = edges;
  departure.route = "r" + std::to_string(from) + "_" + std::to_string(to);
  if (trip == Trip::ToPlace) departure.arrival = "random";
  if (trip == Trip::FromPlace) {
    departure.position = "random_free";
    departure.lane = "first";
    departure.speed = "0";
  }
  out.push_back(std::move(departure));
  return true;
}

void SumoDemand::addThrough(int64_t second, double hour, int weekday, std::vector<Departure>& out) const {
  // The volumes are means of whole links; deep in the night the ends of the map are quieter than that.
  const double night = 1 - 0.5 * std::exp(-0.5 * std::pow((hour - 3) / 1.5, 2));
  const double share = shareAt(table_.roads, hour) / 3600 * table_.dayFactor(weekday) * night;
  for (size_t i = 0; i < entries_.size(); ++i) {
    const uint64_t key = keyOf(seed_, second, i + 1);
    if (base::unit(key) >= entries_[i].perDay * share) continue;
    addTrip(second, entries_[i].edge, pickExit(entries_[i], base::unit(key ^ 0x11ULL)), Trip::Through, key,
            hour, out);
  }
  const uint64_t key = keyOf(seed_, second, 900);
  if (base::unit(key) >= table_.emergencyPerHour / 3600) return;
  const int from = pickEntry(base::unit(key ^ 0x12ULL));
  for (const Entry& entry : entries_)
    if (entry.edge == from &&
        addTrip(second, from, pickExit(entry, base::unit(key ^ 0x13ULL)), Trip::Through, key, hour, out)) {
      out.back().kind = "emergency";
      out.back().id = "emergency-" + std::to_string(second % 86400);
    }
}

void SumoDemand::addDistrict(int64_t second, double hour, std::vector<Departure>& out) const {
  if (places_.empty()) return;
  // Workers come in the morning and go in the evening, residents the other way round.
  const double toWork = std::clamp(0.5 + 0.42 * std::exp(-0.5 * std::pow((hour - 8.3) / 1.4, 2)) -
                                       0.42 * std::exp(-0.5 * std::pow((hour - 18.2) / 1.8, 2)),
                                   0.0, 1.0);
  const double rate = table_.districtTripsPerDay * table_.scale * shareAt(table_.district, hour) / 3600;
  for (uint64_t n = 0; n < 4; ++n) {
    const uint64_t key = keyOf(seed_, second, 1000 + n);
    if (base::unit(key) >= rate / 4) continue;
    const double a = base::unit(key ^ 0x21ULL), b = base::unit(key ^ 0x22ULL), c = base::unit(key ^ 0x23ULL);
    const bool worker = base::unit(key ^ 0x24ULL) < 0.75;
    const bool inbound = base::unit(key ^ 0x25ULL) < (worker ? toWork : 1 - toWork);
    const int place = pickPlace(worker ? &Place::work : &Place::home, a);
    if (c < 0.08)
      addTrip(second, place, pickPlace(&Place::work, b), Trip::FromPlace, key, hour, out);
    else if (inbound)
      addTrip(second, pickEntry(b), place, Trip::ToPlace, key, hour, out);
    else {
      Entry self{.edge = place, .perDay = 0, .road = {}, .position = glm::dvec2(1e6)};
      addTrip(second, place, pickExit(self, b), Trip::FromPlace, key, hour, out);
    }
  }
}

void SumoDemand::addMatch(int64_t second, const core::LocalTime& local, std::vector<Departure>& out) const {
  if (!matchDay_) return;
  const double start = local.weekday == 0 ? 14.0 : local.weekday == 6 ? 17.0 : 18.5;
  const double hour = local.hourOfDay();
  const double toStart = (hour - start) * 60, fromEnd = toStart - 190;
  const uint64_t key = keyOf(seed_, second, 2000);
  if (base::unit(key) < table_.matchCars * arrivalsPerSecond(toStart))
    addTrip(second, pickEntry(base::unit(key ^ 0x31ULL)), pickPlace(&Place::match, base::unit(key ^ 0x32ULL)),
            Trip::ToPlace, key, hour, out);
  const uint64_t leave = keyOf(seed_, second, 2001);
  if (base::unit(leave) < table_.matchCars * exitsPerSecond(fromEnd)) {
    Entry self{.edge = -1, .perDay = 0, .road = {}, .position = glm::dvec2(1e6)};
    addTrip(second, pickPlace(&Place::match, base::unit(leave ^ 0x33ULL)),
            pickExit(self, base::unit(leave ^ 0x34ULL)), Trip::FromPlace, leave, hour, out);
  }
}

void SumoDemand::addBuses(int64_t second, double daySecond, std::vector<Departure>& out) const {
  for (size_t i = 0; i < buses_.size(); ++i) {
    for (const LineFrequency& f : buses_[i].frequencies) {
      if (daySecond < f.begin || daySecond >= f.end) continue;
      const double phase = std::floor(base::unit(seed_ ^ base::hashBytes(buses_[i].id)) * f.headway);
      const int64_t headway = static_cast<int64_t>(f.headway);
      if ((static_cast<int64_t>(daySecond) + static_cast<int64_t>(phase)) % headway != 0) continue;
      const long long run = (static_cast<long long>(daySecond) + static_cast<long long>(phase)) / headway;
      Departure departure{.id = "bus-" + buses_[i].id.substr(4) + "-" + std::to_string(run),
                          .kind = "bus",
                          .route = buses_[i].id,
                          .edges = {},
                          .line = &buses_[i]};
      departure.lane = "first";
      out.push_back(std::move(departure));
    }
  }
  (void)second;
}

std::vector<Departure> SumoDemand::departures(int64_t second) const {
  std::vector<Departure> out;
  const core::LocalTime local = core::toLocal(second * base::kNsPerSecond, zone_);
  const double hour = local.hourOfDay();
  addThrough(second, hour, local.weekday, out);
  addDistrict(second, hour, out);
  addMatch(second, local, out);
  addBuses(second, std::floor(hour * 3600 + 0.5), out);
  return out;
}

std::vector<Departure> SumoDemand::shuttles() const {
  std::vector<Departure> out;
  if (shuttle_.edges.empty()) return out;
  for (int i = 0; i < table_.shuttles; ++i) {
    Departure departure{.id = "shuttle-" + std::to_string(i + 1),
                        .kind = "shuttle",
                        .route = "shuttle_" + std::to_string(i),
                        .edges = {},
                        .line = &shuttle_};
    departure.position = shuttle_.stops.empty() ? "base" : "stop";
    departure.lane = "first";
    departure.speed = "0";
    out.push_back(std::move(departure));
  }
  return out;
}

std::string SumoDemand::additionalXml() const {
  std::string out = "<additional>\n" + vehicleTypesXml(table_);
  std::set<std::string> stops;
  char text[256];
  const auto writeStops = [&](const TransitLine& line, double length) {
    for (const LineStop& stop : line.stops) {
      const std::string id = line.id + "_" + stop.id;
      if (!stops.insert(id).second) continue;
      const Edge& edge = graph_.edges()[static_cast<size_t>(stop.edge)];
      const double end = std::clamp(stop.along + 3, std::min(length + 1, edge.length), edge.length);
      std::snprintf(text, sizeof text, "\" startPos=\"%.1f\" endPos=\"%.1f\" friendlyPos=\"true\"/>\n",
                    std::max(0.0, end - length), end);
      out += "  <busStop id=\"" + id + "\" lane=\"" + edge.lanes.front().id + text;
    }
  };
  const auto edgeIds = [&](const std::vector<int>& edges) {
    std::string ids;
    for (const int e : edges) ids += (ids.empty() ? "" : " ") + graph_.edges()[static_cast<size_t>(e)].id;
    return ids;
  };
  writeStops(shuttle_, 8);
  for (const TransitLine& line : buses_) writeStops(line, 14);
  for (const TransitLine& line : buses_) {
    out += "  <route id=\"" + line.id + "\" edges=\"" + edgeIds(line.edges) + "\">\n";
    for (const LineStop& stop : line.stops) {
      std::snprintf(text, sizeof text, "\" duration=\"%.0f\"/>\n",
                    12 + 14 * base::unit(seed_ ^ base::hashBytes(stop.id)));
      out += "    <stop busStop=\"" + line.id + "_" + stop.id + text;
    }
    out += "  </route>\n";
  }
  const size_t count = shuttle_.stops.size();
  for (int i = 0; i < table_.shuttles && !shuttle_.edges.empty(); ++i) {
    // Each shuttle starts at another stop, a share of the loop apart.
    const size_t first = count ? static_cast<size_t>(i) * count / static_cast<size_t>(table_.shuttles) : 0;
    std::vector<int> ring = shuttle_.edges;
    if (count)
      std::rotate(ring.begin(), std::find(ring.begin(), ring.end(), shuttle_.stops[first].edge), ring.end());
    std::vector<int> edges;
    for (int loop = 0; loop < kShuttleLoops; ++loop) edges.insert(edges.end(), ring.begin(), ring.end());
    out += "  <route id=\"shuttle_" + std::to_string(i) + "\" edges=\"" + edgeIds(edges) + "\">\n";
    for (size_t k = 0; k < count * (kShuttleLoops - 1); ++k) {
      const LineStop& stop = shuttle_.stops[(first + k) % count];
      const double dwell = 30 + 30 * base::unit(seed_ ^ base::mix(k * 7 + static_cast<uint64_t>(i)));
      std::snprintf(text, sizeof text, "\" duration=\"%.0f\"/>\n", dwell);
      out += "    <stop busStop=\"shuttle_" + stop.id + text;
    }
    out += "  </route>\n";
  }
  return out + "</additional>\n";
}

}  // namespace traffic
