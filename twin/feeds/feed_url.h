// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace feeds {

/// A --feed argument, taken apart:
///   sim:                                   the simulators of this process
///   mqtt://host[:1883][/topic-filter]      filter default "#"; mqtts:// is TLS, default port 8883
///                                          host:1883,host2:1884 are brokers of one cluster
///   state:mqtt://host[:1883]/prefix        the state that `alphacity ingest --publish` sends there
///   file:PATH                              a recording, played as now; with #mapping=FILE.toml foreign data
///   sample:                                samples of Korean services, marked as such
///   http://host/path  https://host/path    polled; #topic=gtfs-rt/bus names the decoder, &period=30 the
///   seconds; #format=sensorthings|ngsi|gbfs|mds&name=seoul polls all pages of such a service (poll_plan.h)
///   http-in://127.0.0.1:PORT/path          an endpoint for notifications: #format=ngsi&name=broker, or #topic=;
///   &remote=yes to be reached from other machines
/// User and password are refused here: they come from the environment or a file, not from argv.
struct FeedUrl {
  enum class Kind { Sim, Mqtt, File, Http, HttpIn, Sample, State } kind = Kind::Sim;
  std::string text;          ///< as given; it holds no secrets
  std::string host;          ///< mqtt, state, http-in
  int port = 0;              ///< mqtt, state, http-in
  std::vector<std::pair<std::string, int>> alternatives;  ///< further brokers
  bool tls = false;          ///< mqtts, https
  std::string path;          ///< mqtt: topic filter; state: prefix; file: path; http: the URL without fragment; http-in: "/path"
  std::string topic;         ///< http: topic given to the messages
  std::string format;        ///< http: a service with pages or files of its own; empty: one URL
  std::string name;          ///< http: the service's name in its topics, one level
  bool remote = false;       ///< http-in: listen for other machines, too
  std::string mapping;       ///< file: a mapping file, empty for a recording
  double periodSeconds = 0;  ///< http: 0 = the default of 15 s
};

/// The error says what is wrong and gives an example that works.
base::Result<FeedUrl> parseFeedUrl(std::string_view text);

/// The URL up to '?': keys of open-data services stand in the query and must not reach a log or a panel.
std::string withoutQuery(std::string_view url);

}  // namespace feeds
