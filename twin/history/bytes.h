// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "engine/base/clock.h"

namespace history {

/// Numbers of any length: seven bits a byte, the lowest first.
class ByteWriter {
 public:
  std::string out;

  void u8(uint8_t v) { out.push_back(static_cast<char>(v)); }
  void number(uint64_t v) {
    for (; v >= 0x80; v >>= 7) u8(static_cast<uint8_t>(v | 0x80));
    u8(static_cast<uint8_t>(v));
  }
  void whole(int64_t v) { number(static_cast<uint64_t>(v) << 1 ^ static_cast<uint64_t>(v >> 63)); }
  void real(double v) {
    const auto bits = std::bit_cast<uint64_t>(v);
    out.append(reinterpret_cast<const char*>(&bits), sizeof bits);
  }
  void text(std::string_view v) {
    number(v.size());
    out.append(v);
  }
  /// A time that is near another: in milliseconds where that is exact.
  void time(base::UtcNs v, base::UtcNs near) {
    const auto apart = static_cast<int64_t>(static_cast<uint64_t>(v) - static_cast<uint64_t>(near));
    if (apart % base::kNsPerMs == 0) {
      whole(apart / base::kNsPerMs * 2);
    } else if (apart > INT64_MIN / 4 && apart < INT64_MAX / 4) {
      whole(apart * 2 + 1);
    } else {
      whole(1);  // would mean 0 ns apart, which is written as 0 ms
      whole(v);
    }
  }
};

/// Reads what ByteWriter wrote. Past the end everything is zero and ok() turns false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool ok() const { return ok_; }
  bool atEnd() const { return at_ == end_; }
  size_t left() const { return static_cast<size_t>(end_ - at_); }
  uint8_t u8() {
    if (at_ == end_) return fail();
    return static_cast<uint8_t>(*at_++);
  }
  uint64_t number() {
    uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const uint8_t byte = u8();
      v |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return v;
    }
    return fail();
  }
  int64_t whole() {
    const uint64_t v = number();
    return static_cast<int64_t>(v >> 1) ^ -static_cast<int64_t>(v & 1);
  }
  double real() {
    uint64_t bits = 0;
    if (left() < sizeof bits) {
      fail();
      return 0;
    }
    std::memcpy(&bits, at_, sizeof bits);
    at_ += sizeof bits;
    return std::bit_cast<double>(bits);
  }
  std::string_view text() {
    const uint64_t size = number();
    if (size > left()) {
      fail();
      return {};
    }
    const std::string_view v(at_, size);
    at_ += size;
    return v;
  }
  base::UtcNs time(base::UtcNs near) {
    const int64_t v = whole();
    if (v == 1) return whole();
    const int64_t apart = (v & 1) ? v >> 1 : static_cast<int64_t>(static_cast<uint64_t>(v >> 1) * base::kNsPerMs);
    return static_cast<int64_t>(static_cast<uint64_t>(near) + static_cast<uint64_t>(apart));
  }

 private:
  uint8_t fail() {
    ok_ = false;
    at_ = end_;
    return 0;
  }
  const char* at_;
  const char* end_;
  bool ok_ = true;
};

constexpr size_t kMaxBlockBytes = 256u << 20;  ///< unpacked; a larger claim is a broken block

}  // namespace history
