// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "twin/core/catalogue.h"
#include "twin/feeds/raw_message.h"
#include "twin/model/observation.h"

namespace feeds {

/// What is the same for every format after decoding: time shift of recordings, clocks that run ahead,
/// units and plausible ranges of the catalogue. Settled observations have been through it elsewhere and are
/// shifted only. Not thread-safe (it remembers look-ups): the writer owns it.
class Normaliser {
 public:
  explicit Normaliser(std::shared_ptr<const core::Catalogue> catalogue) : catalogue_(std::move(catalogue)) {}

  struct Outcome {
    uint32_t future = 0;      ///< event times more than 5 s after arrival, set to the arrival
    uint32_t outOfRange = 0;  ///< values outside the catalogue's range, marked bad
    base::UtcNs newestSaid = 0;  ///< newest event time before any was set to the arrival, for the clock offset
    base::UtcNs newest = 0;   ///< newest event time, for the lag; 0 when there is none
  };
  Outcome apply(const RawMessage& message, model::Observations& observations);

 private:
  const core::PropertyInfo* infoOf(const std::string& property);

  std::shared_ptr<const core::Catalogue> catalogue_;
  std::unordered_map<std::string, const core::PropertyInfo*> known_;
};

}  // namespace feeds
