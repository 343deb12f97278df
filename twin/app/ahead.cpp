// SPDX-License-Identifier: Apache-2.0
#include "twin/app/ahead.h"

#include <algorithm>
#include <cmath>

namespace app {
namespace {

constexpr double kMost = 15;
constexpr base::UtcNs kStatusEvery = base::kNsPerSecond / 2;

}  // namespace

void Ahead::setMinutes(double minutes) { minutes_ = std::isfinite(minutes) ? std::clamp(minutes, 1.0, kMost) : 5; }

void Ahead::follow(traffic::LookAhead* source, const model::Mirror& live, base::UtcNs now, bool visible, binding::Binding& binding) {
  input_.on = on_;
  input_.minutes = minutes_;
  if (source) {
    source->setOn(on_);  // a day that was started anew has another one
    source->observe(live, now);
  }
  if (now >= statusDue_ || now < statusDue_ - kStatusEvery) {
    input_.status = source ? source->status() : traffic::LookAheadStatus{.state = traffic::LookAheadStatus::State::NotLive, .text = {}, .scores = {}};
    statusDue_ = now + kStatusEvery;
  }
  const auto forecast = source && on_ && visible ? source->latest() : nullptr;
  if (forecast) return show(*(shownOf_ = forecast), now, binding);
  if (shownSecond_ != 0) binding.showGhosts({}, now);
  shownSecond_ = 0;
  shownOf_.reset();
  input_.ghosts = 0;
}

void Ahead::show(const traffic::Forecast& forecast, base::UtcNs now, binding::Binding& binding) {
  const int64_t thisSecond = now / base::kNsPerSecond;
  const int64_t second = thisSecond + static_cast<int64_t>(std::lround(minutes_ * 60));
  if (second == shownSecond_) return;
  shownSecond_ = second;
  ghosts_.clear();
  const auto place = [](const traffic::ForecastPose& pose) { return glm::dvec3(pose.x, pose.y, pose.z == traffic::ForecastPose::kOnGround ? 0.0 : pose.z * 0.1); };
  for (const traffic::ForecastMover& mover : forecast.movers) {
    const int64_t at = second - mover.first;
    if (at < 0 || at + 1 >= static_cast<int64_t>(mover.poses.size())) continue;
    const traffic::ForecastPose& from = mover.poses[static_cast<size_t>(at)];
    const traffic::ForecastPose& to = mover.poses[static_cast<size_t>(at) + 1];
    ghosts_.push_back({.id = mover.id, .kind = mover.kind, .from = place(from), .to = place(to), .fromHeading = from.headingRadians(),
                       .toHeading = to.headingRadians(), .hasElevation = from.z != traffic::ForecastPose::kOnGround && to.z != traffic::ForecastPose::kOnGround});
  }
  input_.ghosts = ghosts_.size();
  binding.showGhosts(ghosts_, thisSecond * base::kNsPerSecond);
}

}  // namespace app
