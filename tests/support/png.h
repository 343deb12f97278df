// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace support {

/// Rows top down, R, G, B, A bytes.
struct Picture {
  uint32_t width = 0;
  uint32_t height = 0;
  std::vector<uint8_t> rgba;

  const uint8_t* at(uint32_t x, uint32_t y) const { return rgba.data() + (size_t{y} * width + x) * 4; }
};

/// False when the file cannot be written.
bool writePng(const std::string& path, const Picture& picture);
/// Any PNG, converted to RGBA8; nothing when it cannot be read.
std::optional<Picture> readPng(const std::string& path);

}  // namespace support
