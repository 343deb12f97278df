// SPDX-License-Identifier: Apache-2.0
// One machine merges, others show: over a cluster of three NATS servers of which any one dies.
// ALPHACITY_SERVER_KILLS: rounds of all three for long runs.
#include <cstdlib>

#include "tests/twin/state/nats_cluster.h"

namespace {

using namespace state_test;

/// The longest time within the next `seconds` that any of the displays was without a new frame.
double longestSilence(const std::vector<const Display*>& displays, double seconds) {
  using Steady = std::chrono::steady_clock;
  const auto begun = Steady::now();
  const auto since = [](Steady::time_point then) { return std::chrono::duration<double>(Steady::now() - then).count(); };
  std::vector<Steady::time_point> last(displays.size(), begun);
  std::vector<base::UtcNs> frames;
  for (const Display* display : displays) frames.push_back(display->lastFrame());
  double longest = 0;
  while (since(begun) < seconds) {
    for (size_t i = 0; i < displays.size(); ++i) {
      longest = std::max(longest, since(last[i]));
      if (const base::UtcNs frame = displays[i]->lastFrame(); frame != frames[i]) {
        frames[i] = frame;
        last[i] = Steady::now();
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return longest;
}

class Cluster : public testing::Test {
 public:
  static constexpr double kTolerated = 3;  // seconds; 2 on a machine that has nothing else to do

  void SetUp() override {
    if (!std::filesystem::exists(NatsCluster::kServer))
      GTEST_SKIP() << NatsCluster::kServer << " is not installed (Debian package nats-server)";
    servers_ = std::make_unique<NatsCluster>();
    for (size_t i = 0; i < NatsCluster::kSize; ++i)
      ASSERT_TRUE(eventually([&] { return servers_->healthy(i); }, 40)) << "server " << i;
    const std::vector<int>& ports = servers_->ports();
    node_ = std::make_unique<Node>(ports);
    ASSERT_TRUE(eventually([&] { return node_->connected(); }, 60));
    display_ = std::make_unique<Display>(std::vector<int>{ports[1], ports[2], ports[0]});
    first_ = secondsOf([&] { return display_->things() >= 50; }, 60);
  }
  void TearDown() override {
    apart_.reset();
    display_.reset();
    node_.reset();
    servers_.reset();
  }

  static bool standsBy(const feeds::LinksView& links, size_t on) { return links.standing == on && !links.standby.empty(); }
  /// Publisher and display stand by on all servers, another display on those that the publisher does not use.
  void heal() {
    apart_.reset();
    ASSERT_TRUE(eventually(
        [&] { return standsBy(node_->links(), NatsCluster::kSize) && standsBy(display_->link().links(), NatsCluster::kSize); }, 60));
    std::vector<int> others = servers_->ports();
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(publishers()));
    apart_ = std::make_unique<Display>(others);
    ASSERT_TRUE(eventually([&] { return standsBy(apart_->link().links(), others.size()) && apart_->things() >= 50; }, 60));
  }
  /// Which server: the publisher's, that of the display apart, the one that neither uses.
  size_t publishers() const { return servers_->indexOf(node_->links().inUse); }
  size_t displays() const { return servers_->indexOf(apart_->link().links().inUse); }
  size_t third() const { return 3 - publishers() - displays(); }

  /// Each server goes once a round, and comes back.
  void loseEach(int rounds, const char* how, const std::function<void(Server&)>& lose) {
    const std::pair<const char*, size_t (Cluster::*)() const> roles[] = {
        {"the publisher's", &Cluster::publishers}, {"the display's", &Cluster::displays}, {"the third", &Cluster::third}};
    for (int round = 0; round < rounds; ++round) {
      for (const auto& [whose, which] : roles) {
        SCOPED_TRACE(std::string(whose) + " server in round " + std::to_string(round));
        ASSERT_NO_FATAL_FAILURE(heal());
        const size_t victim = (this->*which)();
        ASSERT_LT(victim, NatsCluster::kSize);
        lose((*servers_)[victim]);
        const double silent = longestSilence({display_.get(), apart_.get()}, 5);
        std::printf("[          ] NATS: %s server %s: at most %.2f s without a new frame\n", whose, how, silent);
        std::fflush(stdout);
        EXPECT_LT(silent, kTolerated);
        node_->quiet();
        for (Display* display : {display_.get(), apart_.get()})
          EXPECT_TRUE(eventually([&] { return display->stateHash() == node_->stateHash(); }, 20));
        node_->speak();
        (*servers_)[victim].end();
        (*servers_)[victim].start();
      }
    }
  }

  std::unique_ptr<NatsCluster> servers_;
  std::unique_ptr<Node> node_;
  std::unique_ptr<Display> display_, apart_;
  double first_ = 0;
};

int roundsWanted() {
  const char* text = std::getenv("ALPHACITY_SERVER_KILLS");
  return text ? std::max(1, std::atoi(text)) : 1;
}

TEST_F(Cluster, GivesALateJoinerTheFullState) {
  node_->quiet();
  const std::vector<int>& ports = servers_->ports();
  Display late({ports[2], ports[0], ports[1]});
  EXPECT_TRUE(eventually([&] { return late.link().status().state == feeds::LinkState::Connected; }, 30));
  const double joined = secondsOf([&] { return late.stateHash() == node_->stateHash(); }, 10);
  std::printf("[          ] NATS: first state after %.2f s; a late joiner has it %.2f s after it is connected\n", first_, joined);
  EXPECT_LT(joined, 4);  // 2 on a machine that has nothing else to do
}

TEST_F(Cluster, LosesAnyServerByKill) {
  loseEach(roundsWanted(), "killed", [](Server& server) { server.end(); });
}

/// As a machine without power: nothing is closed, nobody is told.
TEST_F(Cluster, LosesAnyServerThatFallsSilent) {
  loseEach(1, "frozen", [](Server& server) { server.freeze(); });
}

}  // namespace
