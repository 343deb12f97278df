// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/feed_open.h"

#include "twin/feeds/decoder_table.h"
#include "twin/feeds/feed_options.h"
#include "twin/feeds/keyed_request.h"
#include "twin/feeds/transport_renamed.h"
#include "twin/feeds/transport_table.h"

namespace feeds {
namespace {

base::Error wrong(const FeedDescription& feed, const std::string& why) {
  return base::Error{feed.origin + ": feed '" + feed.name + "': " + why};
}

const Mapping* mappingOf(const FeedDescription& feed, const MappingRegistry& mappings) {
  for (const auto& [name, mapping] : mappings)
    if (!feed.mapping.empty() && mapping->file == feed.mapping.string()) return mapping.get();
  return nullptr;
}

std::shared_ptr<const Mapping> shared(const Mapping* mapping, const MappingRegistry& mappings) {
  return mapping ? mappings.find(mapping->name)->second : nullptr;
}

base::Result<std::unique_ptr<Transport>> polled(const FeedDescription& feed, const std::string& topic, const FeedSurroundings& around) {
  auto key = keyOf(feed);
  if (!key) return base::Error{key.error()};
  if (key->empty() && feed.url.find("{key}") != std::string::npos) return wrong(feed, "its url has {key}; give key_file or key_env");
  if (const std::string unknown = unknownPlaceholder(feed); !unknown.empty()) return wrong(feed, "url or headers have " + unknown + "; known are {key} {base_date} {base_time} {nx} {ny} {today} {yesterday} {subject}");
  FeedUrl url;
  url.path = feed.url;
  auto options = httpOptions(url);
  if (!options) return base::Error{options.error()};
  options->topic = topic;
  options->periodSeconds = feed.period;
  // The environment's header is for the feeds of the command line: no stranger may get it.
  if (!feed.headers.empty() || !key->empty()) options->authorization.clear();
  options->policy = std::make_shared<KeyedRequest>(feed, *std::move(key), around.cityOrigin, around.zone, around.ledger);
  return makeHttpTransport(*std::move(options));
}

base::Result<std::unique_ptr<Transport>> subscribed(const FeedDescription& feed, const Mapping* mapping) {
  const auto url = parseFeedUrl(feed.url);
  if (!url) return wrong(feed, url.error());
  auto options = mqttOptions(*url);
  if (!options) return base::Error{options.error()};
  auto transport = makeMqttTransport(*std::move(options));
  return mapping ? renameTopics(std::move(transport), mapping->topic, "mapped/" + mapping->name + "/") : std::move(transport);
}

std::unique_ptr<Transport> fromFile(const FeedDescription& feed, const std::string& topic, std::shared_ptr<const Mapping> mapping, const FeedSurroundings& around) {
  TableOptions options{.topic = topic, .mapping = std::move(mapping), .periodSeconds = feed.period, .now = around.fixedNow, .ownThread = !around.fixedNow};
  const std::string name = feed.url.substr(feed.url.find(':') + 1);
  options.path = feed.url.starts_with("sample:") ? around.samples / name : std::filesystem::path(name);
  if (options.path.is_relative()) options.path = std::filesystem::path(feed.origin.substr(0, feed.origin.rfind(':'))).parent_path() / options.path;
  options.sampleTime = feed.sampleTime;
  return makeTableTransport(std::move(options));
}

}  // namespace

std::string topicOf(const FeedDescription& feed, const Mapping* mapping) {
  if (mapping) return "mapped/" + mapping->name + "/" + feed.name;
  return feed.subject.empty() ? feed.format : feed.format + "/" + feed.subject;
}

Source describeFeed(const FeedDescription& feed) {
  Source source;
  source.name = feed.name;
  source.endpoint = withoutQuery(feed.url);
  source.expectedPeriod = feed.expectedPeriod;
  source.provenance = feed.provenance;
  source.sample = feed.sample;
  source.standard = !feed.mapping.empty() ? "mapping " + feed.mapping.filename().string() : feed.format;
  if (feed.mapping.empty())
    if (const DecoderRow* row = findDecoder(topicOf(feed, nullptr))) source.standard = row->standard;
  return source;
}

base::Result<MappingRegistry> loadMappings(const std::vector<FeedDescription>& feeds) {
  MappingRegistry registry;
  for (const FeedDescription& feed : feeds) {
    if (feed.mapping.empty() || mappingOf(feed, registry)) continue;
    auto mapping = Mapping::load(feed.mapping);
    if (!mapping) return base::Error{mapping.error()};
    mapping->file = feed.mapping.string();
    const std::string name = mapping->name;
    if (!registry.emplace(name, std::make_shared<const Mapping>(*std::move(mapping))).second)
      return wrong(feed, "two mapping files are named '" + name + "'; give one of them another name = \"...\"");
  }
  return registry;
}

base::Result<OpenedFeed> openFeed(const FeedDescription& feed, const MappingRegistry& mappings, const FeedSurroundings& around) {
  const Mapping* mapping = mappingOf(feed, mappings);
  const std::string topic = topicOf(feed, mapping);
  OpenedFeed opened{.source = describeFeed(feed), .transport = nullptr};
  if (feed.url.starts_with("mqtt")) {
    auto transport = subscribed(feed, mapping);
    if (!transport) return base::Error{transport.error()};
    opened.transport = *std::move(transport);
    return opened;
  }
  if (feed.subject.find_first_of("+#") != std::string::npos) return wrong(feed, "subject may not hold + or #");
  if (!mapping && feed.format.empty()) return wrong(feed, "needs a format, as in format = \"kr/kma/getUltraSrtNcst\", or a mapping");
  if (!findDecoder(topic)) return wrong(feed, "no decoder knows the format '" + feed.format + "'; see the table of formats in README.md");
  if (feed.url.starts_with("http")) {
    auto transport = polled(feed, topic, around);
    if (!transport) return base::Error{transport.error()};
    opened.transport = *std::move(transport);
  } else {
    opened.transport = fromFile(feed, topic, shared(mapping, mappings), around);
  }
  return opened;
}

}  // namespace feeds
