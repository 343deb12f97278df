// SPDX-License-Identifier: Apache-2.0
// Plays the city's traffic and devices to a broker, over HTTP, or to standard output; and records the
// short day that fixed clocks use.
#include <signal.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <mutex>
#include <thread>

#include "engine/base/log.h"
#include "twin/feeds/encode_gtfs_rt.h"
#include "twin/feeds/feed_url.h"
#include "twin/feeds/mqtt_publisher.h"
#include "twin/traffic/day_recorder.h"
#include "twin/traffic/simulators.h"

namespace {

using namespace std::chrono_literals;

std::atomic<bool> interrupted{false};

struct Options {
  std::string to, city = "assets/city/alpha", time, record;
  int http = -1;
  double seconds = 0, speed = 1;
  bool matchDay = false, verbose = false;
  uint64_t seed = 1;
};

int fail(int code, const std::string& text) {
  std::fprintf(stderr, "feed_sim: %s\n", text.c_str());
  return code;
}

/// The newest GTFS-Realtime feed of each kind.
class VehiclePositions {
 public:
  void take(std::string_view topic, std::string_view bytes) {
    const std::lock_guard lock(mutex_);
    if (topic == feeds::gtfsTopic("bus")) bus_ = bytes;
    if (topic == feeds::gtfsTopic("shuttle")) shuttle_ = bytes;
  }
  /// Protobuf messages of one type merge when they are written one after the other.
  std::string body() const {
    const std::lock_guard lock(mutex_);
    return bus_ + shuttle_;
  }

 private:
  mutable std::mutex mutex_;
  std::string bus_, shuttle_;
};

/// Answers GET /gtfs-rt/vehicle-positions on loopback, one request at a time.
class PositionsServer {
 public:
  PositionsServer(unsigned short port, const VehiclePositions& positions)
      : acceptor_(context_, {boost::asio::ip::make_address("127.0.0.1"), port}), positions_(positions) {
    thread_ = std::thread([this] { run(); });
  }
  ~PositionsServer() {
    stopping_ = true;
    boost::system::error_code ignored;
    boost::asio::ip::tcp::socket wake(context_);
    wake.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }
  unsigned short port() const { return acceptor_.local_endpoint().port(); }

 private:
  void run() {
    while (!stopping_) {
      boost::system::error_code error;
      boost::asio::ip::tcp::socket socket(context_);
      acceptor_.accept(socket, error);
      if (!error && !stopping_) answer(std::move(socket));
    }
  }
  void answer(boost::asio::ip::tcp::socket socket) {
    namespace http = boost::beast::http;
    // A client that says nothing must not hold the only thread.
    const timeval patience{2, 0};
    ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    boost::beast::flat_buffer buffer(16 * 1024);
    http::request<http::empty_body> request;
    boost::system::error_code error;
    http::read(socket, buffer, request, error);
    if (error) return;
    http::response<http::string_body> response;
    response.version(request.version());
    response.keep_alive(false);
    if (request.method() != http::verb::get) {
      response.result(http::status::method_not_allowed);
    } else if (request.target() != "/gtfs-rt/vehicle-positions") {
      response.result(http::status::not_found);
      response.body() = "try /gtfs-rt/vehicle-positions\n";
    } else {
      response.set(http::field::content_type, "application/x-protobuf");
      response.body() = positions_.body();
    }
    response.prepare_payload();
    http::write(socket, response, error);
    socket.shutdown(boost::asio::ip::tcp::socket::shutdown_both, error);
  }

  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  const VehiclePositions& positions_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

base::Result<feeds::MqttOptions> brokerOf(const std::string& url) {
  const auto parsed = feeds::parseFeedUrl(url);
  if (!parsed) return base::Error{parsed.error()};
  if (parsed->kind != feeds::FeedUrl::Kind::Mqtt) return base::Error{"write mqtt://host:port or -"};
  feeds::MqttOptions mqtt{.host = parsed->host, .port = parsed->port};
  mqtt.tls = parsed->tls;
  if (const char* user = std::getenv("ALPHACITY_MQTT_USER")) mqtt.user = user;
  if (const char* password = std::getenv("ALPHACITY_MQTT_PASSWORD")) mqtt.password = password;
  return mqtt;
}

int play(const Options& options, const city::CityData& city) {
  std::unique_ptr<feeds::MqttPublisher> broker;
  std::unique_ptr<PositionsServer> server;
  VehiclePositions positions;
  const bool print = options.to == "-";
  if (!options.to.empty() && !print) {
    const auto mqtt = brokerOf(options.to);
    if (!mqtt) return fail(2, "--to: " + mqtt.error());
    broker = std::make_unique<feeds::MqttPublisher>(*mqtt);
  }
  if (options.http >= 0) {
    try {
      server = std::make_unique<PositionsServer>(static_cast<unsigned short>(options.http), positions);
    } catch (const std::exception& error) {
      return fail(3,
                  "--http " + std::to_string(options.http) + ": " + error.what() + "; choose another port");
    }
    std::fprintf(stderr, "feed_sim: http://127.0.0.1:%d/gtfs-rt/vehicle-positions\n", server->port());
  }
  base::UtcNs begin = base::SystemClock::utcNow();
  if (!options.time.empty()) {
    const auto parsed = core::parseIso8601(options.time);
    if (!parsed) return fail(2, "--time " + options.time + ": " + parsed.error());
    begin = *parsed;
  }
  const base::MonoNs started = base::SystemClock::monoNow();
  std::atomic<uint64_t> sent{0}, lost{0};
  std::mutex printing;
  traffic::SimOptions sim{.seed = options.seed, .matchDay = options.matchDay};
  sim.now = [&] {
    return begin + static_cast<base::UtcNs>(static_cast<double>(base::SystemClock::monoNow() - started) *
                                            options.speed);
  };
  traffic::Simulators simulators(city, std::move(sim),
                                 [&](std::string_view topic, std::string_view bytes, base::UtcNs) {
                                   positions.take(topic, bytes);
                                   ++sent;
                                   if (broker && !broker->publish(topic, bytes)) ++lost;
                                   if (print && !topic.starts_with("gtfs-rt")) {
                                     const std::lock_guard lock(printing);
                                     std::printf("%.*s %.*s\n", static_cast<int>(topic.size()), topic.data(),
                                                 static_cast<int>(bytes.size()), bytes.data());
                                   }
                                 });
  // A broker that is still answering the first hello would lose the reports that come only once an hour.
  for (int i = 0; broker && i < 60 && broker->status().state != feeds::LinkState::Connected && !interrupted;
       ++i)
    std::this_thread::sleep_for(50ms);
  simulators.start();
  for (double next = 10; !interrupted;) {
    std::this_thread::sleep_for(100ms);
    const double elapsed = static_cast<double>(base::SystemClock::monoNow() - started) * 1e-9;
    if (options.seconds > 0 && elapsed >= options.seconds) break;
    if (elapsed < next) continue;
    next += 10;
    for (const auto& line : simulators.status())
      std::fprintf(stderr, "feed_sim: %s: %s\n", line.name.c_str(), line.text.c_str());
    std::fprintf(stderr, "feed_sim: %llu messages, %llu while there was no broker\n",
                 static_cast<unsigned long long>(sent), static_cast<unsigned long long>(lost));
  }
  simulators.stop();
  std::fprintf(stderr, "feed_sim: %llu messages sent, %llu lost\n",
               static_cast<unsigned long long>(sent - lost), static_cast<unsigned long long>(lost));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Plays the simulated traffic and devices of a city as feed messages.");
  app.add_option("--to", options.to,
                 "mqtt://host:port of a broker (user and password: ALPHACITY_MQTT_USER, "
                 "ALPHACITY_MQTT_PASSWORD), or - for standard output");
  app.add_option("--http", options.http,
                 "serve GTFS-Realtime at http://127.0.0.1:PORT/gtfs-rt/vehicle-positions (0: any port)");
  app.add_option("--city", options.city, "city pack")->capture_default_str();
  app.add_option("--seconds", options.seconds, "end after so many seconds (0: run until interrupted)");
  app.add_option("--speed", options.speed, "simulated seconds per second")->check(CLI::Range(0.1, 60.0));
  app.add_option("--time", options.time, "begin at this moment (ISO 8601 with zone) instead of now");
  app.add_option("--seed", options.seed, "seed of everything random")->capture_default_str();
  app.add_flag("--match-day", options.matchDay, "a game is played at the ballpark that evening");
  app.add_option("--record", options.record,
                 "record the short day for fixed clocks into this file, then end");
  app.add_flag("--verbose", options.verbose);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  base::setupLog(options.verbose);
  if (options.to.empty() && options.http < 0 && options.record.empty())
    return fail(2, "say where to: --to mqtt://host:port, --to -, --http PORT or --record FILE");
  ::signal(SIGINT, [](int) { interrupted = true; });
  ::signal(SIGTERM, [](int) { interrupted = true; });
  ::signal(SIGPIPE, SIG_IGN);
  auto city = city::readCity(options.city);
  if (!city) return fail(3, city.error());
  if (options.record.empty()) return play(options, *city);
  const base::Status recorded = traffic::recordDay(*city, options.record, options.seed);
  return recorded ? 0 : fail(3, recorded.error());
}
