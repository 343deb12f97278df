// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/units.h"

#include <cmath>
#include <initializer_list>
#include <string>
#include <unordered_map>

namespace feeds {
namespace {

using D = Dimension;

struct Row {
  Unit unit;
  std::initializer_list<std::string_view> names;  // UCUM first, then UN/CEFACT, then what people write
};

// UCUM 2.1; UN/CEFACT Recommendation 20 revision 17; QUDT 2.1 local names.
const Row kRows[] = {
    {{"°C", D::Temperature, 1, 0}, {"Cel", "CEL", "°C", "℃", "degC", "C", "Celsius", "DegreeCelsius", "DEG_C"}},
    {{"°F", D::Temperature, 5.0 / 9, -160.0 / 9},
     {"[degF]", "FAH", "°F", "℉", "degF", "Fahrenheit", "DegreeFahrenheit", "DEG_F"}},
    {{"K", D::Temperature, 1, -273.15}, {"K", "KEL", "Kelvin"}},
    {{"%", D::Fraction, 1, 0}, {"%", "P1", "percent", "Percent", "PERCENT"}},
    {{"1", D::Fraction, 100, 0}, {"1", "C62", "{fraction}"}},
    {{"ppm", D::MoleFraction, 1, 0}, {"[ppm]", "59", "ppm", "PPM"}},
    {{"ppb", D::MoleFraction, 1e-3, 0}, {"[ppb]", "61", "ppb", "PPB"}},
    {{"m/s", D::Speed, 1, 0}, {"m/s", "MTS", "m.s-1", "M-PER-SEC", "MeterPerSecond"}},
    {{"km/h", D::Speed, 1 / 3.6, 0}, {"km/h", "KMH", "kph", "KiloM-PER-HR", "KilometerPerHour"}},
    {{"kn", D::Speed, 1852.0 / 3600, 0}, {"[kn_i]", "KNT", "kn", "kt", "KN"}},
    {{"mph", D::Speed, 0.44704, 0}, {"[mi_i]/h", "HM", "mph", "MI-PER-HR", "MilePerHour"}},
    {{"m", D::Length, 1, 0}, {"m", "MTR", "Meter", "Metre", "M"}},
    {{"mm", D::Length, 1e-3, 0}, {"mm", "MMT", "MilliM", "Millimeter"}},
    {{"cm", D::Length, 1e-2, 0}, {"cm", "CMT", "CentiM", "Centimeter"}},
    {{"km", D::Length, 1e3, 0}, {"km", "KMT", "KiloM", "Kilometer"}},
    {{"in", D::Length, 0.0254, 0}, {"[in_i]", "INH", "in", "Inch"}},
    {{"ft", D::Length, 0.3048, 0}, {"[ft_i]", "FOT", "ft", "Foot"}},
    {{"mi", D::Length, 1609.344, 0}, {"[mi_i]", "SMI", "mi", "Mile"}},
    {{"s", D::Time, 1, 0}, {"s", "SEC", "sec", "Second"}},
    {{"ms", D::Time, 1e-3, 0}, {"ms", "C26", "MilliSEC"}},
    {{"min", D::Time, 60, 0}, {"min", "MIN", "Minute"}},
    {{"h", D::Time, 3600, 0}, {"h", "HUR", "HR", "Hour"}},
    {{"d", D::Time, 86400, 0}, {"d", "DAY", "Day"}},
    {{"hPa", D::Pressure, 1, 0}, {"hPa", "A97", "HectoPA", "mbar", "MBR", "MilliBAR"}},
    {{"Pa", D::Pressure, 1e-2, 0}, {"Pa", "PAL", "PA", "Pascal"}},
    {{"kPa", D::Pressure, 10, 0}, {"kPa", "KPA", "KiloPA"}},
    {{"bar", D::Pressure, 1000, 0}, {"bar", "BAR", "Bar"}},
    {{"mmHg", D::Pressure, 1.33322387415, 0}, {"mm[Hg]", "HN", "mmHg"}},
    {{"µg/m³", D::MassConcentration, 1, 0},
     {"ug/m3", "GQ", "µg/m³", "μg/m³", "µg/m3", "μg/m3", "ug/m³", "MicroGM-PER-M3", "㎍/㎥", "㎍/m³"}},
    {{"mg/m³", D::MassConcentration, 1e3, 0}, {"mg/m3", "GP", "mg/m³", "MilliGM-PER-M3"}},
    {{"ng/m³", D::MassConcentration, 1e-3, 0}, {"ng/m3", "ng/m³"}},
    {{"W", D::Power, 1, 0}, {"W", "WTT", "Watt"}},
    {{"kW", D::Power, 1e3, 0}, {"kW", "KWT", "KiloW"}},
    {{"MW", D::Power, 1e6, 0}, {"MW", "MAW", "MegaW"}},
    {{"kWh", D::Energy, 1, 0}, {"kW.h", "KWH", "kWh", "KiloW-HR"}},
    {{"Wh", D::Energy, 1e-3, 0}, {"W.h", "WHR", "Wh", "W-HR"}},
    {{"MJ", D::Energy, 1 / 3.6, 0}, {"MJ", "3B", "MegaJ"}},
    {{"J", D::Energy, 1 / 3.6e6, 0}, {"J", "JOU", "Joule"}},
    {{"mm/h", D::RainRate, 1, 0}, {"mm/h", "H67", "MilliM-PER-HR"}},
    {{"in/h", D::RainRate, 25.4, 0}, {"[in_i]/h", "in/h"}},
    {{"V", D::Voltage, 1, 0}, {"V", "VLT", "Volt"}},
    {{"mV", D::Voltage, 1e-3, 0}, {"mV", "2Z", "MilliV"}},
    {{"A", D::Current, 1, 0}, {"A", "AMP", "Ampere"}},
    {{"mA", D::Current, 1e-3, 0}, {"mA", "4K", "MilliA"}},
    {{"Hz", D::Frequency, 1, 0}, {"Hz", "HTZ", "HZ", "Hertz"}},
    {{"dB(A)", D::SoundLevel, 1, 0}, {"dB[A]", "dB(A)", "dBA", "db(A)", "㏈(A)"}},
    {{"dB", D::Sound, 1, 0}, {"dB", "2N", "DeciB", "㏈"}},
    {{"°", D::Angle, 1, 0}, {"deg", "DD", "°", "DEG", "degree", "Degree", "DegreeAngle"}},
    {{"rad", D::Angle, 57.29577951308232, 0}, {"rad", "C81", "RAD", "Radian"}},
    {{"lx", D::Illuminance, 1, 0}, {"lx", "LUX", "lux", "Lux"}},
    {{"lm", D::LuminousFlux, 1, 0}, {"lm", "LUM", "LM", "Lumen"}},
    {{"W/m²", D::Irradiance, 1, 0}, {"W/m2", "D54", "W/m²", "W-PER-M2"}},
    {{"kg", D::Mass, 1, 0}, {"kg", "KGM", "KiloGM", "Kilogram"}},
    {{"g", D::Mass, 1e-3, 0}, {"g", "GRM", "GM", "Gram"}},
    {{"t", D::Mass, 1e3, 0}, {"t", "TNE", "TONNE"}},
    {{"L", D::Volume, 1, 0}, {"L", "l", "LTR", "Liter", "Litre"}},
    {{"m³", D::Volume, 1e3, 0}, {"m3", "MTQ", "m³", "M3"}},
    {{"/h", D::PerTime, 1, 0}, {"/h", "1/h", "h-1", "{veh}/h", "{vehicles}/h"}},
    {{"/min", D::PerTime, 60, 0}, {"/min", "1/min", "min-1"}},
    {{"1/s", D::PerTime, 3600, 0}, {"/s", "1/s", "s-1"}},
};

const std::unordered_map<std::string_view, const Unit*>& byName() {
  static const auto names = [] {
    std::unordered_map<std::string_view, const Unit*> map;
    for (const Row& row : kRows) {
      map.emplace(row.unit.shown, &row.unit);
      for (const std::string_view name : row.names) map.emplace(name, &row.unit);
    }
    return map;
  }();
  return names;
}

}  // namespace

const Unit* findUnit(std::string_view code) {
  const auto found = byName().find(code);
  return found == byName().end() ? nullptr : found->second;
}

std::optional<double> convertUnit(double value, std::string_view from, std::string_view to) {
  if (from == to) return value;
  const Unit *a = findUnit(from), *b = findUnit(to);
  if (!a || !b || a->dimension != b->dimension) return std::nullopt;
  const double result = (value * a->scale + a->offset - b->offset) / b->scale;
  if (!std::isfinite(result)) return std::nullopt;
  return result;
}

}  // namespace feeds
