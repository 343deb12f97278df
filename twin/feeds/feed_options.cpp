// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/feed_options.h"

#include <cstdlib>

#include "twin/feeds/secret.h"
#include "twin/feeds/transport_gtfs.h"

namespace feeds {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

base::Result<MqttOptions> mqttOptions(const FeedUrl& url) {
  MqttOptions options;
  options.host = url.host;
  options.port = url.port;
  for (const auto& [host, port] : url.alternatives) options.alternatives.push_back({host, port});
  options.topicFilter = url.path;
  options.qos = 1;  // at most: what is published at QoS 0 still comes at 0, but an event sent at 1 arrives
  options.tls = url.tls;
  options.user = environment("ALPHACITY_MQTT_USER");
  options.password = environment("ALPHACITY_MQTT_PASSWORD");
  options.caFile = environment("ALPHACITY_MQTT_CA");
  options.certFile = environment("ALPHACITY_MQTT_CERT");
  options.keyFile = environment("ALPHACITY_MQTT_KEY");
  if (const std::string path = environment("ALPHACITY_MQTT_PASSWORD_FILE"); !path.empty()) {
    auto secret = readSecretFile(path);
    if (!secret) return base::Error{secret.error()};
    options.password = secret->expose();
  }
  return options;
}

base::Result<HttpOptions> httpOptions(const FeedUrl& url) {
  HttpOptions options;
  options.url = url.path;
  options.topic = url.topic;
  if (url.periodSeconds > 0) options.periodSeconds = url.periodSeconds;
  options.authorization = environment("ALPHACITY_HTTP_AUTHORIZATION");
  options.caFile = environment("ALPHACITY_HTTP_CA");
  options.certFile = environment("ALPHACITY_HTTP_CERT");
  options.keyFile = environment("ALPHACITY_HTTP_KEY");
  if (!url.format.empty()) {
    auto plan = makePollPlan(url.format, url.path, url.name, options.periodSeconds);
    if (!plan) return base::Error{plan.error()};
    options.plan = *std::move(plan);
  }
  return options;
}

HttpInOptions httpInOptions(const FeedUrl& url) {
  HttpInOptions options;
  options.host = url.host;
  options.port = url.port;
  options.path = url.path;
  options.topic = url.topic;
  options.remote = url.remote;
  options.authorization = environment("ALPHACITY_HTTP_IN_AUTHORIZATION");
  return options;
}

Source describeSource(const FeedUrl& url) {
  Source source;
  source.endpoint = withoutQuery(url.text);
  source.name = url.name.empty() ? source.endpoint : url.name;
  source.standard = "mixed";
  switch (url.kind) {
    case FeedUrl::Kind::Sim:
      source.name = "sim";
      source.provenance = model::Provenance::Simulated;
      break;
    case FeedUrl::Kind::Mqtt:
      source.standard = "MQTT";
      break;
    case FeedUrl::Kind::State:
      source.standard = "state frames";
      break;
    case FeedUrl::Kind::Sample:
      source.provenance = model::Provenance::Simulated;
      source.sample = true;
      break;
    case FeedUrl::Kind::File:
      source.standard = "recording";
      break;
    case FeedUrl::Kind::HttpIn:
      source.standard = url.format.empty() ? "HTTP notifications" : "NGSI notifications";
      source.expectedPeriod = 60;
      break;
    case FeedUrl::Kind::Gtfs:
      source.standard = "GTFS";
      source.name = gtfsFeedName(url.path);
      source.expectedPeriod = 30 * 86'400;  // published once in weeks
      break;
    case FeedUrl::Kind::Http:
      source.standard = url.format == "sensorthings" ? "SensorThings 1.1"
                        : url.format == "ngsi"       ? "NGSI"
                        : url.format == "gbfs"       ? "GBFS"
                        : url.format == "mds"        ? "MDS"
                                                     : "HTTP";
      source.expectedPeriod = url.periodSeconds > 0 ? url.periodSeconds : HttpOptions{}.periodSeconds;
      break;
  }
  return source;
}

}  // namespace feeds
