// SPDX-License-Identifier: Apache-2.0
#include "twin/core/crs.h"

#include <proj.h>

#include <cmath>
#include <mutex>

namespace core {

struct ForeignCrs::State {
  ~State() {
    if (transform) proj_destroy(transform);
    if (context) proj_context_destroy(context);
  }
  PJ_CONTEXT* context = nullptr;
  PJ* transform = nullptr;
  std::mutex mutex;
};

ForeignCrs::ForeignCrs(std::unique_ptr<State> state) : state_(std::move(state)) {}
ForeignCrs::~ForeignCrs() = default;

base::Result<std::shared_ptr<const ForeignCrs>> ForeignCrs::create(const std::string& crs) {
  auto state = std::make_unique<State>();
  state->context = proj_context_create();
  proj_log_level(state->context, PJ_LOG_NONE);
  proj_context_set_enable_network(state->context, 0);
  if (PJ* raw = proj_create_crs_to_crs(state->context, crs.c_str(), "EPSG:4326", nullptr)) {
    state->transform = proj_normalize_for_visualization(state->context, raw);
    proj_destroy(raw);
  }
  if (!state->transform) return base::Error{"coordinate system '" + crs + "' is unknown to PROJ; give one like EPSG:5186"};
  return std::shared_ptr<const ForeignCrs>(new ForeignCrs(std::move(state)));
}

std::optional<GeoPoint> ForeignCrs::toGeographic(double x, double y) const {
  std::lock_guard lock(state_->mutex);
  const PJ_COORD c = proj_trans(state_->transform, PJ_FWD, proj_coord(x, y, 0, 0));
  if (!std::isfinite(c.xy.x) || !std::isfinite(c.xy.y)) return std::nullopt;
  return GeoPoint{c.xy.x, c.xy.y, 0};
}

}  // namespace core
