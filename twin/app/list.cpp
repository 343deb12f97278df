// SPDX-License-Identifier: Apache-2.0
#include "twin/app/list.h"

#include <cstdio>

#include <nlohmann/json.hpp>

#include "engine/base/log.h"
#include "twin/app/assets.h"
#include "twin/app/described_feeds.h"
#include "twin/app/world.h"
#include "twin/binding/layers.h"
#include "twin/feeds/feed_url.h"

namespace app {
namespace {

nlohmann::json viewsOf(const World& world) {
  nlohmann::json rows = nlohmann::json::array();
  for (const city::NamedView& v : world.city().data.views) rows.push_back({{"id", v.id}, {"name_ko", v.name.ko}, {"name_en", v.name.en}});
  return rows;
}

nlohmann::json layersOf(const World&) {
  nlohmann::json rows = nlohmann::json::array();
  for (const binding::LayerRow& l : binding::standardLayers()) rows.push_back({{"id", l.name}, {"name_ko", l.label.ko}, {"name_en", l.label.en}});
  return rows;
}

const char* nameOf(model::Provenance origin) {
  switch (origin) {
    case model::Provenance::Measured: return "measured";
    case model::Provenance::Predicted: return "predicted";
    case model::Provenance::Simulated: return "simulated";
    case model::Provenance::Reconstructed: return "reconstructed";
    case model::Provenance::Surveyed: return "surveyed";
  }
  return "";
}

nlohmann::json entitiesOf(const World& world) {
  nlohmann::json rows = nlohmann::json::array();
  for (const model::EntityInfo& e : world.city().entities) {
    const core::GeoPoint at = world.city().data.frame.toGeographic(e.position);
    rows.push_back({{"id", e.id}, {"kind", e.kind}, {"name_ko", e.name.ko}, {"name_en", e.name.en}, {"origin", nameOf(e.origin)},
                    {"source", e.source}, {"longitude", at.longitude}, {"latitude", at.latitude}});
  }
  return rows;
}

/// What the command line, the pack and the user ask for; endpoints without queries, never a key.
base::Result<nlohmann::json> feedsOf(const Options& options) {
  std::filesystem::path pack = options.city;
  if (const auto assets = findAssets(); pack.empty() && assets) pack = *assets / "city" / "alpha";
  const auto described = gatherFeeds(options, pack, options.time.has_value());
  if (!described) return base::Error{described.error()};
  nlohmann::json rows = nlohmann::json::array();
  const bool byDefault = options.feeds.empty() && options.feedFiles.empty();
  for (const std::string& feed : byDefault ? std::vector<std::string>{"sim:"} : options.feeds) {
    const auto url = feeds::parseFeedUrl(feed);
    if (url && (url->kind == feeds::FeedUrl::Kind::Sample || !url->mapping.empty())) continue;  // below, one by one
    rows.push_back({{"id", feeds::withoutQuery(feed)}});
  }
  for (const feeds::FeedDescription& feed : described->feeds) {
    const feeds::Source source = feeds::describeFeed(feed);
    nlohmann::json row{{"id", feed.name}, {"endpoint", source.endpoint}, {"standard", source.standard}, {"period_s", feed.period},
                       {"origin", source.sample ? "recorded sample" : nameOf(source.provenance)}};
    if (feed.quotaPerDay > 0) row["quota_per_day"] = feed.quotaPerDay;
    if (!feed.mapping.empty()) row["mapping"] = feed.mapping.string();
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

int runList(const Options& options) {
  nlohmann::json rows;
  if (options.list == "feeds") {
    const auto listed = feedsOf(options);
    if (!listed) {
      base::logError(listed.error());
      return kExitInput;
    }
    rows = *listed;
  } else {
    auto world = loadWorld(options);
    if (!world) {
      base::logError(world.error());
      return kExitInput;
    }
    rows = options.list == "views" ? viewsOf(**world) : options.list == "layers" ? layersOf(**world) : entitiesOf(**world);
  }
  if (options.json) {
    std::printf("%s\n", rows.dump(1).c_str());
    return kExitOk;
  }
  for (const nlohmann::json& row : rows) {
    std::string line = row.value("id", "");
    for (const char* key : {"kind", "name_ko", "name_en", "endpoint", "standard", "origin"})
      if (const std::string text = row.value(key, ""); !text.empty()) line += "\t" + text;
    std::printf("%s\n", line.c_str());
  }
  return kExitOk;
}

}  // namespace app
