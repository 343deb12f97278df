// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/transport_http.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

#include "engine/base/hash.h"
#include "engine/base/log.h"
#include "twin/feeds/backoff.h"
#include "twin/feeds/feed_url.h"
#include "twin/feeds/http_fetch.h"

namespace feeds {
namespace {

constexpr size_t kRememberedUrls = 8192;
constexpr double kLongestRest = 60;

std::string topicOf(const PollRequest& request, const std::string& contentType) {
  if (!request.topic.empty()) return request.topic;
  std::string path = request.url.substr(request.url.find("://") + 3);
  path = path.substr(0, path.find_first_of("?#"));
  if (contentType.find("protobuf") != std::string::npos || path.ends_with(".pb")) return "gtfs-rt/feed";
  const size_t slash = path.find('/');
  return slash == std::string::npos ? std::string() : path.substr(slash + 1);
}

/// What is known of a URL from its last answer.
struct Known {
  std::string etag, lastModified, next;
  uint64_t body = 0;
  double ttl = 0;
};

/// One request of the plan and how it goes.
struct Slot {
  Slot(PollRequest what, const HttpOptions& options, uint64_t seed)
      : request(std::move(what)), backoff(options.backoffBase, options.backoffCap, seed) {}
  PollRequest request;
  Backoff backoff;
  base::MonoNs due = 0;
  bool wasUp = false, failing = false, discovered = false;
};

class HttpTransport final : public Transport {
 public:
  explicit HttpTransport(HttpOptions options) : options_(std::move(options)) {
    plan_ = options_.plan;
    if (plan_.requests.empty()) plan_.requests = {{options_.url, options_.topic, options_.periodSeconds}};
  }
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
    TransportStatus status = status_;
    // Derived here, since the wall clock may be set meanwhile.
    if (due_ != 0) status.nextContact = base::SystemClock::utcNow() + (due_ - base::SystemClock::monoNow());
    if (options_.policy) status.budget = options_.policy->budget(base::SystemClock::utcNow());
    return status;
  }

 private:
  /// What asking for one list came to.
  struct Outcome {
    std::string error;
    double retryAfter = 0;
    double ttl = 0;
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
  void contact() {
    std::lock_guard lock(mutex_);
    status_.lastContact = base::SystemClock::utcNow();
  }
  /// Not asked again before that; 0: it should have answered.
  void expect(base::MonoNs due) {
    std::lock_guard lock(mutex_);
    due_ = due;
  }
  base::MonoNs nextDue() const {
    base::MonoNs due = INT64_MAX;
    for (const auto& slot : slots_) due = std::min(due, slot->due);
    return due;
  }
  void sleepUntil(base::MonoNs due) {
    const auto nanoseconds = std::chrono::nanoseconds(std::max<int64_t>(0, due - base::SystemClock::monoNow()));
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, nanoseconds, [&] { return stopping_; });
  }
  HttpFetchOptions fetchOptions();
  bool rest();
  void addSlot(PollRequest request, bool discovered);
  void discover(const std::vector<PollRequest>& found);
  Outcome poll(HttpFetcher& fetcher, const PollRequest& request);
  Outcome page(HttpFetcher& fetcher, const PollRequest& request, const std::string& url, std::string& next, size_t& bytes);
  void settle(Slot& slot, const Outcome& outcome);
  void run();

  const HttpOptions options_;
  PollPlan plan_;
  MessageSink* sink_ = nullptr;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  TransportStatus status_;
  base::MonoNs due_ = 0;  // see expect()
  bool stopping_ = false;
  // On our thread only:
  std::vector<std::unique_ptr<Slot>> slots_;
  std::unordered_map<std::string, Known> known_;
};

HttpFetchOptions HttpTransport::fetchOptions() {
  HttpFetchOptions fetch;
  fetch.home = originOf(options_.url);
  fetch.authorization = options_.authorization;
  fetch.secretHeaders = options_.headers;
  if (options_.policy) {
    for (const std::string& line : options_.policy->prepare(base::SystemClock::utcNow()).headers) {
      const size_t colon = line.find(": ");
      if (colon != std::string::npos) fetch.secretHeaders.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
  }
  fetch.caFile = options_.caFile;
  fetch.certFile = options_.certFile;
  fetch.keyFile = options_.keyFile;
  fetch.maxBytes = options_.maxBytes;
  fetch.maxRatio = options_.maxRatio;
  fetch.timeoutSeconds = options_.timeoutSeconds;
  fetch.stopping = [this] { return stopping(); };
  return fetch;
}

void HttpTransport::addSlot(PollRequest request, bool discovered) {
  const auto seed = static_cast<uint64_t>(base::SystemClock::monoNow()) ^ reinterpret_cast<uintptr_t>(this) ^ slots_.size();
  slots_.push_back(std::make_unique<Slot>(std::move(request), options_, seed));
  slots_.back()->discovered = discovered;
}

/// Takes up what a server names now and lets go of what it does not name any more.
void HttpTransport::discover(const std::vector<PollRequest>& found) {
  const auto named = [&](const PollRequest& r) { return std::find(found.begin(), found.end(), r) != found.end(); };
  std::erase_if(slots_, [&](const auto& slot) { return slot->discovered && !named(slot->request); });
  for (const PollRequest& request : found) {
    const bool have = std::any_of(slots_.begin(), slots_.end(), [&](const auto& s) { return s->request == request; });
    if (!have && slots_.size() < plan_.maxRequests) addSlot(request, true);
  }
}

/// Sleeps while the policy does not allow a call. Quota and off hours are no errors. False: asked to stop.
bool HttpTransport::rest() {
  while (options_.policy && !stopping()) {
    const double wait = options_.policy->wait(base::SystemClock::utcNow());
    if (wait <= 0) break;
    const base::MonoNs now = base::SystemClock::monoNow();
    set(LinkState::Resting, {}, now + static_cast<int64_t>(wait * 1e9));
    expect(now + static_cast<int64_t>(wait * 1e9));
    // Looks again now and then: the machine's clock may be set meanwhile.
    sleepUntil(now + static_cast<int64_t>(std::min(wait, kLongestRest) * 1e9));
  }
  return !stopping();
}

HttpTransport::Outcome HttpTransport::page(HttpFetcher& fetcher, const PollRequest& request, const std::string& url,
                                           std::string& next, size_t& bytes) {
  if (known_.size() > kRememberedUrls) known_.clear();  // addresses that change with every page token
  Known& known = known_[url];
  // With a policy the request differs from time to time, and so would what a tag stands for.
  RequestPolicy* const policy = options_.policy.get();
  HttpAnswer answer = policy && url == request.url ? fetcher.get(policy->prepare(base::SystemClock::utcNow()).url, "", "")
                                                   : fetcher.get(url, known.etag, known.lastModified);
  if (policy) policy->received(answer.body, base::SystemClock::utcNow());
  next.clear();
  if (!answer.error.empty()) return {.error = answer.error, .hopeless = answer.hopeless};
  if (answer.status == 304) {
    next = known.next;
    return {.error = {}, .retryAfter = 0, .ttl = known.ttl};
  }
  if (answer.status != 200)
    return {.error = "HTTP status " + std::to_string(answer.status), .retryAfter = answer.retryAfter};
  bytes += answer.body.size();
  const std::string topic = topicOf(request, answer.contentType);
  FollowUps follow;
  if (plan_.follow) follow = plan_.follow({url, topic, answer.body, answer.link, answer.resultsCount});
  if (!follow.nextPage.empty()) next = resolveUrl(url, follow.nextPage);
  for (PollRequest& further : follow.discovered) further.url = resolveUrl(url, further.url);
  std::erase_if(follow.discovered, [](const PollRequest& r) { return r.url.empty(); });
  const uint64_t body = base::hashBytes(answer.body);
  const bool news = body != known.body;
  known = {answer.etag, answer.lastModified, next, body, follow.ttlSeconds};
  if (news) sink_->deliver({.topic = topic, .bytes = answer.body});
  if (!follow.discovered.empty()) discover(follow.discovered);
  return {.error = {}, .retryAfter = 0, .ttl = follow.ttlSeconds};
}

HttpTransport::Outcome HttpTransport::poll(HttpFetcher& fetcher, const PollRequest& request) {
  std::set<std::string> visited;
  std::string url = request.url;
  size_t bytes = 0;
  Outcome outcome;
  for (size_t pages = 0; !url.empty() && !stopping(); ++pages) {
    if (pages >= plan_.maxPages) return {.error = "has more than " + std::to_string(plan_.maxPages) + " pages"};
    if (bytes > plan_.maxBytes) return {.error = "pages are larger than " + std::to_string(plan_.maxBytes) + " bytes"};
    if (!visited.insert(url).second) return {.error = "pages go in a circle"};
    std::string next;
    outcome = page(fetcher, request, url, next, bytes);
    if (!outcome.error.empty()) return outcome;
    url = std::move(next);
  }
  return outcome;
}

void HttpTransport::settle(Slot& slot, const Outcome& outcome) {
  const base::MonoNs now = base::SystemClock::monoNow();
  const auto after = [&](double seconds) { return now + static_cast<int64_t>(seconds * 1e9); };
  slot.failing = !outcome.error.empty();
  if (!slot.failing) {
    const double period = slot.request.periodSeconds > 0 ? slot.request.periodSeconds : options_.periodSeconds;
    slot.due = after(std::max(period, outcome.ttl));
    slot.backoff.reset();
    slot.wasUp = true;
    contact();
    expect(nextDue());
    return set(LinkState::Connected, {}, 0);
  }
  if (slot.wasUp) {
    sink_->gap(outcome.error);
    base::logWarning("HTTP feed " + withoutQuery(slot.request.url) + ": " + outcome.error + "; trying again");
  }
  slot.wasUp = false;
  slot.due = after(std::max(outcome.retryAfter, slot.backoff.next()));
  // The source is down when none of its lists is up.
  const bool down = std::none_of(slots_.begin(), slots_.end(), [](const auto& s) { return s->wasUp; });
  const bool all = std::all_of(slots_.begin(), slots_.end(), [](const auto& s) { return s->failing; });
  if (down) expect(0);
  if (all && outcome.hopeless) return set(LinkState::Failed, outcome.error, 0);
  set(down ? LinkState::Waiting : LinkState::Connected, outcome.error, down ? slot.due : 0);
}

void HttpTransport::run() {
  HttpFetcher fetcher(fetchOptions());
  if (!fetcher.ready()) return set(LinkState::Failed, "curl could not be initialised", 0);
  slots_.clear();
  for (const PollRequest& request : plan_.requests) addSlot(request, false);
  set(LinkState::Connecting, {}, 0);
  while (!stopping()) {
    const auto next = std::min_element(slots_.begin(), slots_.end(),
                                       [](const auto& a, const auto& b) { return a->due < b->due; });
    sleepUntil((*next)->due);
    if (!rest()) return;
    Slot* const slot = next->get();  // discovery may move it, and never removes what it asks for
    const Outcome outcome = poll(fetcher, PollRequest(slot->request));
    if (stopping()) return;
    const bool still = std::any_of(slots_.begin(), slots_.end(), [&](const auto& s) { return s.get() == slot; });
    if (still) settle(*slot, outcome);
    if (status().state == LinkState::Failed) return;
  }
}

}  // namespace

std::unique_ptr<Transport> makeHttpTransport(HttpOptions options) {
  return std::make_unique<HttpTransport>(std::move(options));
}

}  // namespace feeds
