// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/http_fetch.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "twin/feeds/poll_plan.h"

namespace feeds {
namespace {

constexpr int kMostRedirects = 5;
constexpr size_t kRatioFrom = 1u << 20;   // bytes before the ratio says anything
constexpr double kRatioSlack = 64 << 10;  // bytes that may be on their way through curl's buffers
constexpr double kLongestRetryAfter = 3600;

/// Loopback, link-local, private and unique-local addresses (RFC 1918, 3927, 4193, 6598).
bool isPrivate(const sockaddr* address) {
  const auto v4 = [](const unsigned char* b) {
    return b[0] == 127 || b[0] == 10 || b[0] == 0 || (b[0] == 172 && (b[1] & 0xf0) == 16) ||
           (b[0] == 192 && b[1] == 168) || (b[0] == 169 && b[1] == 254) || (b[0] == 100 && (b[1] & 0xc0) == 64);
  };
  if (address->sa_family == AF_INET) {
    sockaddr_in in;
    std::memcpy(&in, address, sizeof in);
    return v4(reinterpret_cast<const unsigned char*>(&in.sin_addr));
  }
  if (address->sa_family != AF_INET6) return true;
  sockaddr_in6 in6;
  std::memcpy(&in6, address, sizeof in6);
  const unsigned char* b = in6.sin6_addr.s6_addr;
  const bool mapped = std::all_of(b, b + 10, [](unsigned char c) { return c == 0; }) && b[10] == 0xff && b[11] == 0xff;
  if (mapped) return v4(b + 12);
  const bool low = std::all_of(b, b + 15, [](unsigned char c) { return c == 0; });  // :: and ::1
  return low || (b[0] & 0xfe) == 0xfc || (b[0] == 0xfe && (b[1] & 0xc0) == 0x80);
}

bool valueOf(std::string_view line, std::string_view name, std::string& into) {
  if (line.size() <= name.size() || line[name.size()] != ':') return false;
  for (size_t i = 0; i < name.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(line[i])) != std::tolower(static_cast<unsigned char>(name[i]))) return false;
  line.remove_prefix(name.size() + 1);
  const size_t first = line.find_first_not_of(" \t");
  const size_t last = line.find_last_not_of(" \t\r\n");
  into = first == std::string_view::npos || last < first ? std::string() : std::string(line.substr(first, last - first + 1));
  return true;
}

}  // namespace

struct HttpFetcher::Transfer {
  HttpAnswer answer;
  const HttpFetchOptions* options = nullptr;
  curl_off_t received = 0;  // off the wire, before inflation
  bool tooLarge = false, bomb = false;
  curl_slist* headers = nullptr;
  char detail[CURL_ERROR_SIZE] = {};

  ~Transfer() { curl_slist_free_all(headers); }
  void header(const std::string& line) { headers = curl_slist_append(headers, line.c_str()); }
};

HttpFetcher::HttpFetcher(HttpFetchOptions options) : options_(std::move(options)) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  curl_ = ready == CURLE_OK ? curl_easy_init() : nullptr;
}
HttpFetcher::~HttpFetcher() {
  curl_easy_cleanup(curl_);
}

size_t HttpFetcher::onBody(char* data, size_t size, size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  std::string& body = transfer.answer.body;
  // Counted here: CURLOPT_MAXFILESIZE is blind to bodies of unknown length before curl 8.4, and to inflated ones.
  if (body.size() + size * count > transfer.options->maxBytes) {
    transfer.tooLarge = true;
    return 0;
  }
  const double inflated = static_cast<double>(body.size() + size * count);
  if (inflated > kRatioFrom &&
      inflated > transfer.options->maxRatio * (static_cast<double>(transfer.received) + kRatioSlack)) {
    transfer.bomb = true;
    return 0;
  }
  body.append(data, size * count);
  return size * count;
}

size_t HttpFetcher::onHeader(char* data, size_t size, size_t count, void* user) {
  HttpAnswer& answer = static_cast<Transfer*>(user)->answer;
  const std::string_view line(data, size * count);
  std::string number;
  if (line.starts_with("HTTP/")) {  // a new block: what an interim answer said is void
    answer.etag.clear(), answer.lastModified.clear(), answer.link.clear();
    answer.resultsCount = -1;
  }
  if (valueOf(line, "ETag", answer.etag) || valueOf(line, "Last-Modified", answer.lastModified)) return line.size();
  std::string link;
  if (valueOf(line, "Link", link)) {
    answer.link += (answer.link.empty() ? "" : ", ") + link.substr(0, 8192);
  } else if (valueOf(line, "NGSILD-Results-Count", number) || valueOf(line, "Fiware-Total-Count", number)) {
    std::from_chars(number.data(), number.data() + number.size(), answer.resultsCount);
  }
  return line.size();
}

int HttpFetcher::onProgress(void* user, curl_off_t, curl_off_t received, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.received = received;
  return transfer.options->stopping && transfer.options->stopping() ? 1 : 0;
}

curl_socket_t HttpFetcher::onSocket(void* user, curlsocktype, curl_sockaddr* address) {
  auto& me = *static_cast<HttpFetcher*>(user);
  const bool inside = isPrivate(&address->addr);
  if (me.atHome_) {
    me.homeSeen_ = true;
    me.homePublic_ = !inside;
  } else if (inside && me.homeSeen_ && me.homePublic_) {
    me.refusedAddress_ = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void HttpFetcher::configure(Transfer& transfer) {
  CURL* h = curl_;
  curl_easy_reset(h);  // options go, connections stay
  curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);  // get() follows, so that each hop can be judged
  curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeoutSeconds * 1000));
  curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(options_.timeoutSeconds, 10.0) * 1000));
  curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, 100L);
  curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, 10L);
  curl_easy_setopt(h, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(h, CURLOPT_ACCEPT_ENCODING, "");  // whatever curl can; the inflated bytes are counted
  curl_easy_setopt(h, CURLOPT_USERAGENT, "alphacity/0.1");
  curl_easy_setopt(h, CURLOPT_ERRORBUFFER, transfer.detail);
  curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, &HttpFetcher::onBody);
  curl_easy_setopt(h, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, &HttpFetcher::onHeader);
  curl_easy_setopt(h, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, &HttpFetcher::onProgress);
  curl_easy_setopt(h, CURLOPT_XFERINFODATA, &transfer);
  curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, &HttpFetcher::onSocket);
  curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(h, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options_.caFile.empty()) curl_easy_setopt(h, CURLOPT_CAINFO, options_.caFile.c_str());
  if (!atHome_) return;
  if (!options_.certFile.empty()) curl_easy_setopt(h, CURLOPT_SSLCERT, options_.certFile.c_str());
  if (!options_.keyFile.empty()) curl_easy_setopt(h, CURLOPT_SSLKEY, options_.keyFile.c_str());
  if (!options_.authorization.empty()) transfer.header("Authorization: " + options_.authorization);
  for (const auto& [name, value] : options_.secretHeaders) transfer.header(name + ": " + value);
}

HttpAnswer HttpFetcher::once(const std::string& url, const std::string& etag, const std::string& lastModified,
                             std::string& redirect) {
  atHome_ = originOf(url) == options_.home;
  refusedAddress_ = false;
  Transfer transfer;
  transfer.options = &options_;
  configure(transfer);
  if (!etag.empty()) transfer.header("If-None-Match: " + etag);
  if (!lastModified.empty()) transfer.header("If-Modified-Since: " + lastModified);
  curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, transfer.headers);
  const CURLcode code = curl_easy_perform(curl_);
  HttpAnswer& answer = transfer.answer;
  if (transfer.tooLarge) {
    answer.error = "body is larger than " + std::to_string(options_.maxBytes) + " bytes";
  } else if (transfer.bomb) {
    answer.error = "body inflates to more than " + std::to_string(static_cast<int>(options_.maxRatio)) + " times its size";
  } else if (refusedAddress_) {
    answer.error = "leads from a public address to a private one";
  } else if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) {
    answer.error = std::string("cannot be polled: ") + curl_easy_strerror(code);
    answer.hopeless = true;
  } else if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE) {
    answer.error = std::string("the server's certificate is refused: ") + (transfer.detail[0] ? transfer.detail : curl_easy_strerror(code));
  } else if (code != CURLE_OK) {
    answer.error = transfer.detail[0] ? transfer.detail : curl_easy_strerror(code);
  }
  if (!answer.error.empty()) {
    answer.body.clear();
    return std::move(answer);
  }
  curl_off_t retryAfter = 0;
  char *type = nullptr, *next = nullptr;
  curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &answer.status);
  curl_easy_getinfo(curl_, CURLINFO_RETRY_AFTER, &retryAfter);
  curl_easy_getinfo(curl_, CURLINFO_CONTENT_TYPE, &type);
  curl_easy_getinfo(curl_, CURLINFO_REDIRECT_URL, &next);
  if (type) answer.contentType = type;
  if (answer.status == 429 || answer.status == 503)
    answer.retryAfter = std::min(static_cast<double>(retryAfter), kLongestRetryAfter);
  if (next && answer.status >= 300 && answer.status < 400 && answer.status != 304) redirect = next;
  return std::move(answer);
}

HttpAnswer HttpFetcher::get(const std::string& url, const std::string& etag, const std::string& lastModified) {
  std::string at = url;
  for (int hop = 0; hop <= kMostRedirects; ++hop) {
    std::string redirect;
    HttpAnswer answer = once(at, hop == 0 ? etag : "", hop == 0 ? lastModified : "", redirect);
    if (redirect.empty() || !answer.error.empty()) return answer;
    at = resolveUrl(at, redirect);
    if (at.empty()) {
      answer.error = "is redirected away from http";
      answer.hopeless = true;
      return answer;
    }
  }
  HttpAnswer answer;
  answer.error = "is redirected more than " + std::to_string(kMostRedirects) + " times";
  return answer;
}

}  // namespace feeds
