// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/sumo_network.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "tests/twin/traffic/small_city.h"
#include "twin/traffic/child_process.h"

namespace {

std::filesystem::path cacheFolder() {
  return std::filesystem::path(ALPHACITY_BINARY_DIR) / "test_traffic_cache";
}

std::string readText(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(SumoNetwork, LanesMatchTheDrawnCarriageway) {
  if (traffic::findProgram("netconvert").empty()) GTEST_SKIP() << "netconvert is not installed";
  auto net = traffic::buildSumoNetwork(traffic_test::smallCity(), cacheFolder());
  ASSERT_TRUE(net) << net.error();
  const traffic::Edge* west = net->graph.edge("west");
  ASSERT_TRUE(west);
  ASSERT_EQ(west->lanes.size(), 4u);
  // 4 + 4 lanes of 3.25 m and a 3 m median: the outermost lane's centre is 1.5 + 3.5 * 3.25 m right.
  EXPECT_NEAR(west->lanes[0].shape.front().y, -(1.5 + 3.5 * 3.25), 0.05);
  EXPECT_NEAR(west->lanes[3].shape.front().y, -(1.5 + 0.5 * 3.25), 0.05);
  const traffic::Edge* back = net->graph.edge("-west");
  ASSERT_TRUE(back);
  EXPECT_NEAR(back->lanes[3].shape.front().y, 1.5 + 0.5 * 3.25, 0.05);
  const traffic::Edge* bridge = net->graph.edge("bridge");
  ASSERT_TRUE(bridge);
  EXPECT_TRUE(bridge->elevated);
  EXPECT_NEAR(bridge->lanes[0].shape.front().x, 600 + 0.5 * 3.25, 0.05);
  EXPECT_NEAR(traffic::project(bridge->line, glm::dvec2(600, 0)).point.z, 12, 0.1);
}

TEST(SumoNetwork, IsTakenFromTheCacheTheSecondTime) {
  if (traffic::findProgram("netconvert").empty()) GTEST_SKIP() << "netconvert is not installed";
  ASSERT_TRUE(traffic::buildSumoNetwork(traffic_test::smallCity(), cacheFolder()));
  auto again = traffic::buildSumoNetwork(traffic_test::smallCity(), cacheFolder());
  ASSERT_TRUE(again) << again.error();
  EXPECT_TRUE(again->fromCache);
}

TEST(SumoNetwork, RoutesReachEveryEndFromEveryEntry) {
  if (traffic::findProgram("netconvert").empty()) GTEST_SKIP() << "netconvert is not installed";
  auto net = traffic::buildSumoNetwork(traffic_test::smallCity(), cacheFolder());
  ASSERT_TRUE(net) << net.error();
  const traffic::RoadGraph& graph = net->graph;
  const std::vector<int> route = graph.route(graph.edgeIndex("west"), graph.edgeIndex("loop2"));
  ASSERT_GE(route.size(), 4u);
  EXPECT_EQ(graph.edges()[static_cast<size_t>(route[1])].id, "-south");
  // A protected left turn has a lane of its own on the arterial.
  std::set<int> leftLanes;
  for (const traffic::Connection& c : graph.connections())
    if (c.from == graph.edgeIndex("west") && c.direction == 'l') leftLanes.insert(c.fromLane);
  EXPECT_EQ(leftLanes, (std::set<int>{3}));
}

TEST(SumoNetwork, WarnsOfNothingThatMatters) {
  if (traffic::findProgram("netconvert").empty()) GTEST_SKIP() << "netconvert is not installed";
  auto net = traffic::buildSumoNetwork(traffic_test::smallCity(), cacheFolder());
  ASSERT_TRUE(net) << net.error();
  const std::string log = readText(net->folder / "netconvert.log");
  EXPECT_EQ(log.find("disconnected"), std::string::npos) << log;
  EXPECT_EQ(log.find("Error"), std::string::npos) << log;
}

TEST(ChildProcess, TimeoutKillsTheProgram) {
  auto run = traffic::runProgram({"/bin/sleep", "20"}, 0.2);
  ASSERT_FALSE(run);
  EXPECT_NE(run.error().find("did not end"), std::string::npos);
}

TEST(Polyline, OffsetKeepsTheDistanceAtCorners) {
  const traffic::Polyline bend{{0, 0, 0}, {10, 0, 0}, {10, 10, 0}};
  const traffic::Polyline right = traffic::offsetRight(bend, 2);
  EXPECT_NEAR(right[1].x, 12, 1e-9);
  EXPECT_NEAR(right[1].y, -2, 1e-9);
}

}  // namespace
