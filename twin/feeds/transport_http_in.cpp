// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/transport_http_in.h"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace feeds {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

/// Host of a Host or Origin header: without scheme, port and brackets.
std::string_view hostOf(std::string_view text) {
  const size_t scheme = text.find("://");
  if (scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  return text.substr(0, text.find(':'));
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

bool sameSecret(std::string_view a, std::string_view b) {
  unsigned char difference = a.size() == b.size() ? 0 : 1;  // takes as long whatever is wrong
  for (size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i % std::max<size_t>(b.size(), 1)]);
  return difference == 0;
}

/// As many as the rate allows, twice that at once.
class Tokens {
 public:
  explicit Tokens(double perSecond) : rate_(perSecond), tokens_(2 * perSecond) {}
  bool take() {
    const base::MonoNs now = base::SystemClock::monoNow();
    if (last_ != 0) tokens_ = std::min(2 * rate_, tokens_ + rate_ * static_cast<double>(now - last_) * 1e-9);
    last_ = now;
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }

 private:
  double rate_, tokens_;
  base::MonoNs last_ = 0;
};

class HttpInTransport;

/// One connection; keeps itself alive while something is pending.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, HttpInTransport& owner);
  ~Session();
  void start() { readHeader(); }

 private:
  void readHeader();
  void onHeader();
  void readBody();
  void onBody();
  void answer(http::status status, const std::string& text, bool keep);
  std::optional<std::pair<http::status, std::string>> objection() const;

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  HttpInTransport& owner_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> response_;
  http::response<http::empty_body> goOn_;
};

class HttpInTransport final : public Transport {
 public:
  explicit HttpInTransport(HttpInOptions options) : options_(std::move(options)), tokens_(options_.ratePerSecond) {}
  ~HttpInTransport() override { stop(); }

  void start(MessageSink& sink) override {
    if (thread_.joinable()) return;
    sink_ = &sink;
    thread_ = std::thread([this] { run(); });
  }
  void stop() override {
    asio::post(io_, [this] {
      beast::error_code ignored;
      if (acceptor_) acceptor_->close(ignored);
      io_.stop();
    });
    if (thread_.joinable()) thread_.join();
    set(LinkState::Idle, {});
  }
  TransportStatus status() const override {
    std::lock_guard lock(mutex_);
    return status_;
  }

  const HttpInOptions& options() const { return options_; }
  Tokens& tokens() { return tokens_; }
  size_t sessions = 0;
  bool offer(std::string_view bytes) {
    if (!sink_->offer({.topic = options_.topic, .bytes = bytes})) return false;
    std::lock_guard lock(mutex_);
    status_.lastContact = base::SystemClock::utcNow();
    return true;
  }

 private:
  void set(LinkState state, const std::string& error) {
    std::lock_guard lock(mutex_);
    status_.state = state;
    if (state == LinkState::Connected) ++status_.connections;
    if (!error.empty()) status_.lastError = error;
  }
  std::string listen();
  void accept();
  void run();

  const HttpInOptions options_;
  Tokens tokens_;
  MessageSink* sink_ = nullptr;
  asio::io_context io_{1};
  std::unique_ptr<tcp::acceptor> acceptor_;
  std::thread thread_;
  mutable std::mutex mutex_;
  TransportStatus status_;
};

Session::Session(tcp::socket socket, HttpInTransport& owner) : stream_(std::move(socket)), owner_(owner) {
  ++owner_.sessions;
}
Session::~Session() {
  --owner_.sessions;
}

void Session::readHeader() {
  parser_.emplace();
  parser_->header_limit(16 * 1024);
  parser_->body_limit(owner_.options().maxBytes);
  // One limit for the whole request: a body that drips is cut off with it.
  stream_.expires_after(std::chrono::milliseconds(static_cast<int64_t>(owner_.options().timeoutSeconds * 1000)));
  http::async_read_header(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code error, size_t) {
    if (error == http::error::body_limit) return self->answer(http::status::payload_too_large, "the body is too large\n", false);
    if (error == http::error::end_of_stream || error == beast::error::timeout || error == asio::error::operation_aborted) return;
    if (error) return self->answer(http::status::bad_request, "not HTTP\n", false);
    self->onHeader();
  });
}

std::optional<std::pair<http::status, std::string>> Session::objection() const {
  const auto& request = parser_->get();
  const HttpInOptions& options = owner_.options();
  const std::string_view host = hostOf(view(request[http::field::host]));
  const std::string_view origin = view(request[http::field::origin]);
  const auto ours = [&](std::string_view name) { return isLoopback(name) || name == options.host || options.remote; };
  if (!ours(host)) return {{http::status::forbidden, "this host name is not served here\n"}};
  // A page in somebody's browser must not be able to feed the twin.
  if (!origin.empty() && hostOf(origin) != host) return {{http::status::forbidden, "foreign origin\n"}};
  const std::string_view target = view(request.target());
  if (target.substr(0, target.find('?')) != options.path) return {{http::status::not_found, "nothing here\n"}};
  if (request.method() != http::verb::post) return {{http::status::method_not_allowed, "POST only\n"}};
  if (!options.authorization.empty() && !sameSecret(view(request[http::field::authorization]), options.authorization))
    return {{http::status::unauthorized, "not authorised\n"}};
  const std::string_view type = view(request[http::field::content_type]);
  const std::string_view media = type.substr(0, type.find(';'));
  constexpr std::array<std::string_view, 3> kTypes{"application/json", "application/ld+json", "application/geo+json"};
  if (std::find(kTypes.begin(), kTypes.end(), media) == kTypes.end())
    return {{http::status::unsupported_media_type, "JSON only\n"}};
  if (request.has_content_length() && parser_->content_length() && *parser_->content_length() > options.maxBytes)
    return {{http::status::payload_too_large, "the body is too large\n"}};
  if (!owner_.tokens().take()) return {{http::status::too_many_requests, "too many requests\n"}};
  return std::nullopt;
}

void Session::onHeader() {
  if (const auto wrong = objection()) return answer(wrong->first, wrong->second, false);
  if (!beast::iequals(parser_->get()[http::field::expect], "100-continue")) return readBody();
  goOn_ = http::response<http::empty_body>(http::status::continue_, parser_->get().version());
  http::async_write(stream_, goOn_, [self = shared_from_this()](beast::error_code error, size_t) {
    if (!error) self->readBody();
  });
}

void Session::readBody() {
  http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code error, size_t) {
    if (error == http::error::body_limit) return self->answer(http::status::payload_too_large, "the body is too large\n", false);
    if (error) return;  // gone, or too slow
    self->onBody();
  });
}

void Session::onBody() {
  const bool keep = parser_->get().keep_alive();
  if (owner_.offer(parser_->get().body())) return answer(http::status::no_content, "", keep);
  answer(http::status::service_unavailable, "not accepted\n", keep);
}

void Session::answer(http::status status, const std::string& text, bool keep) {
  response_ = http::response<http::string_body>(status, 11);
  response_.set(http::field::server, "alphacity");
  if (status == http::status::method_not_allowed) response_.set(http::field::allow, "POST");
  if (status == http::status::too_many_requests || status == http::status::service_unavailable)
    response_.set(http::field::retry_after, "1");
  if (!text.empty()) response_.set(http::field::content_type, "text/plain");
  response_.body() = text;
  response_.keep_alive(keep);
  response_.prepare_payload();
  http::async_write(stream_, response_, [self = shared_from_this(), keep](beast::error_code error, size_t) {
    if (!error && keep) return self->readHeader();
    beast::error_code ignored;
    self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  });
}

std::string HttpInTransport::listen() {
  if (!options_.remote && !isLoopback(options_.host))
    return options_.host + " can be reached from other machines; add remote=yes to mean that";
  beast::error_code error;
  const auto address = asio::ip::make_address(options_.host == "localhost" ? "127.0.0.1" : options_.host, error);
  if (error) return "'" + options_.host + "' is not an address";
  const tcp::endpoint endpoint(address, static_cast<unsigned short>(options_.port));
  acceptor_ = std::make_unique<tcp::acceptor>(io_);
  acceptor_->open(endpoint.protocol(), error);
  if (!error) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_->bind(endpoint, error);
  if (!error) acceptor_->listen(64, error);
  return error ? "cannot listen on " + options_.host + ":" + std::to_string(options_.port) + ": " + error.message() : "";
}

void HttpInTransport::accept() {
  acceptor_->async_accept([this](beast::error_code error, tcp::socket socket) {
    if (!acceptor_->is_open()) return;
    if (!error && sessions < options_.maxConnections) std::make_shared<Session>(std::move(socket), *this)->start();
    accept();
  });
}

void HttpInTransport::run() {
  io_.restart();  // it may have been stopped before
  set(LinkState::Connecting, {});
  if (const std::string why = listen(); !why.empty()) return set(LinkState::Failed, why);
  accept();
  set(LinkState::Connected, {});
  beast::error_code error;
  const tcp::endpoint here = acceptor_->local_endpoint(error);
  if (options_.bound && !error) options_.bound(here.port());
  io_.run();
}

}  // namespace

bool isLoopback(std::string_view host) {
  return host == "localhost" || host == "::1" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

std::unique_ptr<Transport> makeHttpInTransport(HttpInOptions options) {
  return std::make_unique<HttpInTransport>(std::move(options));
}

}  // namespace feeds
