// SPDX-License-Identifier: Apache-2.0
// bench_publish PORT: 200-byte telemetry of moving vehicles to a broker on loopback, QoS 0, as fast as it takes them
// or at a rate, and numbered events at QoS 1 among them. Prints one line of JSON when everything is sent and every
// event acknowledged. During --lead each vehicle reports every few seconds, so that a picture shows the same things before
// and after: what is silent for ten seconds is no longer shown. --direct is the broker itself.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "tools/bench_outlet.h"
#include "twin/feeds/encode_event.h"
#include "twin/feeds/encode_telemetry.h"

namespace {

using Steady = std::chrono::steady_clock;

constexpr size_t kBytes = 200;
constexpr double kLeadRound = 5;  // seconds in which each vehicle reports once during --lead
constexpr size_t kPlaces = 8;  // of each vehicle, on a circle
constexpr double kCircle = 2e-4;  // degrees of latitude, 22 m
constexpr int kVehiclesPerRow = 100;
constexpr double kPatience = 60;  // seconds for what is still to be written and acknowledged

struct Options {
  int port = 0, vehicles = 10'000;
  long messages = 0;
  double rate = 0, seconds = 0, lead = 0, eventRate = 0;
  std::string name = "veh";
  bool direct = false;
};

double secondsSince(Steady::time_point begun) { return std::chrono::duration<double>(Steady::now() - begun).count(); }

/// User and system time of this process, microseconds.
double cpuMicroseconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto microseconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec); };
  return microseconds(used.ru_utime) + microseconds(used.ru_stime);
}

/// Telemetry of exactly kBytes bytes: the lane's name fills up.
std::string payload(const std::string& id, int vehicle, size_t place, base::UtcNs time) {
  const double angle = static_cast<double>(place) * 2 * std::numbers::pi / kPlaces;
  const double longitude = 128.682 + vehicle % kVehiclesPerRow * 1e-4 + kCircle * std::sin(angle);
  const double latitude = 35.832 + vehicle / kVehiclesPerRow * 1e-4 + kCircle * std::cos(angle);
  feeds::TelemetryMessage m{.kind = "bus", .id = id, .time = time, .position = {longitude, latitude, 70.0},
                            .headingDegrees = static_cast<double>(place * 360 / kPlaces), .speed = 13.9, .pitchDegrees = 0.5,
                            .properties = {{"occupancy", vehicle % 80 * 1.0}, {"battery", 73.1}, {"lane", std::string()}}};
  const size_t bare = feeds::encodeTelemetry(m).size();
  if (bare < kBytes) m.properties.back().second = std::string(kBytes - bare, 'x');
  return feeds::encodeTelemetry(m);
}

/// One vehicle's messages: only the time is written anew each time, in as many digits as before.
class Vehicle {
 public:
  Vehicle(const std::string& id, int number, base::UtcNs time) : topic_("telemetry/bus/" + id) {
    for (size_t place = 0; place < kPlaces; ++place) bytes_[place] = payload(id, number, place, time);
    timeAt_ = bytes_[0].find("\"t\":") + 4;
  }
  const std::string& topic() const { return topic_; }
  const std::string& next(int64_t milliseconds) {
    std::string& bytes = bytes_[place_++ % kPlaces];
    const std::string digits = std::to_string(milliseconds);
    return bytes.replace(timeAt_, digits.size(), digits);
  }

 private:
  std::string topic_;
  std::array<std::string, kPlaces> bytes_;
  size_t timeAt_ = 0, place_ = 0;
};

class Publisher {
 public:
  Publisher(const Options& options, bench::Outlet& outlet) : options_(options), outlet_(outlet) {}
  nlohmann::json run();

 private:
  void vehicleMessage(int64_t milliseconds);
  /// Each vehicle every few seconds, for so many.
  void lead(double seconds);
  void event();

  const Options& options_;
  bench::Outlet& outlet_;
  std::vector<Vehicle> fleet_;
  long sent_ = 0, eventsSent_ = 0, led_ = 0;
};

void Publisher::vehicleMessage(int64_t milliseconds) {
  Vehicle& vehicle = fleet_[static_cast<size_t>(sent_++) % fleet_.size()];
  outlet_.message(vehicle.topic(), vehicle.next(milliseconds));
  if ((sent_ & 63) == 0) outlet_.serve(0);
}

void Publisher::event() {
  const feeds::WireEvent event{.type = "bench", .id = options_.name + '-' + std::to_string(eventsSent_++), .time = base::SystemClock::utcNow()};
  outlet_.event(feeds::eventTopic(event.type), feeds::encodeEvent(event));
}

int64_t milliseconds() { return base::SystemClock::utcNow() / base::kNsPerMs; }

void Publisher::lead(double seconds) {
  for (const auto begun = Steady::now(); secondsSince(begun) < seconds;) {
    if (static_cast<double>(sent_) < secondsSince(begun) * options_.vehicles / kLeadRound) {
      vehicleMessage(milliseconds());
    } else {
      outlet_.serve(1);
    }
  }
  led_ = std::exchange(sent_, 0);
}

nlohmann::json Publisher::run() {
  const bool paced = options_.rate > 0;
  // Unpaced, vehicles report more often than once a millisecond: an hour ago, and a millisecond each round.
  const int64_t start = milliseconds() - 3'600'000;
  for (int i = 0; i < options_.vehicles; ++i)
    fleet_.emplace_back(options_.name + '-' + std::to_string(i), i, start * base::kNsPerMs);
  lead(options_.lead);
  const auto utcSeconds = [] { return static_cast<double>(base::SystemClock::utcNow()) * 1e-9; };
  const double began = utcSeconds();
  const auto begun = Steady::now();
  const auto enough = [&] { return options_.messages > 0 ? sent_ >= options_.messages : secondsSince(begun) >= options_.seconds; };
  while (!enough()) {
    const double elapsed = secondsSince(begun);
    if (static_cast<double>(eventsSent_) < elapsed * options_.eventRate) event();
    // Paced, nothing waits in this process: it would be old when it is seen. What the other side does not take is not sent.
    if (paced && (static_cast<double>(sent_) >= elapsed * options_.rate || outlet_.congested())) {
      outlet_.serve(1);
    } else {
      vehicleMessage(paced ? milliseconds() : start + sent_ / options_.vehicles);
    }
  }
  const double sending = secondsSince(begun), ended = utcSeconds();
  const auto unsent = [&] { return !outlet_.emptied() || outlet_.acknowledged() < eventsSent_; };
  for (const auto waiting = Steady::now(); unsent() && secondsSince(waiting) < kPatience;) outlet_.serve(1);
  return {{"published", sent_}, {"led", led_}, {"began_utc_s", began}, {"ended_utc_s", ended}, {"asked_per_s", options_.rate}, {"published_per_s", static_cast<double>(sent_) / sending}, {"events", eventsSent_},
          {"events_acknowledged", outlet_.acknowledged()}, {"cpu_us_per_message", cpuMicroseconds() / static_cast<double>(std::max(1l, sent_))}};
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App cli{"Publishes telemetry and events for the benches"};
  cli.add_option("port", options.port, "of the broker on 127.0.0.1")->required();
  cli.add_option("--messages", options.messages, "End after so many");
  cli.add_option("--rate", options.rate, "Messages per second, stamped with the moment; 0: as many as the broker takes");
  cli.add_option("--seconds", options.seconds, "End after so long");
  cli.add_option("--lead", options.lead, "Report every vehicle each five seconds for so many seconds first");
  cli.add_option("--events", options.eventRate, "Numbered events per second at QoS 1");
  cli.add_option("--vehicles", options.vehicles, "That report in turns")->check(CLI::PositiveNumber);
  cli.add_option("--name", options.name, "Before the numbers of vehicles and events");
  cli.add_flag("--direct", options.direct, "Be the broker: listen on the port, and start when the program has subscribed");
  CLI11_PARSE(cli, argc, argv);
  if (options.messages <= 0 && options.seconds <= 0) {
    std::fprintf(stderr, "bench_publish: nothing to send; give --messages or --seconds\n");
    return 2;
  }
  const auto outlet = options.direct ? bench::toSubscribers(options.port) : bench::toBroker(options.port);
  if (const std::string wrong = outlet->connect(); !wrong.empty()) {
    std::fprintf(stderr, "bench_publish: %s\n", wrong.c_str());
    return 3;
  }
  std::printf("%s\n", Publisher(options, *outlet).run().dump().c_str());
  return 0;
}
