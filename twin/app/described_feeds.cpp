// SPDX-License-Identifier: Apache-2.0
#include "twin/app/described_feeds.h"

#include "twin/app/assets.h"
#include "twin/feeds/feed_url.h"

namespace app {
namespace {

feeds::FeedDescription tableOf(const feeds::FeedUrl& url) {
  feeds::FeedDescription feed;
  feed.name = std::filesystem::path(url.path).filename().string();
  feed.url = "file:" + std::filesystem::absolute(url.path).string();
  feed.mapping = url.mapping;
  feed.origin = "--feed:0";
  return feed;
}

}  // namespace

base::Result<DescribedFeeds> gatherFeeds(const Options& options, const std::filesystem::path& packFolder, bool fixed) {
  DescribedFeeds gathered;
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  const auto layer = [&](const std::filesystem::path& file) {
    if (!fixed && !file.empty() && std::filesystem::exists(file, failed)) files.push_back(file);
  };
  if (!packFolder.empty()) layer(packFolder / "feeds.toml");
  layer(feeds::userFeedFile());
  files.insert(files.end(), options.feedFiles.begin(), options.feedFiles.end());
  const auto assets = findAssets();
  if (assets) gathered.samples = *assets / "feeds" / "samples";
  std::vector<feeds::FeedDescription> tables;
  for (const std::string& text : options.feeds) {
    const auto url = feeds::parseFeedUrl(text);
    if (!url) continue;  // refused with the options
    if (url->kind == feeds::FeedUrl::Kind::File && !url->mapping.empty()) tables.push_back(tableOf(*url));
    if (url->kind != feeds::FeedUrl::Kind::Sample) continue;
    if (!assets) return base::Error{assets.error()};
    files.push_back(*assets / "feeds" / "samples.toml");
  }
  auto described = feeds::readFeedFiles(files);
  if (!described) return base::Error{described.error()};
  gathered.feeds = *std::move(described);
  gathered.feeds.insert(gathered.feeds.end(), tables.begin(), tables.end());
  auto mappings = feeds::loadMappings(gathered.feeds);
  if (!mappings) return base::Error{mappings.error()};
  gathered.mappings = std::make_shared<const feeds::MappingRegistry>(*std::move(mappings));
  return gathered;
}

}  // namespace app
