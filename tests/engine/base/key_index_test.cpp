// SPDX-License-Identifier: Apache-2.0
#include "engine/base/key_index.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <unordered_map>

namespace {

/// Keys that collide: many share their low bits.
RC_GTEST_PROP(KeyIndex, IsAMap, ()) {
  base::KeyIndex index;
  std::unordered_map<uint64_t, uint64_t> model;
  const auto steps = *rc::gen::container<std::vector<std::pair<uint32_t, bool>>>(rc::gen::pair(rc::gen::inRange<uint32_t>(0, 400), rc::gen::arbitrary<bool>()));
  uint64_t number = 0;
  for (const auto& [choice, removes] : steps) {
    const uint64_t key = (choice % 7) | static_cast<uint64_t>(choice / 7) << 40;
    if (removes) {
      index.erase(key);
      model.erase(key);
    } else {
      index.set(key, ++number);
      model[key] = number;
    }
    RC_ASSERT(index.size() == model.size());
    for (const auto& [known, value] : model) RC_ASSERT(index.find(known) == value);
    RC_ASSERT(index.find(key).has_value() == model.contains(key));
  }
}

TEST(KeyIndex, GrowsAndEmpties) {
  base::KeyIndex index;
  EXPECT_FALSE(index.find(1));
  index.erase(1);
  for (uint64_t key = 0; key < 10'000; ++key) index.set(key * 64, key);
  for (uint64_t key = 0; key < 10'000; ++key) ASSERT_EQ(index.find(key * 64), key);
  for (uint64_t key = 0; key < 10'000; ++key) index.erase(key * 64);
  EXPECT_EQ(index.size(), 0u);
  EXPECT_FALSE(index.find(64));
}

}  // namespace
