// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "engine/scene/scene.h"
#include "twin/binding/palette.h"
#include "twin/city/city.h"
#include "twin/core/catalogue.h"
#include "twin/core/time.h"
#include "twin/model/freshness.h"

namespace binding {

/// What every binder needs; references outlive the binders.
struct BindContext {
  const city::City& city;
  scene::Scene& scene;
  const core::Catalogue& catalogue;
  const Palette& palette;
};

/// The shown moment in the forms that binders use.
struct BindTime {
  base::UtcNs utc = 0;
  uint32_t sceneMs = 0;      ///< milliseconds, modulo 2^32: what poses are timed in
  core::LocalTime local;
  bool headlightsOn = false; ///< dusk, night or heavy rain

  static BindTime at(base::UtcNs utc, const core::TimeZone& zone, bool headlightsOn) {
    return {.utc = utc, .sceneMs = sceneMsOf(utc), .local = core::toLocal(utc, zone), .headlightsOn = headlightsOn};
  }
  static uint32_t sceneMsOf(base::UtcNs utc) { return static_cast<uint32_t>(static_cast<uint64_t>(utc / base::kNsPerMs)); }
};

/// Age and quality as the shader reads them.
inline uint32_t freshnessBits(const model::Freshness& f) {
  return f.packedAge() | static_cast<uint32_t>(f.health) << gpu_types::kStateQualityShift;
}

inline uint32_t levelBits(double level01) {
  return static_cast<uint32_t>(std::clamp(level01, 0.0, 1.0) * 255.0 + 0.5) << gpu_types::kStateLevelShift;
}

/// The number in a property row, or `fallback` when there is none or it is bad.
inline double numberOf(const model::Entity& entity, std::string_view property, double fallback) {
  const model::PropertyRow* row = entity.property(property);
  if (row == nullptr || row->bad) return fallback;
  if (const double* d = std::get_if<double>(&row->value)) return *d;
  if (const bool* b = std::get_if<bool>(&row->value)) return *b ? 1.0 : 0.0;
  return fallback;
}

inline std::string_view textOf(const model::Entity& entity, std::string_view property) {
  const model::PropertyRow* row = entity.property(property);
  const std::string* text = row ? std::get_if<std::string>(&row->value) : nullptr;
  return text ? std::string_view(*text) : std::string_view{};
}

}  // namespace binding
