// SPDX-License-Identifier: Apache-2.0
// Internal to the HTTP transport: one GET. Only included by its .cpp files.
#pragma once

#include <curl/curl.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace feeds {

struct HttpFetchOptions {
  std::string home;           ///< origin (originOf) that may see the secrets
  std::string authorization;  ///< secret: value of the Authorization header, may be empty
  std::vector<std::pair<std::string, std::string>> secretHeaders;  ///< further headers for home only (API keys)
  std::string caFile, certFile, keyFile;
  size_t maxBytes = 64u << 20;  ///< of one body after inflation, counted as it arrives
  double maxRatio = 100;        ///< inflated to received bytes, once more than 1 MiB has arrived
  double timeoutSeconds = 15;
  std::function<bool()> stopping;  ///< asked while waiting; true ends the transfer
};

struct HttpAnswer {
  std::string error;      ///< empty: the answer is there (status may still be any)
  bool hopeless = false;  ///< no use in trying again
  long status = 0;
  std::string body;
  std::string contentType, etag, lastModified, link;
  long long resultsCount = -1;
  double retryAfter = 0;  ///< seconds the server asks for (429, 503), 0 = nothing
};

/// GETs with limits. Redirects (at most five) stay on http and https; what is secret goes to the home origin
/// only. Once it has talked to a public address it does not follow anybody to a private one. Not thread-safe.
class HttpFetcher {
 public:
  explicit HttpFetcher(HttpFetchOptions options);
  ~HttpFetcher();
  HttpFetcher(const HttpFetcher&) = delete;
  HttpFetcher& operator=(const HttpFetcher&) = delete;

  bool ready() const { return curl_ != nullptr; }
  /// Conditional when etag or lastModified is given: the answer may have status 304 then.
  HttpAnswer get(const std::string& url, const std::string& etag, const std::string& lastModified);

 private:
  struct Transfer;
  HttpAnswer once(const std::string& url, const std::string& etag, const std::string& lastModified,
                  std::string& redirect);
  void configure(Transfer& transfer);
  static size_t onBody(char* data, size_t size, size_t count, void* user);
  static size_t onHeader(char* data, size_t size, size_t count, void* user);
  static int onProgress(void* user, curl_off_t, curl_off_t received, curl_off_t, curl_off_t);
  static curl_socket_t onSocket(void* user, curlsocktype purpose, curl_sockaddr* address);

  const HttpFetchOptions options_;
  CURL* curl_;
  bool atHome_ = true;    // of the current transfer: the home origin
  bool homeSeen_ = false, homePublic_ = false;
  bool refusedAddress_ = false;
};

}  // namespace feeds
