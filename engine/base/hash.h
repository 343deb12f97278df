// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace base {

constexpr uint64_t kHashSeed = 0xcbf29ce484222325ULL;

/// FNV-1a, 64 bits: the same on every machine, so it may be stored.
constexpr uint64_t hashBytes(std::string_view bytes, uint64_t seed = kHashSeed) {
  uint64_t h = seed;
  for (const char c : bytes) {
    h ^= static_cast<uint8_t>(c);
    h *= 0x100000001b3ULL;
  }
  return h;
}

/// A well-mixed integer (the finaliser of SplitMix64); for procedural choices by id.
constexpr uint64_t mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// A number in [0, 1) from a seed.
constexpr double unit(uint64_t seed) { return static_cast<double>(mix(seed) >> 11) * 0x1.0p-53; }

/// A small repeatable random sequence.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t next() { return mix(state_++); }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }

 private:
  uint64_t state_;
};

}  // namespace base
