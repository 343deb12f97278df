// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "tests/support/png.h"

namespace support {

/// How far a picture may be from its golden one. Two tolerances: a pixel counts as different when a
/// channel is off by more than `channel`; the picture fails when more than `share` of the pixels differ.
struct GoldenTolerance {
  int channel = 12;
  double share = 0.01;
};

/// Compares with tests/golden/<name>.png. On failure leaves build/golden/<name>_{actual,expected,diff}.png
/// and says so. With UPDATE_GOLDEN=1 in the environment it writes the golden picture instead.
testing::AssertionResult matchesGolden(const std::string& name, const Picture& actual, const GoldenTolerance& tolerance = {});

/// The differing pixels in red over a dimmed copy of `expected`; also counts them.
Picture differenceOf(const Picture& expected, const Picture& actual, int channel, size_t& differing);

}  // namespace support
