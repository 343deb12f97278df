// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/transport_http.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/base/hash.h"
#include "engine/base/log.h"
#include "twin/feeds/backoff.h"
#include "twin/feeds/feed_url.h"

namespace feeds {
namespace {

constexpr double kLongestRetryAfter = 3600;

struct Curl {
  Curl() : handle(curl_easy_init()) {}
  ~Curl() {
    curl_slist_free_all(headers);
    curl_easy_cleanup(handle);
  }
  Curl(const Curl&) = delete;
  Curl& operator=(const Curl&) = delete;
  CURL* handle;
  curl_slist* headers = nullptr;
};

/// One body while it arrives.
struct Response {
  std::string body;
  size_t limit = 0;
  bool tooLarge = false;
};

size_t onBody(char* data, size_t size, size_t count, void* user) {
  auto& response = *static_cast<Response*>(user);
  // Counted here: CURLOPT_MAXFILESIZE is blind to bodies of unknown length before curl 8.4.
  if (response.body.size() + size * count > response.limit) {
    response.tooLarge = true;
    return 0;
  }
  response.body.append(data, size * count);
  return size * count;
}

std::string topicOf(const HttpOptions& options, const char* contentType) {
  if (!options.topic.empty()) return options.topic;
  const std::string type = contentType ? contentType : "";
  std::string path = options.url.substr(options.url.find("://") + 3);
  path = path.substr(0, path.find_first_of("?#"));
  if (type.find("protobuf") != std::string::npos || path.ends_with(".pb")) return "gtfs-rt/feed";
  const size_t slash = path.find('/');
  return slash == std::string::npos ? std::string() : path.substr(slash + 1);
}

class HttpTransport final : public Transport {
 public:
  explicit HttpTransport(HttpOptions options)
      : options_(std::move(options)),
        backoff_(options_.backoffBase, options_.backoffCap,
                 static_cast<uint64_t>(base::SystemClock::monoNow()) ^ reinterpret_cast<uintptr_t>(this)) {}
  ~HttpTransport() override { stop(); }

  void start(MessageSink& sink) override {
    if (thread_.joinable()) return;
    sink_ = &sink;
    stopping_ = false;
    thread_ = std::thread([this] { run(); });
  }
  void stop() override {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    set(LinkState::Idle, {}, 0);
  }
  TransportStatus status() const override {
    std::lock_guard lock(mutex_);
    return status_;
  }

 private:
  /// What one poll came to: seconds until the next, and the error if there was one.
  struct Poll {
    std::string error;
    double retryAfter = 0;  // what the server asked for, 0 = nothing
    bool hopeless = false;
  };

  bool stopping() const {
    std::lock_guard lock(mutex_);
    return stopping_;
  }
  void set(LinkState state, const std::string& error, base::MonoNs retryAt) {
    std::lock_guard lock(mutex_);
    if (state == LinkState::Connected && status_.state != LinkState::Connected) ++status_.connections;
    status_.state = state;
    status_.retryAt = retryAt;
    if (!error.empty()) status_.lastError = error;
  }
  void sleep(double seconds) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, std::chrono::duration<double>(seconds), [&] { return stopping_; });
  }
  static int onProgress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<HttpTransport*>(self)->stopping() ? 1 : 0;
  }

  void configure(Curl& curl, Response& response);
  Poll poll(Curl& curl, Response& response);
  Poll judge(Curl& curl, Response& response, CURLcode code);
  void run();

  const HttpOptions options_;
  Backoff backoff_;
  MessageSink* sink_ = nullptr;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  TransportStatus status_;
  bool stopping_ = false;
  uint64_t lastBody_ = 0;
};

void HttpTransport::configure(Curl& curl, Response& response) {
  CURL* h = curl.handle;
  response.limit = options_.maxBytes;
  curl_easy_setopt(h, CURLOPT_URL, options_.url.c_str());
  // A redirect must never reach file: or another scheme.
  curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(h, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(h, CURLOPT_MAXREDIRS, 5L);
  curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeoutSeconds * 1000));
  curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(std::min(options_.timeoutSeconds, 10.0) * 1000));
  curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, 100L);
  curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, 10L);
  curl_easy_setopt(h, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(h, CURLOPT_ACCEPT_ENCODING, "");  // whatever curl can; the inflated bytes are counted
  curl_easy_setopt(h, CURLOPT_USERAGENT, "alphacity/0.1");
  curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, onBody);
  curl_easy_setopt(h, CURLOPT_WRITEDATA, &response);
  curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, onProgress);
  curl_easy_setopt(h, CURLOPT_XFERINFODATA, this);
  if (!options_.caFile.empty()) curl_easy_setopt(h, CURLOPT_CAINFO, options_.caFile.c_str());
  if (!options_.authorization.empty()) {
    // Since 7.58 curl drops this header when a redirect leaves the host.
    curl.headers = curl_slist_append(curl.headers, ("Authorization: " + options_.authorization).c_str());
    curl_easy_setopt(h, CURLOPT_HTTPHEADER, curl.headers);
  }
}

HttpTransport::Poll HttpTransport::poll(Curl& curl, Response& response) {
  response.body.clear();
  response.tooLarge = false;
  const CURLcode code = curl_easy_perform(curl.handle);
  return judge(curl, response, code);
}

HttpTransport::Poll HttpTransport::judge(Curl& curl, Response& response, CURLcode code) {
  if (response.tooLarge)
    return {.error = "body is larger than " + std::to_string(options_.maxBytes) + " bytes"};
  if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) {
    return {.error = std::string("cannot be polled: ") + curl_easy_strerror(code), .hopeless = true};
  }
  if (code != CURLE_OK) return {.error = curl_easy_strerror(code)};
  long status = 0;
  curl_off_t retryAfter = 0;
  char* type = nullptr;
  curl_easy_getinfo(curl.handle, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl.handle, CURLINFO_RETRY_AFTER, &retryAfter);
  curl_easy_getinfo(curl.handle, CURLINFO_CONTENT_TYPE, &type);
  if (status == 304) return {};
  if (status != 200) {
    const bool asked = status == 429 || status == 503;
    return {.error = "HTTP status " + std::to_string(status),
            .retryAfter = asked ? std::min(static_cast<double>(retryAfter), kLongestRetryAfter) : 0};
  }
  const uint64_t body = base::hashBytes(response.body);
  if (body == lastBody_) return {};
  lastBody_ = body;
  sink_->deliver({.topic = topicOf(options_, type), .bytes = response.body});
  return {};
}

void HttpTransport::run() {
  Curl curl;
  Response response;
  if (!curl.handle) return set(LinkState::Failed, "curl could not be initialised", 0);
  configure(curl, response);
  set(LinkState::Connecting, {}, 0);
  bool wasUp = false;
  while (!stopping()) {
    const Poll result = poll(curl, response);
    if (stopping()) return;
    if (result.error.empty()) {
      set(LinkState::Connected, {}, 0);
      backoff_.reset();
      wasUp = true;
      sleep(options_.periodSeconds);
      continue;
    }
    if (wasUp) {
      sink_->gap(result.error);
      base::logWarning("HTTP feed " + withoutQuery(options_.url) + ": " + result.error + "; trying again");
    }
    wasUp = false;
    if (result.hopeless) return set(LinkState::Failed, result.error, 0);
    const double wait = std::max(result.retryAfter, backoff_.next());
    set(LinkState::Waiting, result.error, base::SystemClock::monoNow() + static_cast<int64_t>(wait * 1e9));
    sleep(wait);
  }
}

}  // namespace

std::unique_ptr<Transport> makeHttpTransport(HttpOptions options) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)ready;
  return std::make_unique<HttpTransport>(std::move(options));
}

}  // namespace feeds
