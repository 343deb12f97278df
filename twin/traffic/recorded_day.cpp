// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/recorded_day.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <numbers>
#include <sstream>

namespace traffic {
namespace {

constexpr char kMagic[] = "ACDAY01\n";
constexpr size_t kMostBytes = 256u << 20;  ///< unpacked; a larger claim is a broken file
constexpr double kMetre = 50;              ///< steps per metre
constexpr double kTurn = 3600;             ///< steps per turn
constexpr double kSpeed = 10;

class Writer {
 public:
  void number(int64_t value) {
    uint64_t zigzag = (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
    for (; zigzag >= 0x80; zigzag >>= 7) bytes.push_back(static_cast<char>(zigzag | 0x80));
    bytes.push_back(static_cast<char>(zigzag));
  }
  void text(const std::string& value) {
    number(static_cast<int64_t>(value.size()));
    bytes += value;
  }
  std::string bytes;
};

class Reader {
 public:
  explicit Reader(const std::string& bytes) : bytes_(bytes) {}
  int64_t number() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at_ >= bytes_.size()) return fail();
      const uint64_t byte = static_cast<uint8_t>(bytes_[at_++]);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
    }
    return fail();
  }
  /// A count of things that each take at least one byte.
  size_t count() {
    const int64_t value = number();
    if (value < 0 || static_cast<size_t>(value) > bytes_.size() - at_) return static_cast<size_t>(fail());
    return static_cast<size_t>(value);
  }
  std::string text() {
    const size_t size = count();
    if (!good_) return {};
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }
  bool good() const { return good_; }

 private:
  int64_t fail() {
    good_ = false;
    at_ = bytes_.size();
    return 0;
  }
  const std::string& bytes_;
  size_t at_ = 0;
  bool good_ = true;
};

struct Quantised {
  int64_t x = 0, y = 0, z = 0, heading = 0, speed = 0, odometer = 0;
};

Quantised quantise(const VehicleState& v) {
  return {std::llround(v.position.x * kMetre), std::llround(v.position.y * kMetre),
          std::llround(v.z * kMetre),          std::llround(v.heading / (2 * std::numbers::pi) * kTurn),
          std::llround(v.speed * kSpeed),      std::llround(v.odometer)};
}

struct Names {
  std::map<std::string, int64_t> index;
  std::vector<std::string> list;
  int64_t of(const std::string& name) {
    const auto [found, added] = index.emplace(name, static_cast<int64_t>(list.size()));
    if (added) list.push_back(name);
    return found->second;
  }
};

void writeSlice(const RecordedSlice& slice, Names& names, Writer& out) {
  out.number(std::llround(slice.daySecond));
  out.number(std::llround(slice.stepSeconds * 1000));
  out.number(static_cast<int64_t>(slice.steps.size()));
  std::map<std::string, Quantised> last;
  for (const TrafficStep& step : slice.steps) {
    out.number(std::llround(step.simSecond * 1000));
    out.number(static_cast<int64_t>(step.vehicles.size()));
    int64_t previousName = 0;
    for (const VehicleState& v : step.vehicles) {
      const Quantised now = quantise(v), before = last[v.id];
      const int64_t name = names.of(v.id + "\n" + v.kind + "\n" + v.line);
      out.number(name - previousName);
      previousName = name;
      out.number(now.x - before.x);
      out.number(now.y - before.y);
      out.number(now.heading - before.heading);
      out.number(now.speed - before.speed);
      out.number(now.odometer - before.odometer);
      out.number(static_cast<int64_t>((v.signals & (kBlinkerRight | kBlinkerLeft | kBrake)) << 1 |
                                      (v.elevated ? 1 : 0)));
      if (v.elevated) {
        out.number(now.z - before.z);
        out.number(std::llround(v.pitch * 1000));
      }
      last[v.id] = now;
    }
  }
}

bool readSlice(Reader& in, const std::vector<std::string>& names, RecordedSlice& slice) {
  slice.daySecond = static_cast<double>(in.number());
  slice.stepSeconds = static_cast<double>(in.number()) / 1000;
  if (slice.stepSeconds < 0.1) return false;
  slice.steps.resize(in.count());
  std::map<std::string, Quantised> last;
  for (TrafficStep& step : slice.steps) {
    step.simSecond = static_cast<double>(in.number()) / 1000;
    step.vehicles.resize(in.count());
    int64_t name = 0;
    for (VehicleState& v : step.vehicles) {
      name += in.number();
      if (name < 0 || name >= static_cast<int64_t>(names.size())) return false;
      std::istringstream parts(names[static_cast<size_t>(name)]);
      std::getline(parts, v.id);
      std::getline(parts, v.kind);
      std::getline(parts, v.line);
      Quantised& q = last[v.id];
      q.x += in.number();
      q.y += in.number();
      q.heading += in.number();
      q.speed += in.number();
      q.odometer += in.number();
      const int64_t flags = in.number();
      v.elevated = flags & 1;
      v.signals = static_cast<uint32_t>(flags >> 1);
      if (v.elevated) {
        q.z += in.number();
        v.pitch = static_cast<double>(in.number()) / 1000;
        v.z = static_cast<double>(q.z) / kMetre;
      } else {
        q.z = 0;
      }
      v.position = glm::dvec2(static_cast<double>(q.x), static_cast<double>(q.y)) / kMetre;
      v.heading = static_cast<double>(q.heading) / kTurn * 2 * std::numbers::pi;
      v.speed = static_cast<double>(q.speed) / kSpeed;
      v.odometer = static_cast<double>(q.odometer);
    }
    if (!in.good()) return false;
  }
  return true;
}

std::string pack(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
            bytes.size(), 9);
  out.resize(size);
  return out;
}

}  // namespace

base::Status RecordedDay::save(const std::filesystem::path& file) const {
  Names names;
  Writer body;
  body.number(static_cast<int64_t>(slices.size()));
  for (const RecordedSlice& slice : slices) writeSlice(slice, names, body);
  Writer all;
  all.text(network);
  all.number(static_cast<int64_t>(names.list.size()));
  for (const std::string& name : names.list) all.text(name);
  all.bytes += body.bytes;
  const uint64_t size = all.bytes.size();
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(kMagic, 8);
  char sizeBytes[8];
  for (int i = 0; i < 8; ++i) sizeBytes[i] = static_cast<char>(size >> (8 * i));
  out.write(sizeBytes, 8);
  out << pack(all.bytes);
  if (!out.flush()) return base::Error{"cannot write " + file.string()};
  return base::okStatus();
}

base::Result<RecordedDay> RecordedDay::load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  const std::string raw = text.str();
  if (!in) return base::Error{file.string() + ": there is no recorded day of this city"};
  if (raw.size() < 16 || std::memcmp(raw.data(), kMagic, 8) != 0)
    return base::Error{file.string() + ": is not a recorded day (made by feed_sim --record)"};
  uint64_t size = 0;
  for (int i = 0; i < 8; ++i)
    size |= static_cast<uint64_t>(static_cast<uint8_t>(raw[8 + static_cast<size_t>(i)])) << (8 * i);
  if (size > kMostBytes) return base::Error{file.string() + ": is damaged"};
  std::string bytes(size, '\0');
  uLongf got = size;
  if (uncompress(reinterpret_cast<Bytef*>(bytes.data()), &got,
                 reinterpret_cast<const Bytef*>(raw.data()) + 16, raw.size() - 16) != Z_OK ||
      got != size)
    return base::Error{file.string() + ": is damaged"};
  Reader reader(bytes);
  RecordedDay day;
  day.network = reader.text();
  std::vector<std::string> names(reader.count());
  for (std::string& name : names) name = reader.text();
  day.slices.resize(reader.count());
  for (RecordedSlice& slice : day.slices)
    if (!readSlice(reader, names, slice)) return base::Error{file.string() + ": is damaged"};
  if (!reader.good()) return base::Error{file.string() + ": is damaged"};
  return day;
}

std::optional<RecordedDay::Place> RecordedDay::placeAt(base::UtcNs shown, const core::TimeZone& zone) const {
  const core::LocalTime local = core::toLocal(shown, zone);
  const double second = local.hourOfDay() * 3600;
  std::optional<Place> best;
  double nearest = 1e9;
  for (size_t i = 0; i < slices.size(); ++i) {
    const RecordedSlice& slice = slices[i];
    if (slice.steps.empty()) continue;
    const double middle = slice.daySecond + slice.stepSeconds * static_cast<double>(slice.steps.size()) / 2;
    const double away = std::abs(std::remainder(second - middle, 86400.0));
    if (away >= nearest) continue;
    nearest = away;
    const int64_t stepNs = std::llround(slice.stepSeconds * 1e9);
    const int64_t at = shown / stepNs, count = static_cast<int64_t>(slice.steps.size());
    // Half a slice on: people ask for round times, and there the loop must not begin.
    const int64_t index = at + count / 2;
    best = Place{
        .slice = i, .step = static_cast<size_t>(index % count), .round = index / count, .time = at * stepNs};
  }
  return best;
}

}  // namespace traffic
