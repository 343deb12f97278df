// SPDX-License-Identifier: Apache-2.0
#include "twin/app/frame_timeline.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace app {
namespace {

constexpr int64_t kStretch = 5 * base::kNsPerSecond;
constexpr size_t kMostStretches = 720;

}  // namespace

void FrameTimeline::add(base::MonoNs now, double milliseconds) {
  if (begun_ == 0) begun_ = now;
  const int64_t number = (now - begun_) / kStretch;
  if (stretches_.empty() || stretches_.back().number != number) stretches_.push_back({number, {}});
  if (stretches_.size() > kMostStretches) stretches_.pop_front();
  stretches_.back().frames.push_back(static_cast<float>(milliseconds));
}

nlohmann::json FrameTimeline::json() const {
  nlohmann::json list = nlohmann::json::array();
  for (const Stretch& stretch : stretches_) {
    std::vector<float> sorted = stretch.frames;
    std::sort(sorted.begin(), sorted.end());
    list.push_back({{"from_s", stretch.number * (kStretch / base::kNsPerSecond)}, {"frames", sorted.size()},
                    {"median", sorted[sorted.size() / 2]}, {"max", sorted.back()}});
  }
  return list;
}

}  // namespace app
