// SPDX-License-Identifier: Apache-2.0
// One machine merges, others show: over one mosquitto.
#include "tests/support/mosquitto.h"
#include "tests/twin/state/state_fixture.h"

namespace {

using namespace state_test;

TEST(State, OverMosquitto) {
  if (!Mosquitto::available()) GTEST_SKIP() << Mosquitto::kProgram << " is not installed";
  Mosquitto broker;
  const int port = broker.port();
  Node node({port});
  ASSERT_TRUE(eventually([&] { return node.connected(); }, 10));
  Display first({port});
  ASSERT_TRUE(eventually([&] { return first.things() >= 50; }, 10));
  node.quiet();
  Display late({port});
  const double joined = secondsOf([&] { return late.stateHash() == node.stateHash(); }, 10);
  EXPECT_TRUE(eventually([&] { return first.stateHash() == node.stateHash(); }, 10));
  std::printf("[          ] mosquitto: a late joiner has the full state in %.2f s\n", joined);
  EXPECT_LT(joined, 4);  // 2 on a machine that has nothing else to do

  node.speak();  // only what is seen
  Display near({port});
  ASSERT_TRUE(eventually([&] { return near.things() >= 50; }, 10));
  near.link().see({.minX = 0, .minY = 0, .maxX = 100, .maxY = 100});
  EXPECT_TRUE(eventually([&] { return near.things() < 45; }, 10));
  near.link().see({.minX = -1e5, .minY = -1e5, .maxX = 1e5, .maxY = 1e5});
  EXPECT_TRUE(eventually([&] { return near.things() >= 50; }, 10));

  broker.kill();
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  broker.start();
  EXPECT_TRUE(eventually([&] { return node.connected(); }, 20));
  std::this_thread::sleep_for(std::chrono::seconds(1));
  node.quiet();
  EXPECT_TRUE(eventually([&] { return first.stateHash() == node.stateHash(); }, 20));
  EXPECT_TRUE(eventually([&] { return first.events().size() == node.events(); }, 20))
      << first.events().size() << " of " << node.events();
}

}  // namespace
