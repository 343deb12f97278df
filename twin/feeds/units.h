// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace feeds {

/// What a unit measures; only units of the same one convert.
enum class Dimension : uint8_t {
  Temperature, Fraction, MoleFraction, Speed, Length, Time, Pressure, MassConcentration, Power, Energy,
  RainRate, Voltage, Current, Frequency, SoundLevel, Sound, Angle, Illuminance, LuminousFlux, Irradiance,
  Mass, Volume, PerTime
};

/// One unit: base = value * scale + offset, where the base unit is the first of its dimension in units.cpp.
struct Unit {
  std::string_view shown;  ///< as the catalogue writes it ("µg/m³")
  Dimension dimension;
  double scale = 1;
  double offset = 0;
};

/// By UCUM code (case sensitive, ucum.org), UN/CEFACT common code (Recommendation 20), QUDT name or the usual
/// symbol; null when unknown. Safe from any thread.
const Unit* findUnit(std::string_view code);

/// Nothing when one of them is unknown, or when they measure different things. No conversion needs to know
/// anything but the units: ppm to µg/m³ does, so it is not made.
std::optional<double> convertUnit(double value, std::string_view from, std::string_view to);

}  // namespace feeds
