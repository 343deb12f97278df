// SPDX-License-Identifier: Apache-2.0
//
// PROJ does the geodesy; a third-order polynomial of it, fitted once per city, answers the calls of the
// hot path (a position per message) without a lock. Residuals are checked against PROJ when the frame is
// made; beyond the fitted box, or if the check fails, PROJ itself answers behind a mutex.
//
// Sign of the convergence. gamma = angle from true north to grid north, clockwise positive (Snyder 1987,
// "Map Projections - A Working Manual", eq. 8-9 for the transverse Mercator: tan gamma = tan(lon - lon0)
// sin(lat); EPSG Guidance Note 7-2 uses the same). West of the central meridian gamma is negative: grid
// north leans to the west of true north, so true north is drawn a little clockwise of +y:
//   grid azimuth = true azimuth - gamma.
#include "twin/core/geodesy.h"

#include <proj.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <numbers>
#include <vector>

namespace core {
namespace {

constexpr double kReach = 6000;       // metres each way that the polynomial covers
constexpr double kTolerance = 0.001;  // metres
constexpr double kMetresPerDegree = 111320;
constexpr int kTerms = 10;

using Terms = std::array<double, kTerms>;

Terms termsOf(double u, double v) {
  return {1, u, v, u * u, u * v, v * v, u * u * u, u * u * v, u * v * v, v * v * v};
}

/// Two cubic polynomials of two scaled variables.
struct Cubic2 {
  glm::dvec2 centre{0}, scale{1};
  Terms a{}, b{};

  bool covers(glm::dvec2 p) const {
    const glm::dvec2 q = (p - centre) / scale;
    return std::abs(q.x) <= 1 && std::abs(q.y) <= 1;
  }
  glm::dvec2 operator()(glm::dvec2 p) const {
    const glm::dvec2 q = (p - centre) / scale;
    const Terms t = termsOf(q.x, q.y);
    glm::dvec2 r(0);
    for (size_t i = 0; i < kTerms; ++i) r += t[i] * glm::dvec2(a[i], b[i]);
    return r;
  }
};

/// Least squares by the normal equations; well conditioned since the variables are scaled to [-1, 1].
Cubic2 fit(glm::dvec2 centre, glm::dvec2 scale, const std::vector<glm::dvec2>& from,
           const std::vector<glm::dvec2>& to) {
  std::array<std::array<double, kTerms + 2>, kTerms> m{};
  for (size_t k = 0; k < from.size(); ++k) {
    const glm::dvec2 q = (from[k] - centre) / scale;
    const Terms t = termsOf(q.x, q.y);
    for (size_t i = 0; i < kTerms; ++i) {
      for (size_t j = 0; j < kTerms; ++j) m[i][j] += t[i] * t[j];
      m[i][kTerms] += t[i] * to[k].x;
      m[i][kTerms + 1] += t[i] * to[k].y;
    }
  }
  for (size_t i = 0; i < kTerms; ++i) {  // Gauss-Jordan; the matrix is symmetric positive definite
    for (size_t row = 0; row < kTerms; ++row) {
      if (row == i) continue;
      const double factor = m[row][i] / m[i][i];
      for (size_t j = i; j < kTerms + 2; ++j) m[row][j] -= factor * m[i][j];
    }
  }
  Cubic2 result{centre, scale, {}, {}};
  for (size_t i = 0; i < kTerms; ++i) {
    result.a[i] = m[i][kTerms] / m[i][i];
    result.b[i] = m[i][kTerms + 1] / m[i][i];
  }
  return result;
}

}  // namespace

struct CityFrame::State {
  ~State() {
    if (transform) proj_destroy(transform);
    if (context) proj_context_destroy(context);
  }
  /// Degrees (longitude, latitude) to projected metres, and back; HUGE_VAL where PROJ fails.
  glm::dvec2 project(glm::dvec2 lonLat, PJ_DIRECTION direction = PJ_FWD) const {
    std::lock_guard lock(mutex);
    const PJ_COORD c = proj_trans(transform, direction, proj_coord(lonLat.x, lonLat.y, 0, 0));
    return {c.xy.x, c.xy.y};
  }

  std::string crs;
  glm::dvec2 originMetres{0};
  double elevation0 = 0;
  GeoPoint origin;
  double convergence = 0;
  bool fitted = false;
  Cubic2 forward, inverse;
  PJ_CONTEXT* context = nullptr;
  PJ* transform = nullptr;
  mutable std::mutex mutex;

  base::Status open(const std::string& name);
  base::Status place(double east, double north);
  void fitPolynomials();
};

base::Status CityFrame::State::open(const std::string& name) {
  crs = name;
  context = proj_context_create();
  proj_log_level(context, PJ_LOG_NONE);
  proj_context_set_enable_network(context, 0);
  PJ* target = proj_create(context, name.c_str());
  const bool projected = target && proj_get_type(target) == PJ_TYPE_PROJECTED_CRS;
  if (target) proj_destroy(target);
  if (!target) {
    return base::Error{"coordinate system '" + name + "' is unknown to PROJ; give one like EPSG:5187"};
  }
  if (!projected) {
    return base::Error{"coordinate system '" + name +
                       "' is not a projected one in metres; give one like EPSG:5187"};
  }
  PJ* raw = proj_create_crs_to_crs(context, "EPSG:4326", name.c_str(), nullptr);
  if (raw) {
    transform = proj_normalize_for_visualization(context, raw);
    proj_destroy(raw);
  }
  if (!transform)
    return base::Error{"PROJ has no way from WGS 84 to '" + name + "'; is proj-data installed?"};
  return base::okStatus();
}

base::Status CityFrame::State::place(double east, double north) {
  originMetres = {east, north};
  const glm::dvec2 lonLat = project(originMetres, PJ_INV);
  const glm::dvec2 again = project(lonLat);
  // Written so that NaN and infinity fail too.
  if (!(glm::length(again - originMetres) < 0.01) || !(std::abs(lonLat.y) < 85)) {
    char text[160];
    std::snprintf(text, sizeof text, "origin %.1f, %.1f lies outside the area of %s", east, north,
                  crs.c_str());
    return base::Error{text};
  }
  origin = {lonLat.x, lonLat.y, elevation0};
  const glm::dvec2 toNorth = project(lonLat + glm::dvec2(0, 1e-3)) - originMetres;
  convergence = -std::atan2(toNorth.x, toNorth.y);
  fitPolynomials();
  return base::okStatus();
}

void CityFrame::State::fitPolynomials() {
  constexpr int kSamples = 9;
  const glm::dvec2 centre(origin.longitude, origin.latitude);
  const double degreesLat = kReach / kMetresPerDegree;
  const glm::dvec2 reach(degreesLat / std::cos(origin.latitude * std::numbers::pi / 180), degreesLat);
  std::vector<glm::dvec2> degrees, metres, cityPoints, cityDegrees;
  for (int i = 0; i < kSamples; ++i) {
    for (int j = 0; j < kSamples; ++j) {
      // Chebyshev nodes keep the error even up to the border of the box.
      const glm::dvec2 node(std::cos((i + 0.5) * std::numbers::pi / kSamples),
                            std::cos((j + 0.5) * std::numbers::pi / kSamples));
      degrees.push_back(centre + node * reach);
      metres.push_back(project(degrees.back()) - originMetres);
      cityPoints.push_back(node * kReach);
      cityDegrees.push_back(project(cityPoints.back() + originMetres, PJ_INV));
    }
  }
  forward = fit(centre, reach, degrees, metres);
  inverse = fit(glm::dvec2(0), glm::dvec2(kReach), cityPoints, cityDegrees);
  const glm::dvec2 metresPerDegree(kMetresPerDegree * reach.y / reach.x, kMetresPerDegree);
  double worst = 0;
  for (int i = -10; i <= 10; ++i) {
    for (int j = -10; j <= 10; ++j) {
      const glm::dvec2 unit(i / 10.0, j / 10.0);
      const glm::dvec2 lonLat = centre + unit * reach;
      worst = std::max(worst, glm::length(forward(lonLat) - (project(lonLat) - originMetres)));
      const glm::dvec2 city = unit * kReach;
      const glm::dvec2 error = inverse(city) - project(city + originMetres, PJ_INV);
      worst = std::max(worst, glm::length(error * metresPerDegree));
    }
  }
  fitted = worst < kTolerance;  // false for NaN, too
}

base::Result<CityFrame> CityFrame::create(const std::string& crs, double originEast, double originNorth,
                                          double elevation0) {
  auto state = std::make_shared<State>();
  state->elevation0 = elevation0;
  if (auto opened = state->open(crs); !opened) return base::Error{opened.error()};
  if (auto placed = state->place(originEast, originNorth); !placed) return base::Error{placed.error()};
  return CityFrame(std::move(state));
}

base::Result<CityFrame> CityFrame::local(double longitude, double latitude, double elevation0) {
  if (!(std::abs(longitude) <= 180) || !(std::abs(latitude) <= 84)) {
    return base::Error{"a local frame needs a longitude within 180 and a latitude within 84 degrees"};
  }
  char crs[200];
  std::snprintf(crs, sizeof crs,
                "+proj=tmerc +lat_0=%.9f +lon_0=%.9f +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +type=crs",
                latitude, longitude);
  return create(crs, 0, 0, elevation0);
}

glm::dvec3 CityFrame::toCity(const GeoPoint& point) const {
  const glm::dvec2 lonLat(point.longitude, point.latitude);
  const State& s = *state_;
  const glm::dvec2 xy =
      s.fitted && s.forward.covers(lonLat) ? s.forward(lonLat) : s.project(lonLat) - s.originMetres;
  return {xy, point.elevation - s.elevation0};
}

GeoPoint CityFrame::toGeographic(const glm::dvec3& city) const {
  const glm::dvec2 xy(city);
  const State& s = *state_;
  const glm::dvec2 lonLat =
      s.fitted && s.inverse.covers(xy) ? s.inverse(xy) : s.project(xy + s.originMetres, PJ_INV);
  return {lonLat.x, lonLat.y, city.z + s.elevation0};
}

const std::string& CityFrame::crs() const {
  return state_->crs;
}
GeoPoint CityFrame::origin() const {
  return state_->origin;
}
double CityFrame::elevation0() const {
  return state_->elevation0;
}
double CityFrame::gridConvergence() const {
  return state_->convergence;
}

namespace {
double wrapTurn(double angle) {
  constexpr double kTurn = 2 * std::numbers::pi;
  const double wrapped = std::fmod(angle, kTurn);
  return wrapped < 0 ? wrapped + kTurn : wrapped;
}
}  // namespace

double yawFromHeading(double heading) {
  return wrapTurn(std::numbers::pi / 2 - heading);
}
double headingFromYaw(double yaw) {
  return wrapTurn(std::numbers::pi / 2 - yaw);
}

}  // namespace core
