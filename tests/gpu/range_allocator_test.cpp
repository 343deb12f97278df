// SPDX-License-Identifier: Apache-2.0
#include "engine/render/range_allocator.h"

#include <gtest/gtest.h>

#include <vector>

#include "engine/base/hash.h"

namespace {

TEST(RangeAllocator, ReusesAndMergesHoles) {
  render::RangeAllocator r;
  const uint32_t a = r.allocate(10);
  const uint32_t b = r.allocate(20);
  const uint32_t c = r.allocate(30);
  EXPECT_EQ(r.end(), 60u);
  r.free(a, 10);
  r.free(b, 20);
  EXPECT_EQ(r.allocate(30), a) << "two neighbours became one hole";
  EXPECT_EQ(c, 30u);
  EXPECT_EQ(r.allocate(1), 60u);
}

TEST(RangeAllocator, NeverHandsOutTheSameElementTwice) {
  render::RangeAllocator r;
  base::Random random(5);
  std::vector<std::pair<uint32_t, uint32_t>> live;
  std::vector<uint8_t> used;
  for (int step = 0; step < 5000; ++step) {
    if (live.empty() || random.uniform() < 0.55) {
      const auto count = static_cast<uint32_t>(1 + random.uniform() * 40);
      const uint32_t first = r.allocate(count);
      used.resize(std::max<size_t>(used.size(), first + count), 0);
      for (uint32_t i = first; i < first + count; ++i) {
        ASSERT_EQ(used[i], 0);
        used[i] = 1;
      }
      live.emplace_back(first, count);
    } else {
      const auto at = static_cast<size_t>(random.uniform() * static_cast<double>(live.size()));
      const auto [first, count] = live[at];
      r.free(first, count);
      for (uint32_t i = first; i < first + count; ++i) used[i] = 0;
      live.erase(live.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }
}

}  // namespace
