// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "twin/feeds/feed_config.h"
#include "twin/feeds/request_policy.h"
#include "twin/feeds/secret.h"

namespace feeds {

/// The policy of a described feed: key, quota, hours, and placeholders of the URL. These are
///   {key}                      the key, percent-encoded unless it is so already (data.go.kr hands out both)
///   {base_date} {base_time}    newest issue of the KMA product that `format` names
///   {nx} {ny}                  KMA cell of `place`
///   {today} {yesterday}        yyyymmdd on the city's clock
///   {subject}                  percent-encoded
class KeyedRequest final : public RequestPolicy {
 public:
  KeyedRequest(const FeedDescription& feed, Secret key, core::GeoPoint cityOrigin, core::TimeZone zone,
               std::shared_ptr<CallLedger> ledger);

  double wait(base::UtcNs now) override { return budget_.take(now); }
  HttpRequest prepare(base::UtcNs now) override;
  void received(std::string& body, base::UtcNs now) override;
  BudgetState budget(base::UtcNs now) const override { return budget_.state(now); }

 private:
  std::string fill(std::string_view pattern, base::UtcNs now) const;
  std::string valueOf(std::string_view name, base::UtcNs now) const;

  const FeedDescription feed_;
  const Secret key_;
  const core::GeoPoint place_;
  const core::TimeZone zone_;
  CallBudget budget_;
};

/// The key of a feed from its environment variable or file; empty when it names neither.
base::Result<Secret> keyOf(const FeedDescription& feed);

/// An unknown placeholder in url or headers, or empty.
std::string unknownPlaceholder(const FeedDescription& feed);

}  // namespace feeds
