// SPDX-License-Identifier: Apache-2.0
#include "engine/base/compression.h"

#include <gtest/gtest.h>

namespace {

TEST(Compression, ReadsBackWhatItPacked) {
  for (const std::string& raw : {std::string(), std::string("a"), std::string(100'000, 'x')}) {
    const std::string frame = base::packed(raw);
    EXPECT_TRUE(base::isPacked(frame));
    EXPECT_EQ(base::unpacked(frame, raw.size()).value(), raw);
  }
}

TEST(Compression, RefusesWhatIsTornDamagedOrTooLarge) {
  std::string frame = base::packed(std::string(100'000, 'x') + "end");
  EXPECT_FALSE(base::unpacked(frame, 100'002).ok()) << "larger than allowed";
  EXPECT_FALSE(base::unpacked(frame.substr(0, frame.size() - 1), 1 << 20).ok());
  EXPECT_FALSE(base::unpacked("no frame at all", 1 << 20).ok());
  EXPECT_FALSE(base::unpacked("", 1 << 20).ok());
  EXPECT_FALSE(base::isPacked("\x78\x01"));
  frame[0] = 'x';
  EXPECT_FALSE(base::unpacked(frame, 1 << 20).ok());
}

}  // namespace
