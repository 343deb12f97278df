// SPDX-License-Identifier: Apache-2.0
#include "tests/support/golden.h"

#include <cstdlib>
#include <filesystem>

namespace support {

Picture differenceOf(const Picture& expected, const Picture& actual, int channel, size_t& differing) {
  Picture diff = expected;
  differing = 0;
  for (size_t i = 0; i < expected.rgba.size(); i += 4) {
    int worst = 0;
    for (size_t c = 0; c < 3; ++c) worst = std::max(worst, std::abs(int{expected.rgba[i + c]} - int{actual.rgba[i + c]}));
    const bool off = worst > channel;
    differing += off;
    for (size_t c = 0; c < 3; ++c) diff.rgba[i + c] = off ? (c == 0 ? 255 : 0) : static_cast<uint8_t>(expected.rgba[i + c] / 3);
  }
  return diff;
}

testing::AssertionResult matchesGolden(const std::string& name, const Picture& actual, const GoldenTolerance& tolerance) {
  namespace fs = std::filesystem;
  const fs::path golden = fs::path(ALPHACITY_GOLDEN_DIR) / (name + ".png");
  if (const char* update = std::getenv("UPDATE_GOLDEN"); update && std::string(update) == "1") {
    if (!writePng(golden.string(), actual)) return testing::AssertionFailure() << "cannot write " << golden;
    return testing::AssertionSuccess() << "golden picture " << golden << " rewritten";
  }
  const fs::path left = fs::path(ALPHACITY_GOLDEN_OUTPUT_DIR) / name;
  fs::create_directories(left.parent_path());
  const auto expected = readPng(golden.string());
  if (!expected || expected->width != actual.width || expected->height != actual.height) {
    writePng(left.string() + "_actual.png", actual);
    return testing::AssertionFailure() << golden << (expected ? " has another size" : " is missing") << "; see " << left
                                       << "_actual.png and rewrite with UPDATE_GOLDEN=1 if it is right";
  }
  size_t differing = 0;
  const Picture diff = differenceOf(*expected, actual, tolerance.channel, differing);
  const double share = static_cast<double>(differing) / (static_cast<double>(actual.width) * actual.height);
  if (share <= tolerance.share) return testing::AssertionSuccess();
  writePng(left.string() + "_actual.png", actual);
  writePng(left.string() + "_expected.png", *expected);
  writePng(left.string() + "_diff.png", diff);
  return testing::AssertionFailure() << name << ": " << share * 100 << " % of the pixels differ by more than " << tolerance.channel
                                     << " (allowed " << tolerance.share * 100 << " %); see " << left << "_{actual,expected,diff}.png";
}

}  // namespace support
