// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "twin/history/history.h"

namespace history {

/// How long what is kept. As TOML:
///   [history]
///   raw_hours = 24            # everything
///   events_days = 365         # events and alarms
///   [[history.keep]]          # then one value per property and one pose per mover each minute ...
///   period_seconds = 60
///   days = 30                 # ... until it is this old; more such tables for coarser steps
struct Retention {
  double rawHours = 24;
  double eventsDays = 365;
  struct Tier {
    double periodSeconds = 60;
    double days = 30;
  };
  std::vector<Tier> tiers{Tier{}};

  /// What is to be done at `now`, the coarsest last.
  std::vector<ThinningStep> steps(base::UtcNs now) const;
  base::UtcNs eventsBefore(base::UtcNs now) const;
};

/// The error names file, line and what is wrong; tiers must grow in age and period.
base::Result<Retention> loadRetention(const std::filesystem::path& file);
base::Result<Retention> parseRetention(std::string_view toml, const std::string& name);

}  // namespace history
