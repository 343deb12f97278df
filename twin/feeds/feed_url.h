// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace feeds {

/// A --feed argument, taken apart:
///   sim:                                   the simulators of this process
///   mqtt://host[:1883][/topic-filter]      filter default "#"; mqtts:// is TLS, default port 8883
///   file:PATH                              a recording, played as now
///   http://host/path  https://host/path    polled; #topic=gtfs-rt/bus names the decoder, &period=30 the
///   seconds
/// User and password are refused here: they come from the environment or a file, not from argv.
struct FeedUrl {
  enum class Kind { Sim, Mqtt, File, Http } kind = Kind::Sim;
  std::string text;          ///< as given; it holds no secrets
  std::string host;          ///< mqtt
  int port = 0;              ///< mqtt
  bool tls = false;          ///< mqtts, https
  std::string path;          ///< mqtt: topic filter; file: path; http: the URL without fragment
  std::string topic;         ///< http: topic given to the messages
  double periodSeconds = 0;  ///< http: 0 = the default of 15 s
};

/// The error says what is wrong and gives an example that works.
base::Result<FeedUrl> parseFeedUrl(std::string_view text);

/// The URL up to '?': keys of open-data services stand in the query and must not reach a log or a panel.
std::string withoutQuery(std::string_view url);

}  // namespace feeds
